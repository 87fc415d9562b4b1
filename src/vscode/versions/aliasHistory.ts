import type { AliasRouting, FunctionAlias, PastAlias, Target } from '../../model/target.ts';
import { isSameRouting } from './texts.ts';

/** Where it is kept beyond the end of the window, as VS Code's Memento. */
export interface HistoryStore {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): PromiseLike<void>;
}

interface SeenAlias {
  readonly now: AliasRouting;
  /** The latest first. */
  readonly before: readonly PastAlias[];
}

/** How often one alias can be rolled back, at most. */
const mostKept = 20;

/**
 * What aliases pointed at before. The local engine knows that; of a deployed account it is what was seen here, whoever
 * has made the change.
 */
export class AliasHistory {
  readonly #store: HistoryStore;
  readonly #now: () => number;

  constructor(store: HistoryStore, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** The latest first. */
  async before(target: Target, functionName: string, name: string): Promise<readonly PastAlias[]> {
    if (target.engine) return target.engine.aliasChanges(functionName, name);
    return this.#seen(target, functionName)[name]?.before ?? [];
  }

  /** Takes note of what aliases are now. */
  see({ identity, engine }: Target, functionName: string, aliases: readonly FunctionAlias[]): void {
    if (engine) return;
    const seen = this.#seen({ identity }, functionName);
    const changed = aliases.filter(alias => {
      const known = seen[alias.name];
      return !known || !isSameRouting(known.now, alias);
    });
    if (changed.length === 0) return;
    const updates = changed.map(({ name, version, additional }): readonly [string, SeenAlias] => {
      const known = seen[name];
      const past = known ? [{ ...known.now, replacedAt: this.#now() }, ...known.before] : [];
      return [
        name,
        { now: { version, ...(additional ? { additional } : {}) }, before: past.slice(0, mostKept) },
      ];
    });
    void this.#store.update(keyFor(identity.id, functionName), { ...seen, ...Object.fromEntries(updates) });
  }

  #seen(
    { identity }: Pick<Target, 'identity'>,
    functionName: string,
  ): Readonly<Record<string, SeenAlias | undefined>> {
    return this.#store.get(keyFor(identity.id, functionName)) ?? {};
  }
}

function keyFor(targetId: string, functionName: string): string {
  return `aliases ${targetId} ${functionName}`;
}
