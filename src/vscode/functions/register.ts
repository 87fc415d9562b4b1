import * as vscode from 'vscode';
import type { HttpAddresses } from '../http/addresses.ts';
import type { Services } from '../services.ts';
import { registerCommand } from '../support/commands.ts';
import { openHandler, openTemplate } from './open.ts';
import { FunctionsTree } from './tree.ts';

/** The Functions view and the commands that lead from it to the sources. */
export function registerFunctions(
  services: Pick<Services, 'projects' | 'handlers' | 'log'> & { readonly addresses: HttpAddresses },
): vscode.Disposable {
  const { log, projects } = services;
  void vscode.commands.executeCommand('setContext', 'lambdaLens.functions', 'loading');
  const tree = new FunctionsTree(services);
  return vscode.Disposable.from(
    tree,
    vscode.window.createTreeView('lambdaLens.functions', { treeDataProvider: tree, showCollapseAll: true }),
    registerCommand(log, 'lambdaLens.refreshFunctions', () => projects.refresh()),
    registerCommand(log, 'lambdaLens.openHandler', (given: Parameters<typeof openHandler>[0]) =>
      openHandler(given, services),
    ),
    registerCommand(log, 'lambdaLens.openTemplate', openTemplate),
  );
}
