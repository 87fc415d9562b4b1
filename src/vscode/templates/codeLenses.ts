import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import { setting } from '../support/settings.ts';
import type { Templates } from './templates.ts';

/** "Invoke", "Debug" and "Open Handler" over each function of a template. */
export class TemplateCodeLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #templates: Templates;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(templates: Templates, { projects }: Pick<Services, 'projects'>) {
    this.#templates = templates;
    this.#subscriptions = vscode.Disposable.from(
      projects.onDidChange(() => this.#changed.fire()),
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration('lambdaLens.templates')) this.#changed.fire();
      }),
    );
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    if (!setting('templates.codeLens', document)) return [];
    const functions = (await this.#templates.functionsIn(document)) ?? [];
    return functions.flatMap(({ name, folder, definition }) => {
      if (!name) return [];
      const target = { folder: folder.uri, functionName: definition.name };
      const lens = (title: string, tooltip: string, command: string) =>
        new vscode.CodeLens(name, { title, tooltip, command, arguments: [target] });
      const invoke = lens(
        vscode.l10n.t('$(play) Invoke'),
        vscode.l10n.t('Run {0} on this machine', definition.name),
        'lambdaLens.invoke',
      );
      const debug = lens(
        vscode.l10n.t('Debug'),
        vscode.l10n.t('Run {0} with the debugger attached', definition.name),
        'lambdaLens.invokeWithDebugger',
      );
      if (definition.entryFile === undefined) return [invoke];
      const open = lens(
        vscode.l10n.t('Open Handler'),
        vscode.workspace.asRelativePath(definition.entryFile),
        'lambdaLens.openHandler',
      );
      return [invoke, debug, open];
    });
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }
}
