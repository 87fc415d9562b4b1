import { hash } from 'node:crypto';

/**
 * How far a shard is done with, when its records are worked on side by side: a checkpoint covers everything before
 * it.
 */
export class Progress {
  /** In the order of the shard. */
  #open: { readonly sequence: string; isDone: boolean }[] = [];
  readonly #bySequence = new Map<string, { readonly sequence: string; isDone: boolean }>();

  /** How many records are not covered yet. */
  get size(): number {
    return this.#open.length;
  }

  /** Records that have been read, in their order. */
  add(sequences: readonly string[]): void {
    for (const sequence of sequences) {
      const entry = { sequence, isDone: false };
      this.#open.push(entry);
      this.#bySequence.set(sequence, entry);
    }
  }

  /** @returns the new checkpoint; undefined where it has not moved. */
  done(sequences: readonly string[]): string | undefined {
    for (const sequence of sequences) {
      const entry = this.#bySequence.get(sequence);
      if (entry) entry.isDone = true;
    }
    const next = this.#open.findIndex(({ isDone }) => !isDone);
    const covered = this.#open.splice(0, next === -1 ? this.#open.length : next);
    for (const { sequence } of covered) this.#bySequence.delete(sequence);
    return covered.at(-1)?.sequence;
  }
}

/** Which of the lanes of a shard a key belongs to: records of one key stay in their order, also over a restart. */
export function laneOf(key: string, lanes: number): number {
  return hash('sha256', key, 'buffer').readUInt32BE() % lanes;
}
