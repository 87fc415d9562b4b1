import { messageOf } from '../../shared/errors.ts';
import { type Catalog, functionExists } from './catalog.ts';
import type { StoredFunctions } from './deployed.ts';
import { latestVersion } from './records.ts';

/** Keeps the environments that are provisioned for versions and aliases initialised. */
export interface Provisioning {
  /** Settings, aliases or versions of a function are others than they were. */
  apply(functionName: string): void;
  /** Everything that is set; the workspace may have other functions than before. */
  applyAll(): void;
  /** How many environments of each version are to be there. */
  wanted(functionName: string): ReadonlyMap<string, number>;
}

export function createProvisioning(catalog: Catalog, deployed: StoredFunctions): Provisioning {
  const applied = new Map<string, ReadonlyMap<string, number>>();

  function wanted(functionName: string): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    const add = (version: string, count: number) => {
      if (version !== latestVersion && count > 0) counts.set(version, (counts.get(version) ?? 0) + count);
    };
    if (!functionExists(catalog, functionName)) return counts;
    for (const { qualifier, value } of catalog.settings.list(functionName, 'provisioned')) {
      const alias = catalog.aliases.get(functionName, qualifier);
      // An alias with two versions has its environments where its traffic goes.
      const others = Math.ceil(value.requested * (alias?.additional?.weight ?? 0));
      add(alias?.version ?? qualifier, value.requested - others);
      if (alias?.additional) add(alias.additional.version, others);
    }
    return counts;
  }

  function apply(functionName: string): void {
    const before = applied.get(functionName) ?? new Map<string, number>();
    const now = wanted(functionName);
    applied.set(functionName, now);
    for (const version of before.keys()) {
      if (!now.has(version)) catalog.runtime().endProvision(functionName, version);
    }
    for (const [version, count] of now) {
      if (before.get(version) === count) continue;
      const located = deployed.published(functionName, version);
      if (located?.kind !== 'stored') continue;
      catalog
        .runtime()
        .provision(located, count)
        .catch((error: unknown) =>
          catalog.log.warn(`${functionName}:${version} could not be initialised: ${messageOf(error)}`),
        );
    }
  }

  return {
    apply,
    applyAll() {
      for (const name of new Set(catalog.settings.all('provisioned').map(each => each.functionName)))
        apply(name);
    },
    wanted,
  };
}
