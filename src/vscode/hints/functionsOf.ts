import * as vscode from 'vscode';
import { knownHandlerOf } from '../../analyzer/protocol.ts';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import type { Services } from '../services.ts';

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
