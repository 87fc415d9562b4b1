import { createHash } from 'node:crypto';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import { configurationRefusal } from '../functions/admission.ts';
import type { Code } from '../functions/codeStore.ts';
import type { DeployedFunctions, Located, ServiceError } from '../invoke/invocation.ts';
import { functionNotFound, serviceException } from '../invoke/serviceErrors.ts';
import { chooseVersion } from './aliases.ts';
import { type Catalog, functionArn, functionExists } from './catalog.ts';
import { definitionOf } from './configuration.ts';
import { publishedVersion } from './find.ts';
import { layerFolders, localLayers } from './layers.ts';
import { type AliasRecord, latestVersion, type VersionRecord, versionName } from './records.ts';
import { reservations } from './reservedConcurrency.ts';
import type { TemplateVersions } from './templateVersions.ts';

export interface DeployedParts {
  readonly template: TemplateVersions;
  /** Looks, without holding anything up, whether the workspace contests what the API has put in `$LATEST`. */
  readonly watchHeld: (functionName: string) => void;
  /** Looks, without holding anything up, whether what is kept initialised is what runs now. */
  readonly watchFollowed: (functionName: string) => void;
  /** The variables that a function gets on this machine for those of its configuration. */
  readonly localEnvironment: LocalEnvironment;
}

export type LocalEnvironment = (
  definition: Pick<FunctionDefinition, 'name' | 'logicalId' | 'environment'>,
  isOfWorkspace: boolean,
) => Readonly<Record<string, string>>;

export interface StoredFunctions extends DeployedFunctions {
  /** A published version; undefined when there is none of that number. */
  published(functionName: string, version: string): Located | undefined;
}

/** What an invocation runs, by what is in the store and in the workspace. */
export function createDeployedFunctions(catalog: Catalog, parts: DeployedParts): StoredFunctions {
  const { template } = parts;

  /** @param revision tells one `$LATEST` from another; published versions have one only */
  function stored(functionName: string, version: VersionRecord, revision: string): Located {
    const { code, configuration } = version;
    const { layers = [] } = configuration;
    const defined = catalog.workspace.definition(functionName);
    const environment = parts.localEnvironment(
      {
        name: functionName,
        logicalId: defined?.logicalId ?? functionName,
        environment: configuration.environment,
      },
      defined !== undefined,
    );
    if (code === undefined)
      return { kind: 'refused', error: serviceException(`${functionName} has no code.`) };
    const definition = definitionOf(
      functionName,
      { configuration: { ...configuration, environment } },
      catalog.archives.folderOf(code.sha256, code.packageFolders),
    );
    return {
      kind: 'stored',
      version: versionName(version.number),
      definition: { ...definition, layers: layerFolders(catalog, layers) },
      async code(): Promise<Code> {
        await Promise.all([
          catalog.archives.unpacked(code.sha256, code.packageFolders),
          ...localLayers(catalog, layers).map(layer => catalog.archives.unpacked(layer.sha256)),
        ]);
        return {
          taskRoot: definition.codeDirectory,
          digest: `${code.sha256} ${revision} ${digestOf(environment)}`,
        };
      },
    };
  }

  function missing(functionName: string, qualifier: string | undefined): Located {
    const arn = functionArn(catalog, functionName, qualifier ?? latestVersion);
    return { kind: 'refused', error: functionNotFound(arn) };
  }

  function ofWorkspace(functionName: string): Extract<Located, { kind: 'workspace' }> {
    return {
      kind: 'workspace',
      lastGood() {
        const record = catalog.functions.get(functionName);
        if (!record?.latest.code) return undefined;
        const kept = stored(functionName, record.latest, record.latest.revisionId);
        return kept.kind === 'stored' ? kept : undefined;
      },
    };
  }

  function latest(functionName: string): Located {
    const record = catalog.functions.get(functionName);
    if (record?.held) {
      if (catalog.workspace.definition(functionName)) parts.watchHeld(functionName);
      return stored(functionName, record.latest, record.latest.revisionId);
    }
    return catalog.workspace.definition(functionName)
      ? ofWorkspace(functionName)
      : missing(functionName, undefined);
  }

  function throughAlias(alias: AliasRecord): Located {
    const { functionName } = alias;
    const name = chooseVersion(alias, catalog.random);
    const isFollowing = alias.follows === true && catalog.functions.get(functionName)?.held !== true;
    if (isFollowing && name === alias.version && catalog.workspace.definition(functionName)) {
      const publishedAs = template.published(functionName);
      parts.watchFollowed(functionName);
      return { ...ofWorkspace(functionName), followed: true, ...(publishedAs ? { publishedAs } : {}) };
    }
    if (name === latestVersion) return latest(functionName);
    const version = publishedVersion(catalog, functionName, name);
    return version ? stored(functionName, version, '') : missing(functionName, alias.name);
  }

  function located(functionName: string, qualifier: string): Located {
    const alias = catalog.aliases.get(functionName, qualifier);
    if (alias) return throughAlias(alias);
    const version = publishedVersion(catalog, functionName, qualifier);
    if (version) return stored(functionName, version, '');
    // Its first build has failed, which an invocation is to show.
    return template.defines(functionName, qualifier)
      ? latest(functionName)
      : missing(functionName, qualifier);
  }

  return {
    locate(functionName, qualifier) {
      if (!functionExists(catalog, functionName)) return missing(functionName, qualifier);
      if (qualifier === undefined || qualifier === latestVersion) return latest(functionName);
      const ensuring = template.ensure(functionName);
      if (!template.defines(functionName, qualifier)) return located(functionName, qualifier);
      return ensuring.then(() => located(functionName, qualifier));
    },
    refusal(functionName, qualifier) {
      if (functionExists(catalog, functionName)) {
        if (qualifier === undefined || qualifier === latestVersion)
          return refusalOfLatest(catalog, functionName);
        if (template.defines(functionName, qualifier)) return undefined;
        if (catalog.aliases.get(functionName, qualifier)) return undefined;
        if (publishedVersion(catalog, functionName, qualifier)) return undefined;
      }
      return functionNotFound(functionArn(catalog, functionName, qualifier ?? latestVersion));
    },
    reservations: () => reservations(catalog),
    published(functionName, name) {
      const version = publishedVersion(catalog, functionName, name);
      return version && stored(functionName, version, '');
    },
  };
}

/** Other variables are another environment; their values are not to be seen in its name. */
function digestOf(environment: Readonly<Record<string, string>>): string {
  return createHash('sha256').update(JSON.stringify(environment)).digest('hex').slice(0, 16);
}

/** A published version has been accepted as it is. */
function refusalOfLatest(catalog: Catalog, functionName: string): ServiceError | undefined {
  const definition = catalog.workspace.definition(functionName);
  const held = catalog.functions.get(functionName)?.held === true;
  return held || !definition ? undefined : configurationRefusal(definition);
}
