import * as vscode from 'vscode';
import type { Target } from '../../model/target.ts';
import type { Services } from '../services.ts';
import type { AliasHistory } from './aliasHistory.ts';
import { FunctionState } from './functionState.ts';

/** A function of a folder's target. */
export interface FunctionReference {
  readonly folder: vscode.WorkspaceFolder;
  readonly functionName: string;
}

/** Pages that come one after the other are told of together. */
const pauseMs = 100;

/** The versions and aliases of the functions that somebody looks at, kept current while their target can be called. */
export class FunctionStates implements vscode.Disposable {
  readonly #targets: Services['targets'];
  readonly #history: AliasHistory;
  readonly #states = new Map<
    string,
    { readonly folder: vscode.WorkspaceFolder; readonly state: FunctionState }
  >();
  readonly #following = new Map<string, { readonly target: Target; dispose(): void }>();
  readonly #changed = new vscode.EventEmitter<FunctionReference>();
  readonly #functionsChanged = new vscode.EventEmitter<vscode.WorkspaceFolder>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #subscription: vscode.Disposable;
  /** What is known of a function is another. */
  readonly onDidChange = this.#changed.event;
  /** Other functions may be there than were, or none of them can be asked for any more. */
  readonly onDidChangeFunctions = this.#functionsChanged.event;

  constructor(targets: Services['targets'], history: AliasHistory) {
    this.#targets = targets;
    this.#history = history;
    this.#subscription = targets.onDidChange(folder => this.#targetChanged(folder));
  }

  /** Begins to read where that has not been done; undefined where nothing can be called. */
  of({ folder, functionName }: FunctionReference): FunctionState | undefined {
    const target = this.follow(folder);
    if (!target) return undefined;
    const key = keyOf(folder, functionName);
    const known = this.#states.get(key);
    if (known) return known.state;
    const state = new FunctionState(functionName, () => {
      this.#history.see(target, functionName, state.view.aliases ?? []);
      this.tellSoon({ folder, functionName });
    });
    this.#states.set(key, { folder, state });
    state.read(target);
    return state;
  }

  /** Reads again; without a name everything of the folder that has been read. */
  refresh(folder: vscode.WorkspaceFolder, functionName?: string): void {
    const target = this.#targets.current(folder);
    if (!target) return;
    for (const [key, { folder: of, state }] of this.#states) {
      const isMeant = functionName === undefined ? isSame(of, folder) : key === keyOf(folder, functionName);
      if (isMeant) state.read(target);
    }
  }

  /** The target, if it can be called; from now on its events are heard. */
  follow(folder: vscode.WorkspaceFolder): Target | undefined {
    const target = this.#targets.current(folder);
    const key = folder.uri.toString();
    if (this.#following.get(key)?.target === target) return target;
    this.#following.get(key)?.dispose();
    this.#following.delete(key);
    if (!target) return undefined;
    const subscription = target.engine?.onDidChange(functionName => {
      this.refresh(folder, functionName);
      this.#functionsChanged.fire(folder);
    });
    this.#following.set(key, { target, dispose: () => subscription?.dispose() });
    return target;
  }

  #targetChanged(folder: vscode.WorkspaceFolder): void {
    for (const [key, { folder: of, state }] of this.#states) {
      if (!isSame(of, folder)) continue;
      state.dispose();
      this.#states.delete(key);
    }
    this.follow(folder);
    this.#functionsChanged.fire(folder);
  }

  tellSoon(reference: FunctionReference): void {
    const key = keyOf(reference.folder, reference.functionName);
    if (this.#timers.has(key)) return;
    const timer = setTimeout(() => {
      this.#timers.delete(key);
      this.#changed.fire(reference);
    }, pauseMs);
    this.#timers.set(key, timer);
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const { state } of this.#states.values()) state.dispose();
    for (const following of this.#following.values()) following.dispose();
    this.#changed.dispose();
    this.#functionsChanged.dispose();
  }
}

export function keyOf(folder: vscode.WorkspaceFolder, functionName: string): string {
  return `${folder.uri}#${functionName}`;
}

function isSame(a: vscode.WorkspaceFolder, b: vscode.WorkspaceFolder): boolean {
  return a.uri.toString() === b.uri.toString();
}
