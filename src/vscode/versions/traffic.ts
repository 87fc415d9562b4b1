import * as vscode from 'vscode';
import type { FunctionAlias, Target } from '../../model/target.ts';
import type { Services } from '../services.ts';
import { type FunctionReference, type FunctionStates, keyOf } from './functionStates.ts';
import { versionLabel } from './texts.ts';

interface Counts {
  /** Of the alias: another routing is counted anew. */
  readonly revisionId: string;
  total: number;
  /** Of those, what ran the version that gets a share. */
  additional: number;
}

/** Counts which versions the invocations of aliases really ran, while their traffic is shared. */
export class AliasTraffic implements vscode.Disposable {
  readonly #states: FunctionStates;
  readonly #targets: Services['targets'];
  readonly #counts = new Map<string, Counts>();
  readonly #following = new Map<string, { readonly target: Target; dispose(): void }>();
  readonly #changed: (reference: FunctionReference) => void;
  readonly #subscription: vscode.Disposable;

  /** @param changed called when the figures of a function's aliases are others. */
  constructor(
    states: FunctionStates,
    targets: Services['targets'],
    changed: (reference: FunctionReference) => void,
  ) {
    this.#states = states;
    this.#targets = targets;
    this.#changed = changed;
    this.#subscription = vscode.Disposable.from(
      targets.onDidChange(folder => this.#follow(folder)),
      states.onDidChange(({ folder }) => this.#follow(folder)),
    );
  }

  /** `12 of 100 ran v8`; undefined where nothing was counted, or there is nothing to count. */
  textOf(
    folder: vscode.WorkspaceFolder,
    functionName: string,
    { name, revisionId, additional }: FunctionAlias,
  ): string | undefined {
    const counts = this.#counts.get(`${keyOf(folder, functionName)}@${name}`);
    if (!additional || counts?.revisionId !== revisionId) return undefined;
    return vscode.l10n.t(
      '{0} of {1} ran {2}',
      counts.additional,
      counts.total,
      versionLabel(additional.version),
    );
  }

  #follow(folder: vscode.WorkspaceFolder): void {
    const key = folder.uri.toString();
    const target = this.#targets.current(folder);
    if (this.#following.get(key)?.target === target) return;
    this.#following.get(key)?.dispose();
    this.#following.delete(key);
    const events = target?.engine?.onDidInvoke(({ functionName, qualifier, executedVersion }) => {
      if (qualifier !== '$LATEST') this.#count({ folder, functionName }, qualifier, executedVersion);
    });
    if (target) this.#following.set(key, { target, dispose: () => events?.dispose() });
  }

  #count(reference: FunctionReference, qualifier: string, executedVersion: string): void {
    const aliases = this.#states.of(reference)?.view.aliases ?? [];
    const alias = aliases.find(({ name }) => name === qualifier);
    if (!alias?.additional) return;
    const key = `${keyOf(reference.folder, reference.functionName)}@${qualifier}`;
    const known = this.#counts.get(key);
    const counts =
      known?.revisionId === alias.revisionId
        ? known
        : { revisionId: alias.revisionId, total: 0, additional: 0 };
    counts.total += 1;
    if (executedVersion === alias.additional.version) counts.additional += 1;
    this.#counts.set(key, counts);
    this.#changed(reference);
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const following of this.#following.values()) following.dispose();
  }
}
