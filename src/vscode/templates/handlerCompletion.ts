import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import { abortOn } from '../support/cancellation.ts';
import { toRange } from '../support/ranges.ts';
import { mentionsFunctions } from './candidates.ts';
import { writePlain } from './handlerString.ts';

/** Within a handler string, the handlers that the code directory holds. */
export class HandlerCompletion implements vscode.CompletionItemProvider {
  static readonly triggerCharacters = ['"', "'", ' ', '/', '.'];
  readonly #analyzer: Services['analyzer'];

  constructor({ analyzer }: Pick<Services, 'analyzer'>) {
    this.#analyzer = analyzer;
  }

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.CompletionItem[]> {
    const line = document.lineAt(position.line).text;
    if (!/\bhandler["']?\s*[:=]/i.test(line.slice(0, position.character))) return [];
    const folder = vscode.workspace.getWorkspaceFolder(document.uri);
    const text = document.getText();
    if (!folder || !mentionsFunctions(text)) return [];
    const file = document.uri.fsPath;
    const request = {
      root: folder.uri.fsPath,
      open: [{ file, text, version: document.version }],
      file,
      line: position.line + 1,
      column: position.character + 1,
    };
    const outcome = await this.#analyzer.completeHandler(request, abortOn(token));
    const found = outcome.kind === 'done' ? outcome.value : undefined;
    if (!found) return [];
    const range = toRange(found.range);
    const isQuoted = /["']/.test(line.charAt(range.start.character - 1));
    return found.handlers.map(({ handler, file: source }, index) => {
      const item = new vscode.CompletionItem(handler, vscode.CompletionItemKind.Function);
      item.detail = vscode.workspace.asRelativePath(source);
      item.range = range;
      item.insertText = isQuoted ? handler : writePlain(handler);
      item.filterText = handler;
      item.sortText = String(index).padStart(5, '0');
      return item;
    });
  }
}
