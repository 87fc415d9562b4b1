import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import type { AliasDefinition, VersionTarget } from '../../model/versions.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Catalog } from './catalog.ts';
import { isProvisionedByTemplate } from './provisionedConcurrency.ts';
import { publishVersion } from './publishing.ts';
import { type AliasRecord, latestVersion } from './records.ts';
import type { WorkspaceLatest } from './workspaceLatest.ts';

/** The versions and aliases that templates define, made as a deployment would make them. */
export interface TemplateVersions {
  /** Makes those of a function that are not there yet, once for each reading of the templates. */
  ensure(functionName: string): Promise<void>;
  /**
   * Makes, one function after the other, those that a deployment would publish: an AutoPublishAlias, and what is to be
   * kept initialised. What does not build is told and tried again when it is asked for.
   */
  ensureDeployed(signal: AbortSignal): Promise<void>;
  /** Whether a template defines an alias of that name. */
  defines(functionName: string, alias: string): boolean;
  /** The version that was published here of the workspace's code, and by which digest that code is known. */
  published(functionName: string): PublishedCode | undefined;
  /** The templates may have changed. */
  reset(): void;
}

export interface PublishedCode {
  readonly version: string;
  readonly digest: string;
}

/**
 * A version of a template is published when it is first seen, as CloudFormation publishes one when it makes the
 * resource. An AutoPublishAlias is published once for each start of the engine, as each deployment would. Another word
 * of the template about an alias counts again, wherever it was pointed meanwhile, as with a deployment.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/automating-updates-to-serverless-apps.html
 */
export function createTemplateVersions(
  catalog: Catalog,
  workspaceLatest: WorkspaceLatest,
  didMake: (functionName: string) => void,
): TemplateVersions {
  let ensured = new Map<string, Promise<void>>();
  /** Of aliases that have been published since the engine started. */
  const deployed = new Set<string>();
  const published = new Map<
    string,
    PublishedCode & { readonly definition: FunctionDefinition | undefined }
  >();

  async function publish(functionName: string): Promise<string | undefined> {
    const digest = await workspaceLatest.digest(functionName);
    const record = await workspaceLatest.of(functionName);
    const result = publishVersion(catalog, functionName, () => record);
    if (result === undefined || result.kind === 'failed') return undefined;
    if (result.kind === 'published') catalog.events.emit({ type: 'versionsChanged', functionName });
    const version = String(result.version.number);
    if (digest !== undefined && record?.held === false) {
      published.set(functionName, {
        version,
        digest,
        definition: catalog.workspace.definition(functionName),
      });
    }
    return version;
  }

  async function versionOf(functionName: string, logicalId: string): Promise<string | undefined> {
    const known = catalog.settings.get(functionName, 'templateVersion', logicalId);
    if (known) return String(known.number);
    const version = await publish(functionName);
    if (version === undefined) return undefined;
    catalog.settings.put(functionName, 'templateVersion', { number: Number(version) }, logicalId);
    return version;
  }

  async function resolve(functionName: string, target: VersionTarget): Promise<string | undefined> {
    switch (target.kind) {
      case 'latest':
        return latestVersion;
      case 'number':
        return target.version;
      case 'definition':
        return versionOf(functionName, target.logicalId);
      case 'published':
        return publish(functionName);
    }
  }

  async function ensureAlias(definition: AliasDefinition): Promise<void> {
    const { functionName, name, target, additionalVersion, description = '' } = definition;
    const existing = catalog.aliases.get(functionName, name);
    const follows = target.kind === 'published';
    const key = `${functionName}:${name}`;
    const definedAs = JSON.stringify([target, additionalVersion ?? null]);
    const isSameWord = existing?.definedAs === undefined || existing.definedAs === definedAs;
    // What somebody has pointed elsewhere stays there.
    if (existing && isSameWord && (!follows || existing.follows !== true || deployed.has(key))) return;
    const version = await resolve(functionName, target);
    const other = additionalVersion && (await resolve(functionName, additionalVersion.target));
    if (version === undefined) return;
    deployed.add(key);
    if (existing && isSameWord && existing.version === version) return;
    const alias: AliasRecord = {
      functionName,
      name,
      version,
      description,
      ...(other !== undefined && additionalVersion
        ? { additional: { version: other, weight: additionalVersion.weight } }
        : {}),
      revisionId: catalog.ids.uuid(),
      definedAs,
      ...(follows ? { follows } : {}),
    };
    catalog.transaction(() => {
      if (existing) catalog.aliases.addChange({ alias: existing, replacedAt: catalog.clock.now() });
      catalog.aliases.put(alias);
    });
    catalog.events.emit({ type: 'versionsChanged', functionName });
  }

  async function ensureAll(functionName: string): Promise<void> {
    for (const { logicalId } of catalog.workspace.versions(functionName))
      await versionOf(functionName, logicalId);
    const aliases = catalog.workspace.aliases(functionName);
    for (const definition of aliases) await ensureAlias(definition);
    // What does not build now may later.
    if (aliases.some(({ name }) => !catalog.aliases.get(functionName, name))) ensured.delete(functionName);
    if (isProvisionedByTemplate(catalog, functionName)) didMake(functionName);
  }

  function ensure(functionName: string): Promise<void> {
    const known = ensured.get(functionName);
    if (known) return known;
    const ensuring = ensureAll(functionName).catch((error: unknown) =>
      catalog.log.warn(`The versions of ${functionName} could not be made: ${messageOf(error)}`),
    );
    ensured.set(functionName, ensuring);
    return ensuring;
  }

  function isDeployed(functionName: string): boolean {
    return (
      catalog.workspace.aliases(functionName).some(({ target }) => target.kind === 'published') ||
      isProvisionedByTemplate(catalog, functionName)
    );
  }

  function tellFailure(functionName: string, message: string): void {
    const aliases = catalog.workspace.aliases(functionName).map(({ name }) => name);
    const names = aliases.length === 0 ? functionName : `${functionName} (${aliases.join(', ')})`;
    catalog.log.warn(
      `${names} could not be published at the start, since it does not build: ${message} It is published as soon as it builds and is asked for.`,
    );
    catalog.events.emit({ type: 'buildFailed', functionName, message });
  }

  return {
    ensure,
    async ensureDeployed(signal) {
      for (const functionName of catalog.workspace.names().filter(isDeployed)) {
        if (signal.aborted) return;
        await ensure(functionName);
        const failure = signal.aborted ? undefined : (await workspaceLatest.of(functionName))?.latest.failure;
        if (failure !== undefined) tellFailure(functionName, failure);
      }
    },
    defines: (functionName, alias) =>
      catalog.workspace.aliases(functionName).some(({ name }) => name === alias),
    published: functionName => {
      const known = published.get(functionName);
      // Another configuration is another version, too.
      return known?.definition === catalog.workspace.definition(functionName) ? known : undefined;
    },
    reset() {
      ensured = new Map();
    },
  };
}
