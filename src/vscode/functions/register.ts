import * as vscode from 'vscode';
import type { SourceRange } from '../../model/source.ts';
import { UserError } from '../../shared/errors.ts';
import type { Services } from '../services.ts';
import { registerCommand } from '../support/commands.ts';
import type { FunctionNode } from './nodes.ts';
import { FunctionsTree } from './tree.ts';

/** The Functions view and the commands that lead from it to the sources. */
export function registerFunctions(services: Pick<Services, 'projects' | 'log'>): vscode.Disposable {
  const { log, projects } = services;
  void vscode.commands.executeCommand('setContext', 'lambdaLens.functions', 'loading');
  const tree = new FunctionsTree(services);
  return vscode.Disposable.from(
    tree,
    vscode.window.createTreeView('lambdaLens.functions', { treeDataProvider: tree, showCollapseAll: true }),
    registerCommand(log, 'lambdaLens.refreshFunctions', () => projects.refresh()),
    registerCommand(log, 'lambdaLens.openHandler', openHandler),
    registerCommand(log, 'lambdaLens.openTemplate', ({ definition }: FunctionNode) =>
      reveal(definition.definedAt),
    ),
  );
}

async function openHandler({ definition }: FunctionNode): Promise<void> {
  if (definition.entryFile === undefined) {
    throw new UserError(
      vscode.l10n.t(
        'No source file was found for the handler {0} of {1} in {2}. Check Handler and CodeUri in the template.',
        definition.handler,
        definition.name,
        definition.codeDirectory,
      ),
    );
  }
  await vscode.window.showTextDocument(vscode.Uri.file(definition.entryFile));
}

async function reveal({ file, startLine, startColumn }: SourceRange): Promise<void> {
  const start = new vscode.Position(startLine - 1, startColumn - 1);
  await vscode.window.showTextDocument(vscode.Uri.file(file), { selection: new vscode.Range(start, start) });
}
