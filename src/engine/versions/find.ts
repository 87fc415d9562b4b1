import { type Catalog, functionArn, functionExists } from './catalog.ts';
import { configurationOf } from './configuration.ts';
import { functionMissing, notFound, type Refused } from './errors.ts';
import { type AliasRecord, type FunctionRecord, latestVersion, type VersionRecord } from './records.ts';
import type { TemplateVersions } from './templateVersions.ts';
import type { WorkspaceLatest } from './workspaceLatest.ts';

/** Looks functions, versions and aliases up, once what the template defines of them is there. */
export interface Finder {
  /** Whether there is a function of that name; nothing is built for that. */
  known(functionName: string): Promise<{ readonly kind: 'found' } | Refused>;
  /** `$LATEST`, built where the workspace has changed. */
  latest(
    functionName: string,
  ): Promise<{ readonly kind: 'found'; readonly record: FunctionRecord } | Refused>;
  /** @param qualifier absent: `$LATEST` */
  version(
    functionName: string,
    qualifier: string | undefined,
  ): Promise<{ readonly kind: 'found'; readonly version: VersionRecord } | Refused>;
  alias(
    functionName: string,
    name: string,
  ): Promise<{ readonly kind: 'found'; readonly alias: AliasRecord } | Refused>;
}

export function createFinder(
  catalog: Catalog,
  workspaceLatest: WorkspaceLatest,
  template: TemplateVersions,
): Finder {
  const missing = (functionName: string, qualifier?: string) =>
    functionMissing(functionArn(catalog, functionName, qualifier));

  async function known(functionName: string): Promise<{ readonly kind: 'found' } | Refused> {
    if (!functionExists(catalog, functionName)) return missing(functionName);
    await template.ensure(functionName);
    return { kind: 'found' };
  }

  async function latest(
    functionName: string,
  ): Promise<{ readonly kind: 'found'; readonly record: FunctionRecord } | Refused> {
    const found = await known(functionName);
    if (found.kind === 'failed') return found;
    const record = await workspaceLatest.of(functionName);
    return record ? { kind: 'found', record } : missing(functionName);
  }

  return {
    known,
    latest,
    async version(functionName, qualifier) {
      const found = await known(functionName);
      if (found.kind === 'failed') return missing(functionName, qualifier);
      const alias = qualifier === undefined ? undefined : catalog.aliases.get(functionName, qualifier);
      const name = alias?.version ?? qualifier ?? latestVersion;
      if (name === latestVersion) {
        const newest = await latest(functionName);
        return newest.kind === 'failed' ? newest : { kind: 'found', version: newest.record.latest };
      }
      const version = publishedVersion(catalog, functionName, name);
      return version ? { kind: 'found', version } : missing(functionName, qualifier);
    },
    async alias(functionName, name) {
      const found = await known(functionName);
      if (found.kind === 'failed') return found;
      const alias = catalog.aliases.get(functionName, name);
      return alias
        ? { kind: 'found', alias }
        : notFound(`Cannot find alias arn: ${functionArn(catalog, functionName, name)}`);
    },
  };
}

/** @param name a number, as callers write it */
export function publishedVersion(
  catalog: Catalog,
  functionName: string,
  name: string,
): VersionRecord | undefined {
  return /^[1-9]\d{0,14}$/.test(name) ? catalog.versions.get(functionName, Number(name)) : undefined;
}

/** A version that an alias may lead to; of `$LATEST` only the configuration is told. */
export function aliasTarget(
  catalog: Catalog,
  functionName: string,
  name: string,
): Pick<VersionRecord, 'configuration'> | undefined {
  if (name !== latestVersion) return publishedVersion(catalog, functionName, name);
  const record = catalog.functions.get(functionName);
  if (record?.held) return record.latest;
  const definition = catalog.workspace.definition(functionName);
  return definition && { configuration: configurationOf(definition, catalog.home.accountId) };
}
