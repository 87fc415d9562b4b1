/** For how long a look at all processes is good: every environment asks for its own, several times a second. */
const trustedMs = 150;

/** A process that begins may still change its group; one that is older does not. */
const settledMs = 1_000;

/** Which processes belong to which group. */
export class ProcessGroups {
  readonly #list: () => readonly number[];
  readonly #groupOf: (pid: number) => number | undefined;
  readonly #now: () => number;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #known: ReadonlyMap<number, { readonly group: number; readonly seenAt: number }> = new Map();
  #groups = new Map<number, number[]>();

  /**
   * @param list the ids of all processes
   * @param groupOf undefined where the process is gone
   * @param now milliseconds since an arbitrary origin
   */
  constructor(
    list: () => readonly number[],
    groupOf: (pid: number) => number | undefined,
    now: () => number,
  ) {
    this.#list = list;
    this.#groupOf = groupOf;
    this.#now = now;
  }

  /** The processes of a group as of at most a moment ago. */
  members(group: number): readonly number[] {
    const now = this.#now();
    if (now - this.#lookedAt >= trustedMs) this.#look(now);
    return this.#groups.get(group) ?? [];
  }

  /** The group of a process that has been there for a while is not asked for again: there may be thousands. */
  #look(now: number): void {
    this.#lookedAt = now;
    const known = new Map<number, { readonly group: number; readonly seenAt: number }>();
    const groups = new Map<number, number[]>();
    for (const pid of this.#list()) {
      const before = this.#known.get(pid);
      const isSettled = before !== undefined && now - before.seenAt >= settledMs;
      const group = isSettled ? before.group : this.#groupOf(pid);
      if (group === undefined) continue;
      known.set(pid, { group, seenAt: before?.seenAt ?? now });
      const members = groups.get(group);
      if (members) members.push(pid);
      else groups.set(group, [pid]);
    }
    this.#known = known;
    this.#groups = groups;
  }
}
