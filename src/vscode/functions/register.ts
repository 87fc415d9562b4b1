import * as vscode from 'vscode';
import type { HttpAddresses } from '../http/addresses.ts';
import type { Services } from '../services.ts';
import { registerCommand } from '../support/commands.ts';
import type { Versions } from '../versions/bundle.ts';
import type { VersionsServices } from '../versions/services.ts';
import type { loadVersions } from './lazyVersions.ts';
import type { FunctionsNode } from './nodes.ts';
import { openHandler, openTemplate } from './open.ts';
import { FunctionsTree } from './tree.ts';
import { registerVersionCommands } from './versionCommands.ts';
import { registerVersionFiles } from './versionFileSystem.ts';

type FunctionsServices = Pick<Services, 'projects' | 'handlers' | 'targets' | 'log'> &
  Omit<VersionsServices, 'selection'> & {
    readonly addresses: HttpAddresses;
    /** Of dist/versions.js. */
    readonly versionsBundle: () => ReturnType<typeof loadVersions>;
  };

/** The Functions view, what can be done with functions, versions and aliases, and the ways to the sources. */
export function registerFunctions(services: FunctionsServices): vscode.Disposable {
  const { log, projects, targets } = services;
  void vscode.commands.executeCommand('setContext', 'lambdaLens.functions', 'loading');
  let loaded: Versions | undefined;
  const versions = (): Versions => {
    if (loaded) return loaded;
    loaded = services.versionsBundle().createVersions({ ...services, selection: () => view.selection });
    loaded.tree.onDidChange(node => tree.refresh(node));
    return loaded;
  };
  const tree = new FunctionsTree({ ...services, versions });
  const view = vscode.window.createTreeView<FunctionsNode>('lambdaLens.functions', {
    treeDataProvider: tree,
    showCollapseAll: true,
    canSelectMany: true,
    dragAndDropController: {
      dragMimeTypes: [],
      dropMimeTypes: ['application/vnd.code.tree.lambdalens.functions'],
      handleDrag: (nodes, data) => versions().drag(nodes, data),
      handleDrop: (onto, data) => versions().drop(onto, data),
    },
  });
  return vscode.Disposable.from(
    tree,
    view,
    { dispose: () => loaded?.dispose() },
    // What handlers and rows say of aliases is known as soon as there is somebody to ask.
    targets.onDidChange(() => void versions()),
    registerVersionCommands(log, versions),
    registerVersionFiles(versions),
    registerCommand(log, 'lambdaLens.refreshFunctions', async () => {
      loaded?.tree.refresh(vscode.workspace.workspaceFolders ?? []);
      await projects.refresh();
    }),
    registerCommand(log, 'lambdaLens.filterFunctions', async (text?: string) => {
      const filter = text ?? (await askFilter(tree.filter));
      if (filter === undefined) return;
      tree.filter = filter.trim();
      const isFiltered = tree.filter !== '';
      view.message = isFiltered
        ? vscode.l10n.t('Only functions with "{0}" in their name are shown.', tree.filter)
        : '';
    }),
    registerCommand(log, 'lambdaLens.openHandler', (given: Parameters<typeof openHandler>[0]) =>
      openHandler(given, services),
    ),
    registerCommand(log, 'lambdaLens.openTemplate', openTemplate),
  );
}

function askFilter(value: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Filter Functions'),
    prompt: vscode.l10n.t('A part of the name; empty: all functions'),
    value,
  });
}
