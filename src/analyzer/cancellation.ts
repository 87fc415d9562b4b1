/**
 * Which requests have been cancelled, readable by a worker that is too busy to receive a message. Each
 * request has the slot of its id modulo the number of slots; a slot holds the last id cancelled there.
 */
export class CancellationFlags {
  static readonly #slots = 1024;
  readonly buffer: SharedArrayBuffer;
  readonly #ids: Int32Array;

  constructor(buffer = new SharedArrayBuffer(CancellationFlags.#slots * Int32Array.BYTES_PER_ELEMENT)) {
    this.buffer = buffer;
    this.#ids = new Int32Array(buffer);
  }

  cancel(id: number): void {
    Atomics.store(this.#ids, id % this.#ids.length, id);
  }

  isCancelled(id: number): boolean {
    return Atomics.load(this.#ids, id % this.#ids.length) === id;
  }
}
