import * as vscode from 'vscode';
import type { Services } from '../services.ts';

const key = 'running';

/** Remembers what is under way, beyond the end of this extension host. */
export class Interrupted {
  readonly #state: vscode.Memento;
  readonly #engines: Services['engines'];

  /** @param state that of the workspace */
  constructor(state: vscode.Memento, engines: Services['engines']) {
    this.#state = state;
    this.#engines = engines;
  }

  /** The function is noted as running until the promise has settled. */
  async note<T>(functionName: string, running: Promise<T>): Promise<T> {
    void this.#state.update(key, [...this.#names(), functionName]);
    try {
      return await running;
    } finally {
      const names = [...this.#names()];
      names.splice(names.indexOf(functionName), 1);
      void this.#state.update(key, names);
    }
  }

  /** Tells of what the extension host before this one left behind. */
  async tell(): Promise<void> {
    const names = [...new Set(this.#names())];
    if (names.length === 0) return;
    await this.#state.update(key, undefined);
    const show = vscode.l10n.t('Show Invocations');
    const chosen = await vscode.window.showWarningMessage(
      vscode.l10n.t(
        'The window was closed or reloaded while {0} ran. The local Lambda service lets it run on: how it went is in the Invocations view.',
        names.join(', '),
      ),
      show,
    );
    if (chosen !== show) return;
    await vscode.commands.executeCommand('lambdaLens.invocations.focus');
    await Promise.all((vscode.workspace.workspaceFolders ?? []).map(folder => this.#engines.connect(folder)));
  }

  #names(): readonly string[] {
    return this.#state.get<readonly string[]>(key, []);
  }
}
