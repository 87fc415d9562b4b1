import type * as vscode from 'vscode';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import type { FunctionSummary, Target } from '../../model/target.ts';
import { messageOf } from '../../shared/errors.ts';
import type { FunctionStates } from './functionStates.ts';

/** What a target has, as far as its pages have come. */
export interface KnownFunctions {
  readonly summaries: readonly FunctionSummary[];
  readonly isComplete: boolean;
  readonly failure?: string;
}

interface Listing {
  readonly target: Target;
  known: KnownFunctions;
  settled: Promise<void>;
  controller: AbortController;
}

/** The functions of each folder's target, listed page by page in the background. */
export class ApiFunctions {
  readonly #states: FunctionStates;
  readonly #changed: (folder: vscode.WorkspaceFolder) => void;
  readonly #listings = new Map<string, Listing>();

  /** @param changed called when there are others than were told. */
  constructor(states: FunctionStates, changed: (folder: vscode.WorkspaceFolder) => void) {
    this.#states = states;
    this.#changed = changed;
  }

  /** Waits a moment for all of them; undefined where nothing can be called. */
  async of(folder: vscode.WorkspaceFolder, patienceMs: number): Promise<KnownFunctions | undefined> {
    const target = this.#states.follow(folder);
    if (!target) return undefined;
    const key = folder.uri.toString();
    const known = this.#listings.get(key);
    const listing = known?.target === target ? known : this.#begin(folder, target);
    this.#listings.set(key, listing);
    await Promise.race([listing.settled, new Promise(resolve => setTimeout(resolve, patienceMs))]);
    return listing.known;
  }

  /** Lists them again, if anybody has asked for them; those of the engine before anybody has, for it costs nobody anything. */
  refresh(folder: vscode.WorkspaceFolder): void {
    const key = folder.uri.toString();
    const listing = this.#listings.get(key);
    const target = this.#states.follow(folder);
    if (!listing) {
      if (target?.engine) this.#listings.set(key, this.#begin(folder, target));
      return;
    }
    if (target === listing.target) this.#list(folder, listing);
    else {
      listing.controller.abort();
      this.#listings.delete(key);
      this.#changed(folder);
    }
  }

  #begin(folder: vscode.WorkspaceFolder, target: Target): Listing {
    const listing: Listing = {
      target,
      known: { summaries: [], isComplete: false },
      settled: Promise.resolve(),
      controller: new AbortController(),
    };
    this.#list(folder, listing);
    return listing;
  }

  #list(folder: vscode.WorkspaceFolder, listing: Listing): void {
    listing.controller.abort();
    const controller = new AbortController();
    listing.controller = controller;
    listing.settled = this.#read(folder, listing, controller.signal);
  }

  async #read(folder: vscode.WorkspaceFolder, listing: Listing, signal: AbortSignal): Promise<void> {
    const before = listing.known;
    const summaries: FunctionSummary[] = [];
    const set = (known: KnownFunctions) => {
      if (!signal.aborted) listing.known = known;
    };
    try {
      for await (const page of listing.target.functions(signal)) {
        summaries.push(...page);
        if (!before.isComplete) set({ summaries: [...summaries], isComplete: false });
      }
      set({ summaries, isComplete: true });
    } catch (error) {
      set({ ...listing.known, isComplete: true, failure: messageOf(error) });
    }
    const isOther = namesOf(listing.known) !== namesOf(before) || listing.known.failure !== before.failure;
    if (!signal.aborted && isOther) this.#changed(folder);
  }
}

/** What is known of a function that no template has, for what takes functions of templates. */
export function definitionOf(
  { name, runtime = '', handler = '', description }: FunctionSummary,
  folder: vscode.WorkspaceFolder,
): FunctionDefinition {
  return {
    name,
    logicalId: name,
    runtime,
    handler,
    description,
    codeDirectory: folder.uri.fsPath,
    timeoutSeconds: 3,
    memorySizeMb: 128,
    environment: {},
    definedAt: { file: folder.uri.fsPath, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
  };
}

function namesOf({ summaries, isComplete }: KnownFunctions): string {
  return `${isComplete} ${summaries.map(({ name }) => name).join(' ')}`;
}
