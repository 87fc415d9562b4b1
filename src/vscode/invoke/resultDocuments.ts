import * as vscode from 'vscode';
import type { InvokeResult } from '../../client/connection.ts';
import type { InvokeTarget } from './pick.ts';
import { readReport } from './report.ts';

const scheme = 'lambda-lens-result';

/**
 * The last result of each function as two read-only documents: the payload, and the log beside it. A lens
 * over the payload says how it went.
 */
export class ResultDocuments
  implements vscode.TextDocumentContentProvider, vscode.CodeLensProvider, vscode.Disposable
{
  readonly #contents = new Map<string, string>();
  readonly #summaries = new Map<string, Summary>();
  readonly #contentChanged = new vscode.EventEmitter<vscode.Uri>();
  readonly #lensesChanged = new vscode.EventEmitter<void>();
  readonly #registrations: vscode.Disposable;
  readonly onDidChange = this.#contentChanged.event;
  readonly onDidChangeCodeLenses = this.#lensesChanged.event;

  constructor() {
    this.#registrations = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.languages.registerCodeLensProvider({ scheme, language: 'json' }, this),
    );
  }

  async show(target: InvokeTarget, result: InvokeResult): Promise<void> {
    const payload = documentUri(target, 'json');
    const log = documentUri(target, 'lambda-log');
    this.#summaries.set(payload.toString(), { target, text: summarize(result) });
    this.#set(payload, format(result.payload));
    this.#set(log, result.logTail);
    this.#lensesChanged.fire();
    await open(payload, 'json', vscode.ViewColumn.Active);
    await open(log, 'lambda-log', vscode.ViewColumn.Beside);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#contents.get(uri.toString()) ?? '';
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const summary = this.#summaries.get(document.uri.toString());
    if (!summary) return [];
    const top = new vscode.Range(0, 0, 0, 0);
    const { folder, definition } = summary.target;
    return [
      new vscode.CodeLens(top, { title: summary.text, command: '' }),
      new vscode.CodeLens(top, {
        title: vscode.l10n.t('$(play) Invoke Again'),
        command: 'lambdaLens.invoke',
        arguments: [{ folder: folder.uri, functionName: definition.name, event: 'last' }],
      }),
    ];
  }

  #set(uri: vscode.Uri, content: string): void {
    this.#contents.set(uri.toString(), content);
    this.#contentChanged.fire(uri);
  }

  dispose(): void {
    this.#registrations.dispose();
    this.#contentChanged.dispose();
    this.#lensesChanged.dispose();
  }
}

interface Summary {
  readonly target: InvokeTarget;
  readonly text: string;
}

/** One line for people: how it went, cold or warm, and what it cost. */
export function summarize(result: InvokeResult): string {
  const report = readReport(result.logTail);
  const failed = result.functionError !== undefined;
  const parts = [failed ? vscode.l10n.t('$(error) Failed') : vscode.l10n.t('$(pass) Succeeded')];
  // What never ran used no memory.
  if (report?.maxMemoryUsedMb === 0) parts.push(vscode.l10n.t('the code could not be built'));
  else if (report) {
    parts.push(
      report.initDurationMs === undefined
        ? vscode.l10n.t('warm environment')
        : vscode.l10n.t('cold start, init {0} ms', report.initDurationMs.toFixed(0)),
      vscode.l10n.t('{0} ms', report.durationMs.toFixed(1)),
      vscode.l10n.t('{0} of {1} MB', report.maxMemoryUsedMb, report.memorySizeMb),
    );
  }
  if (result.executedVersion !== undefined) parts.push(result.executedVersion);
  return parts.join(' · ');
}

function documentUri({ folder, definition }: InvokeTarget, extension: string): vscode.Uri {
  return vscode.Uri.from({
    scheme,
    authority: String(folder.index),
    path: `/${definition.name}.${extension}`,
  });
}

async function open(uri: vscode.Uri, language: string, viewColumn: vscode.ViewColumn): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.languageId !== language) await vscode.languages.setTextDocumentLanguage(document, language);
  await vscode.window.showTextDocument(document, {
    viewColumn: columnShowing(uri) ?? viewColumn,
    preserveFocus: true,
    preview: false,
  });
}

/** The column in which a document is open already, so that results do not wander over the screen. */
function columnShowing(uri: vscode.Uri): vscode.ViewColumn | undefined {
  return vscode.window.tabGroups.all.find(group =>
    group.tabs.some(
      tab => tab.input instanceof vscode.TabInputText && tab.input.uri.toString() === uri.toString(),
    ),
  )?.viewColumn;
}

function format(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), undefined, 2);
  } catch {
    return payload;
  }
}
