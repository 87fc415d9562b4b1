import type { FunctionAlias, FunctionVersion, Target } from '../../model/target.ts';
import { messageOf } from '../../shared/errors.ts';

/** What is known of the versions and aliases of one function. */
export interface FunctionView {
  /** The oldest first, as Lambda lists them: the newest are right once this is complete. */
  readonly versions: readonly FunctionVersion[];
  /** Undefined until they are known. */
  readonly aliases: readonly FunctionAlias[] | undefined;
  readonly isComplete: boolean;
  /** Why it could not be read. */
  readonly failure?: string;
}

/** Reads the versions and aliases of one function, page by page, and again when they are others. */
export class FunctionState {
  #view: FunctionView = { versions: [], aliases: undefined, isComplete: false };
  #reading: AbortController | undefined;
  #settled: Promise<void> = Promise.resolve();
  readonly #functionName: string;
  readonly #changed: () => void;

  /** @param changed called after each page, and at the end. */
  constructor(functionName: string, changed: () => void) {
    this.#functionName = functionName;
    this.#changed = changed;
  }

  get view(): FunctionView {
    return this.#view;
  }

  /** Settles when everything has been read, or could not be. */
  get settled(): Promise<void> {
    return this.#settled;
  }

  /** What is known already stays until what takes its place is known as a whole. */
  read(target: Target): void {
    this.#reading?.abort();
    const controller = new AbortController();
    this.#reading = controller;
    this.#settled = this.#readAll(target, controller.signal);
  }

  dispose(): void {
    this.#reading?.abort();
  }

  async #readAll(target: Target, signal: AbortSignal): Promise<void> {
    const name = this.#functionName;
    const isFirst = !this.#view.isComplete;
    const set = (view: FunctionView) => {
      if (signal.aborted) return;
      this.#view = view;
      this.#changed();
    };
    try {
      const aliases = target.aliases(name, signal);
      // Whoever waits for the versions is told; until then nobody may be listening.
      aliases.catch(() => {});
      const versions: FunctionVersion[] = [];
      for await (const page of target.versions(name, signal)) {
        versions.push(...page);
        if (isFirst) set({ ...this.#view, versions: [...versions] });
      }
      set({ versions, aliases: await aliases, isComplete: true });
    } catch (error) {
      set({ ...this.#view, isComplete: true, failure: messageOf(error) });
    }
  }
}
