/** Something that holds a resource until it is disposed. */
export interface Disposable {
  dispose(): void;
}

/** Owns disposables; what is added after the store was disposed is disposed at once. */
export class DisposableStore implements Disposable {
  #items: Disposable[] | undefined = [];

  add<T extends Disposable>(item: T): T {
    if (this.#items) this.#items.push(item);
    else item.dispose();
    return item;
  }

  /** Disposes in reverse order of adding; every item is disposed even where one throws. */
  dispose(): void {
    const items = this.#items;
    this.#items = undefined;
    const errors: unknown[] = [];
    for (const item of items?.reverse() ?? []) {
      try {
        item.dispose();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, 'Some resources could not be released');
  }
}

export function toDisposable(dispose: () => void): Disposable {
  return { dispose };
}
