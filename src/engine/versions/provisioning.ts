import { messageOf } from '../../shared/errors.ts';
import { followedGroup } from '../invoke/invocation.ts';
import { type Catalog, functionExists } from './catalog.ts';
import type { StoredFunctions } from './deployed.ts';
import { provisionedNames, provisionedOf } from './provisionedConcurrency.ts';
import { type AliasRecord, latestVersion } from './records.ts';
import type { TemplateVersions } from './templateVersions.ts';

/** Keeps the environments that are provisioned for versions and aliases initialised. */
export interface Provisioning {
  /** Since when what templates provision is looked after; epoch milliseconds. */
  readonly since: number;
  /** Settings, aliases or versions of a function are others than they were, or its code may be. */
  apply(functionName: string): void;
  /** Everything that is set; the workspace may have other functions than before. */
  applyAll(): void;
  /** How many environments of each group are to be there: of a version, or of what an alias follows. */
  wanted(functionName: string): ReadonlyMap<string, number>;
  /** The groups that the environments of a qualifier are in. */
  groupsOf(functionName: string, qualifier: string): readonly string[];
}

export function createProvisioning(
  catalog: Catalog,
  deployed: StoredFunctions,
  template: Pick<TemplateVersions, 'published'>,
): Provisioning {
  const applied = new Map<string, ReadonlyMap<string, number>>();
  const following = new Set<string>();
  const toldOf = new Map<string, string>();

  /** Whether an alias goes where the workspace's code goes. */
  function isFollowing(alias: AliasRecord): boolean {
    return (
      alias.follows === true &&
      catalog.functions.get(alias.functionName)?.held !== true &&
      catalog.workspace.definition(alias.functionName) !== undefined
    );
  }

  function wanted(functionName: string): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    const add = (version: string, count: number) => {
      if (version !== latestVersion && count > 0) counts.set(version, (counts.get(version) ?? 0) + count);
    };
    if (!functionExists(catalog, functionName)) return counts;
    for (const { qualifier, granted } of provisionedOf(catalog, functionName)) {
      const alias = catalog.aliases.get(functionName, qualifier);
      // An alias with two versions has its environments where its traffic goes.
      const others = Math.ceil(granted * (alias?.additional?.weight ?? 0));
      const main = alias && isFollowing(alias) ? followedGroup : (alias?.version ?? qualifier);
      add(main, granted - others);
      if (alias?.additional) add(alias.additional.version, others);
    }
    return counts;
  }

  function apply(functionName: string): void {
    const before = applied.get(functionName) ?? new Map<string, number>();
    const now = wanted(functionName);
    applied.set(functionName, now);
    tellShortage(functionName);
    for (const group of before.keys()) {
      if (!now.has(group)) catalog.runtime().endProvision(functionName, group);
    }
    for (const [group, count] of now) {
      if (group === followedGroup) follow(functionName);
      if (group === followedGroup || before.get(group) === count) continue;
      const located = deployed.published(functionName, group);
      if (located?.kind !== 'stored') continue;
      catalog
        .runtime()
        .provision(group, located, count)
        .catch((error: unknown) => tellFailure(`${functionName}:${group}`, error));
    }
  }

  /** The code that is followed is another with each save, which only a build can tell. */
  function follow(functionName: string): void {
    if (following.has(functionName)) return;
    following.add(functionName);
    provisionFollowed(functionName)
      .catch((error: unknown) => tellFailure(functionName, error))
      .finally(() => following.delete(functionName));
  }

  async function provisionFollowed(functionName: string): Promise<void> {
    const found = await catalog.runtime().workspaceCode(functionName);
    const count = applied.get(functionName)?.get(followedGroup);
    // While it does not build, what was built last is kept.
    if (found?.built.kind !== 'ready' || count === undefined) return;
    const { code } = found.built;
    const publishedAs = template.published(functionName);
    const version = publishedAs?.digest === code.digest ? publishedAs.version : latestVersion;
    const target = { definition: found.definition, version, code: async () => code };
    await catalog.runtime().provision(followedGroup, target, count);
  }

  function tellFailure(what: string, error: unknown): void {
    catalog.log.warn(`${what} could not be initialised: ${messageOf(error)}`);
  }

  /** Once for each state of things. */
  function tellShortage(functionName: string): void {
    const short = provisionedOf(catalog, functionName).filter(
      ({ granted, requested }) => granted < requested,
    );
    const text = short
      .map(({ qualifier, requested, granted }) => `${qualifier}: ${granted} of ${requested}`)
      .join(', ');
    if (text !== '' && toldOf.get(functionName) !== text) {
      catalog.log.warn(
        `Fewer environments of ${functionName} are kept initialised than the template provisions (${text}): templates may have half of lambdaLens.engine.maxEnvironments, which is ${catalog.limits.maxEnvironments}.`,
      );
    }
    toldOf.set(functionName, text);
  }

  return {
    since: catalog.clock.now(),
    apply,
    applyAll() {
      for (const name of new Set([...provisionedNames(catalog), ...applied.keys()])) apply(name);
    },
    wanted,
    groupsOf(functionName, qualifier) {
      const alias = catalog.aliases.get(functionName, qualifier);
      if (!alias) return [qualifier];
      return [
        isFollowing(alias) ? followedGroup : alias.version,
        ...(alias.additional ? [alias.additional.version] : []),
      ];
    },
  };
}
