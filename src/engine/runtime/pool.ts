import type { Clock } from '../../shared/clock.ts';
import type { Disposable } from '../../shared/disposable.ts';
import type { EnvironmentState } from './environmentLifecycle.ts';
import type { Assignment, AssignmentOutcome } from './heldInvocation.ts';

/** What the pool sees of an environment. */
export interface PooledEnvironment {
  readonly id: string;
  readonly state: EnvironmentState;
  readonly requestId: string | undefined;
  /** It has answered, and its extensions go on. */
  readonly lingers?: boolean;
  /** It was made to be debugged, and the debugger is gone. */
  readonly abandoned: boolean;
  assign(assignment: Assignment): Promise<AssignmentOutcome>;
  retire(): void;
  stop(reason?: string): Promise<void>;
}

interface Member {
  readonly environment: PooledEnvironment;
  /** Environments of one function and version and code are interchangeable. */
  readonly revision: string;
  readonly group: string;
  /** Initialised for its own sake: neither idleness nor lack of room ends it. */
  kept: boolean;
  /** Grows with every use. */
  lastUse: number;
  /** Since when nothing has run here, on the monotonic clock; undefined while something does. */
  restingSince?: number | undefined;
}

/** What to do with an invocation. */
export type Placement =
  | { readonly kind: 'reuse'; readonly id: string }
  /** `evict` is an idle environment of another revision that has to make room. */
  | { readonly kind: 'start'; readonly evict?: string }
  | { readonly kind: 'throttle' };

/** A member as placing it needs to know. */
export interface Candidate {
  readonly id: string;
  readonly revision: string;
  readonly idle: boolean;
  readonly leaving: boolean;
  /** Makes no room for others. */
  readonly kept?: boolean;
  readonly lastUse: number;
}

/**
 * One event at a time in an environment: the idle one that was used last (first of all one that is kept initialised),
 * else a new one, in the place of the one that has been idle for longest where the machine holds as many as it may.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
 *
 * @param revision undefined: none that is there will do
 */
export function place(
  candidates: readonly Candidate[],
  revision: string | undefined,
  max: number,
): Placement {
  const staying = candidates.filter(candidate => !candidate.leaving);
  const idle = staying.filter(candidate => candidate.idle).sort((a, b) => b.lastUse - a.lastUse);
  const own = idle.filter(candidate => candidate.revision === revision);
  const chosen = own.find(candidate => candidate.kept) ?? own[0];
  if (chosen !== undefined) return { kind: 'reuse', id: chosen.id };
  if (staying.length < max) return { kind: 'start' };
  const oldest = idle.findLast(candidate => candidate.kept !== true);
  return oldest === undefined ? { kind: 'throttle' } : { kind: 'start', evict: oldest.id };
}

/** The execution environments of all functions. */
export class EnvironmentPool {
  readonly #max: number;
  readonly #idleMs: number;
  readonly #clock: Pick<Clock, 'after' | 'monotonic'>;
  readonly #members = new Map<string, Member>();
  #sweep: Disposable | undefined;
  #uses = 0;

  /** @param idleMs how long an environment that rests is kept */
  constructor(max: number, idleMs: number, clock: Pick<Clock, 'after' | 'monotonic'>) {
    this.#max = max;
    this.#idleMs = idleMs;
    this.#clock = clock;
  }

  /**
   * An environment for one invocation, to be assigned at once; undefined when there can be none now.
   *
   * @param group the function and version, whose environments with other code are out of date
   * @param start makes an environment, which must tell the pool by `remove` when it is gone
   * @param fresh whether it has to be a new one
   */
  acquire(
    group: string,
    code: string,
    start: () => PooledEnvironment,
    fresh = false,
  ): PooledEnvironment | undefined {
    // Two functions may well have the same code.
    const revision = `${group} ${code}`;
    for (const member of this.#members.values()) {
      if (member.group !== group) continue;
      if (member.revision !== revision || member.environment.abandoned) member.environment.retire();
    }
    const candidates = [...this.#members.values()].map(candidateOf);
    const placement = place(candidates, fresh ? undefined : revision, this.#max);
    if (placement.kind === 'throttle') return undefined;
    if (placement.kind === 'start') {
      if (placement.evict !== undefined) this.#members.get(placement.evict)?.environment.retire();
      const environment = start();
      this.#members.set(environment.id, { environment, revision, group, kept: false, lastUse: ++this.#uses });
      return environment;
    }
    const member = this.#members.get(placement.id);
    if (member === undefined) return undefined;
    member.lastUse = ++this.#uses;
    member.restingSince = undefined;
    return member.environment;
  }

  /** The invocation for which the environment was acquired has ended. */
  rest(id: string): void {
    const member = this.#members.get(id);
    if (member === undefined) return;
    member.restingSince = this.#clock.monotonic();
    this.#sweepIn(this.#idleMs);
    const { state } = member.environment;
    // What is kept initialised is of no use without its process; another one takes its place.
    if (member.kept && state.name === 'idle' && state.runtime === 'absent') member.environment.retire();
  }

  /**
   * Starts an environment that is there before there is an invocation for it.
   *
   * @param start as for {@link acquire}
   */
  addKept(group: string, code: string, start: () => PooledEnvironment): void {
    const environment = start();
    const revision = `${group} ${code}`;
    this.#members.set(environment.id, { environment, revision, group, kept: true, lastUse: ++this.#uses });
  }

  /** The states of a group's environments that were started by {@link addKept} and have not begun to end. */
  kept(group: string): readonly EnvironmentState[] {
    return this.#keptOf(group).map(({ environment }) => environment.state);
  }

  /** Those beyond are from now on like any other. */
  keepAtMost(group: string, count: number): void {
    for (const member of this.#keptOf(group).slice(count)) {
      member.kept = false;
      if (member.environment.state.name === 'idle') this.rest(member.environment.id);
    }
  }

  #keptOf(group: string): readonly Member[] {
    return [...this.#members.values()].filter(
      member => member.group === group && member.kept && !candidateOf(member).leaving,
    );
  }

  get(id: string): PooledEnvironment | undefined {
    return this.#members.get(id)?.environment;
  }

  remove(id: string): void {
    this.#members.delete(id);
    if (this.#members.size > 0) return;
    this.#sweep?.dispose();
    this.#sweep = undefined;
  }

  /** Ends the environments of a function and version as they become idle. */
  retire(group: string): void {
    for (const member of this.#members.values()) if (member.group === group) member.environment.retire();
  }

  /** Ends all environments now; settled when nothing is left of them. */
  async stop(): Promise<void> {
    await Promise.all([...this.#members.values()].map(member => member.environment.stop()));
  }

  /** One timer for all of them: it would be set and cleared with every invocation. */
  #sweepIn(ms: number): void {
    this.#sweep ??= this.#clock.after(ms, () => {
      this.#sweep = undefined;
      const now = this.#clock.monotonic();
      let oldest: number | undefined;
      for (const { restingSince, environment, kept } of this.#members.values()) {
        if (restingSince === undefined || kept) continue;
        if (now - restingSince >= this.#idleMs) environment.retire();
        else oldest = Math.min(oldest ?? restingSince, restingSince);
      }
      if (oldest !== undefined) this.#sweepIn(oldest + this.#idleMs - now);
    });
  }
}

function candidateOf({ environment, revision, lastUse, kept }: Member): Candidate {
  const { state } = environment;
  return {
    id: environment.id,
    revision,
    lastUse,
    kept,
    idle: state.name === 'idle' && environment.lingers !== true,
    leaving: state.name === 'stopping' || state.name === 'gone',
  };
}
