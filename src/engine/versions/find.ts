import { type Catalog, functionArn, functionExists } from './catalog.ts';
import { functionMissing, notFound, type Refused } from './errors.ts';
import { type AliasRecord, type FunctionRecord, latestVersion, type VersionRecord } from './records.ts';
import type { TemplateVersions } from './templateVersions.ts';
import type { WorkspaceLatest } from './workspaceLatest.ts';

/** A version that a name and a qualifier lead to. */
export interface Found {
  readonly kind: 'found';
  readonly record: FunctionRecord;
  readonly version: VersionRecord;
  /** Where the qualifier is an alias. */
  readonly alias?: AliasRecord;
}

/** Looks functions, versions and aliases up, once what the template defines of them is there. */
export interface Finder {
  latest(
    functionName: string,
  ): Promise<{ readonly kind: 'found'; readonly record: FunctionRecord } | Refused>;
  /** @param qualifier absent: `$LATEST` */
  version(functionName: string, qualifier: string | undefined): Promise<Found | Refused>;
  alias(
    functionName: string,
    name: string,
  ): Promise<
    { readonly kind: 'found'; readonly alias: AliasRecord; readonly record: FunctionRecord } | Refused
  >;
}

export function createFinder(
  catalog: Catalog,
  workspaceLatest: WorkspaceLatest,
  template: TemplateVersions,
): Finder {
  async function latest(functionName: string): Promise<{ kind: 'found'; record: FunctionRecord } | Refused> {
    if (!functionExists(catalog, functionName)) return functionMissing(functionArn(catalog, functionName));
    await template.ensure(functionName);
    const record = await workspaceLatest.of(functionName);
    return record ? { kind: 'found', record } : functionMissing(functionArn(catalog, functionName));
  }

  return {
    latest,
    async version(functionName, qualifier) {
      const found = await latest(functionName);
      if (found.kind === 'failed') {
        return qualifier === undefined
          ? found
          : functionMissing(functionArn(catalog, functionName, qualifier));
      }
      const { record } = found;
      if (qualifier === undefined || qualifier === latestVersion) {
        return { kind: 'found', record, version: record.latest };
      }
      const alias = catalog.aliases.get(functionName, qualifier);
      const name = alias?.version ?? qualifier;
      const version = name === latestVersion ? record.latest : publishedVersion(catalog, functionName, name);
      if (!version) return functionMissing(functionArn(catalog, functionName, qualifier));
      return { kind: 'found', record, version, ...(alias ? { alias } : {}) };
    },
    async alias(functionName, name) {
      const found = await latest(functionName);
      if (found.kind === 'failed') return found;
      const alias = catalog.aliases.get(functionName, name);
      if (!alias) return notFound(`Cannot find alias arn: ${functionArn(catalog, functionName, name)}`);
      return { kind: 'found', alias, record: found.record };
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
