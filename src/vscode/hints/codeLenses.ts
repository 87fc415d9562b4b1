import * as vscode from 'vscode';
import type { HandlerSummary } from '../../analyzer/protocol.ts';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import type { Services } from '../services.ts';
import { setting } from '../support/settings.ts';
import type { Analyses } from './analyses.ts';
import { functionsOf } from './functionsOf.ts';
import { countsText, filesText, nameOf } from './summaryText.ts';

/** Over each handler: which function it is, how much runs when, and a way to run it. */
export class HandlerCodeLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #analyses: Analyses;
  readonly #services: Pick<Services, 'projects'>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(analyses: Analyses, services: Pick<Services, 'projects'>) {
    this.#analyses = analyses;
    this.#services = services;
    this.#subscription = analyses.onDidChange(() => this.#changed.fire());
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    if (!setting('hints.codeLens', document)) return [];
    const shown = await this.#analyses.of(document);
    return (shown?.summaries ?? []).flatMap(summary => {
      const functions = functionsOf(document, summary.handler.name, this.#services);
      const { line, column } = summary.handler;
      const place = new vscode.Position(line - 1, column - 1);
      return [summaryCommand(summary, functions), ...invokeCommands(document, functions)].map(
        command => new vscode.CodeLens(new vscode.Range(place, place), command),
      );
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

function summaryCommand(summary: HandlerSummary, functions: readonly FunctionDefinition[]): vscode.Command {
  return {
    title: `λ ${nameOf(summary, functions)} · ${countsText(summary)}`,
    tooltip: filesText(summary),
    command: 'lambdaLens.hints.showRegions',
  };
}

function invokeCommands(
  document: vscode.TextDocument,
  functions: readonly FunctionDefinition[],
): readonly vscode.Command[] {
  const folder = vscode.workspace.getWorkspaceFolder(document.uri)?.uri;
  const isOne = functions.length === 1;
  return functions.flatMap(({ name }) => [
    {
      title: isOne ? vscode.l10n.t('$(play) Invoke') : vscode.l10n.t('$(play) Invoke {0}', name),
      tooltip: vscode.l10n.t('Run {0} on this machine', name),
      command: 'lambdaLens.invoke',
      arguments: [{ folder, functionName: name }],
    },
    {
      title: isOne ? vscode.l10n.t('Debug') : vscode.l10n.t('Debug {0}', name),
      tooltip: vscode.l10n.t('Run {0} with the debugger attached', name),
      command: 'lambdaLens.invokeWithDebugger',
      arguments: [{ folder, functionName: name }],
    },
  ]);
}
