import { isDeepStrictEqual } from 'node:util';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import type { ProvisionedStatus } from '../invoke/invocation.ts';
import type { EnvironmentPool } from '../runtime/pool.ts';
import type { Code } from './codeStore.ts';
import type { EnvironmentFactory } from './environmentFactory.ts';

/** A version that environments are kept for. */
export interface ProvisionedTarget {
  readonly definition: FunctionDefinition;
  readonly version: string;
  readonly code: Code;
}

/**
 * Keeps environments of versions initialised, so that invocations find them warm.
 * https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
 */
export class ProvisionedEnvironments {
  readonly #pool: EnvironmentPool;
  readonly #factory: EnvironmentFactory;
  readonly #kept = new Map<string, { readonly target: ProvisionedTarget; readonly count: number }>();

  constructor(pool: EnvironmentPool, factory: EnvironmentFactory) {
    this.#pool = pool;
    this.#factory = factory;
  }

  /** From now on there are `count` environments of the group with that code; one that ends is replaced. */
  keep(group: string, target: ProvisionedTarget, count: number): void {
    const before = this.#kept.get(group)?.target;
    this.#kept.set(group, { target, count });
    if (before && !isSame(before, target)) this.#pool.retire(group);
    this.#fill(group);
    this.#pool.keepAtMost(group, count);
  }

  end(group: string): void {
    if (this.#kept.delete(group)) this.#pool.keepAtMost(group, 0);
  }

  status(group: string): ProvisionedStatus {
    const states = this.#pool.kept(group);
    const failed = states.filter(state => state.name === 'idle' && state.runtime === 'absent').length;
    const ready = states.filter(state => state.name === 'idle' || state.name === 'busy').length;
    return { available: ready - failed, failed };
  }

  /** No environment is replaced any more. */
  dispose(): void {
    this.#kept.clear();
  }

  #fill(group: string): void {
    const kept = this.#kept.get(group);
    if (kept === undefined) return;
    const { target, count } = kept;
    for (let missing = count - this.#pool.kept(group).length; missing > 0; missing--) {
      this.#pool.addKept(group, revisionOf(target.version, target.code), () =>
        this.#factory.start(
          target.definition,
          target.code,
          target.version,
          undefined,
          id => {
            this.#pool.remove(id);
            this.#fill(group);
          },
          'provisioned-concurrency',
        ),
      );
    }
  }
}

/** Environments know which version they are. */
export function revisionOf(version: string, { digest }: Code): string {
  return `${version} ${digest}`;
}

function isSame(before: ProvisionedTarget, now: ProvisionedTarget): boolean {
  return (
    revisionOf(before.version, before.code) === revisionOf(now.version, now.code) &&
    isDeepStrictEqual(before.definition, now.definition)
  );
}
