import * as vscode from 'vscode';
import { knownHandlerOf } from '../../analyzer/protocol.ts';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import type { Services } from '../services.ts';
import type { ShownHandler } from '../versions/services.ts';
import type { Analyses } from './analyses.ts';

/** The functions of the workspace whose handler is this export of the document. */
export function functionsOf(
  document: vscode.TextDocument,
  exportPath: string,
  { projects }: Pick<Services, 'projects'>,
): readonly FunctionDefinition[] {
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  const functions = (folder && projects.current(folder)?.functions) ?? [];
  return functions.filter(definition => {
    const known = knownHandlerOf(definition);
    return known?.file === document.uri.fsPath && known.exportPath === exportPath;
  });
}

/** The handlers of the document as it is now, with the functions that have them. */
export async function handlersOf(
  document: vscode.TextDocument,
  analyses: Pick<Analyses, 'of'>,
  services: Pick<Services, 'projects'>,
): Promise<readonly ShownHandler[]> {
  const shown = await analyses.of(document);
  return (shown?.summaries ?? []).map(({ handler: { name, line, column } }) => ({
    line,
    column,
    functions: functionsOf(document, name, services),
  }));
}
