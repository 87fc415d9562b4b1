import * as vscode from 'vscode';
import type { Services } from '../services.ts';

/**
 * Remembers what is under way, beyond the end of this extension host: in a file, because VS Code writes its own
 * state too late for a window that is reloaded at once.
 */
export class Interrupted implements vscode.Disposable {
  readonly #file: vscode.Uri | undefined;
  readonly #engines: Services['engines'];
  readonly #running: string[] = [];
  #writing: Promise<unknown> = Promise.resolve();
  #isOver = false;

  /** @param folder of the workspace's own state; undefined where there is no workspace */
  constructor(folder: vscode.Uri | undefined, engines: Services['engines']) {
    this.#file = folder && vscode.Uri.joinPath(folder, 'running.json');
    this.#engines = engines;
  }

  /** The function is noted as running before it is run, and until it has ended. */
  async note<T>(functionName: string, run: () => Promise<T>): Promise<T> {
    this.#running.push(functionName);
    try {
      await this.#write();
      return await run();
    } finally {
      this.#running.splice(this.#running.indexOf(functionName), 1);
      void this.#write();
    }
  }

  /** What runs now is not given up: the extension host ends, and the next one is to tell of it. */
  dispose(): void {
    this.#isOver = true;
  }

  /** Tells of what the extension host before this one left behind. */
  async tell(): Promise<void> {
    const names = await this.#left();
    if (names.length === 0) return;
    void this.#write();
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

  async #left(): Promise<readonly string[]> {
    if (!this.#file) return [];
    try {
      const bytes = await vscode.workspace.fs.readFile(this.#file);
      return [...new Set(JSON.parse(new TextDecoder().decode(bytes)) as string[])];
    } catch {
      // Nothing was ever invoked here.
      return [];
    }
  }

  /** One after the other, each with what is so when its turn comes. */
  #write(): Promise<unknown> {
    const file = this.#file;
    if (!file || this.#isOver) return Promise.resolve();
    const write = () =>
      vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(this.#running)));
    // What cannot be written is not told of later; the invocation is none the worse for it.
    this.#writing = this.#writing.then(write).then(undefined, () => {});
    return this.#writing;
  }
}
