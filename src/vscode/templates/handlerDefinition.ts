import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import { abortOn } from '../support/cancellation.ts';
import { toRange } from '../support/ranges.ts';
import type { Templates } from './templates.ts';

/** "Go to Definition" from a handler string to the function that is exported. */
export class HandlerDefinitions implements vscode.DefinitionProvider {
  readonly #templates: Templates;
  readonly #handlers: Services['handlers'];

  constructor(templates: Templates, { handlers }: Pick<Services, 'handlers'>) {
    this.#templates = templates;
    this.#handlers = handlers;
  }

  async provideDefinition(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.LocationLink[]> {
    const found = await this.#templates.handlerAt(document, position);
    const { entryFile } = found?.definition ?? {};
    if (!found?.handler || entryFile === undefined) return [];
    const at = await this.#handlers.locate(found.definition, abortOn(token));
    const start = new vscode.Range(0, 0, 0, 0);
    return [
      {
        originSelectionRange: found.handler,
        targetUri: vscode.Uri.file(at?.file ?? entryFile),
        targetRange: at ? toRange(at) : start,
      },
    ];
  }
}
