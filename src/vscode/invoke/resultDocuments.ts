import * as vscode from 'vscode';
import type { InvokeResult } from '../../client/connection.ts';
import type { InvokeTarget } from './pick.ts';
import { type ReportFigures, readReport } from './report.ts';
import { stackPlaces } from './stackPlaces.ts';
import { summarize } from './summary.ts';

const scheme = 'lambda-lens-result';

/** A payload of more lines shows its structure first. */
const mostUnfolded = 200;

/** Of how many functions and events the figures are kept to be compared. */
const mostCompared = 200;

/**
 * The last result of each function as two read-only documents: the payload, and the log beside it. A lens
 * over the payload says how it went.
 */
export class ResultDocuments
  implements
    vscode.TextDocumentContentProvider,
    vscode.CodeLensProvider,
    vscode.DocumentLinkProvider,
    vscode.Disposable
{
  readonly #contents = new Map<string, string>();
  readonly #summaries = new Map<string, Summary>();
  /** By function and event. */
  readonly #figures = new Map<string, ReportFigures>();
  readonly #contentChanged = new vscode.EventEmitter<vscode.Uri>();
  readonly #lensesChanged = new vscode.EventEmitter<void>();
  readonly #registrations: vscode.Disposable;
  readonly onDidChange = this.#contentChanged.event;
  readonly onDidChangeCodeLenses = this.#lensesChanged.event;

  constructor() {
    this.#registrations = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.languages.registerCodeLensProvider({ scheme, language: 'json' }, this),
      vscode.languages.registerDocumentLinkProvider({ scheme }, this),
    );
  }

  /** Returns how it went, in a line. */
  async show(target: InvokeTarget, event: string, result: InvokeResult): Promise<string> {
    const payload = documentUri(target, 'json');
    const log = documentUri(target, 'lambda-log');
    const text = summarize(result, this.#compare(target, event, result));
    this.#summaries.set(payload.toString(), { target, text });
    this.#set(payload, format(result.payload));
    this.#set(log, result.logTail);
    this.#lensesChanged.fire();
    const editor = await open(payload, 'json', vscode.ViewColumn.Active);
    // The command is for the active editor, which may be another one.
    if (editor.document.lineCount > mostUnfolded && editor === vscode.window.activeTextEditor)
      await vscode.commands.executeCommand('editor.foldLevel3');
    await open(log, 'lambda-log', vscode.ViewColumn.Beside);
    return text;
  }

  /** The figures of the last run with the same event, in whose place those of this one come. */
  #compare({ folder, definition }: InvokeTarget, event: string, { logTail }: InvokeResult) {
    const key = `${folder.uri}#${definition.name} ${event}`;
    const before = this.#figures.get(key);
    const report = readReport(logTail);
    this.#figures.delete(key);
    if (report) this.#figures.set(key, { ...before, ...report });
    const [oldest] = this.#figures.keys();
    if (this.#figures.size > mostCompared && oldest !== undefined) this.#figures.delete(oldest);
    return before;
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
      new vscode.CodeLens(top, {
        title: vscode.l10n.t('$(play) Invoke Again'),
        command: 'lambdaLens.invoke',
        arguments: [{ folder: folder.uri, functionName: definition.name, event: 'last' }],
      }),
      new vscode.CodeLens(top, {
        title: vscode.l10n.t('$(copy) Copy As...'),
        tooltip: vscode.l10n.t('Copy the invocation for the AWS CLI, for curl, or as a unit test'),
        command: 'lambdaLens.copyInvocationAs',
      }),
      // The longest comes last: what does not fit beside the log is cut off.
      new vscode.CodeLens(top, { title: summary.text, command: '' }),
    ];
  }

  /** What a stack names can be gone to. */
  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    return stackPlaces(document.getText()).map(({ start, end, file, line, column }) => {
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      const fragment = column === undefined ? `L${line}` : `L${line},${column}`;
      return new vscode.DocumentLink(range, vscode.Uri.file(file).with({ fragment }));
    });
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

function documentUri({ folder, definition }: InvokeTarget, extension: string): vscode.Uri {
  return vscode.Uri.from({
    scheme,
    authority: String(folder.index),
    path: `/${definition.name}.${extension}`,
  });
}

async function open(
  uri: vscode.Uri,
  language: string,
  viewColumn: vscode.ViewColumn,
): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.languageId !== language) await vscode.languages.setTextDocumentLanguage(document, language);
  return vscode.window.showTextDocument(document, {
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
