import { join } from 'node:path';
import * as vscode from 'vscode';
import type * as bundle from '../resources/bundle.ts';
import type { MessageNode, ResourceNode, ResourcesNode } from '../resources/nodes.ts';
import type { Services } from '../services.ts';
import { registerCommand } from '../support/commands.ts';

/** The Resources view; what it shows and does is dist/resources.js, which is loaded when it is first shown. */
export function registerResources(
  services: Pick<Services, 'engines' | 'projects' | 'log'>,
  distDirectory: string,
): vscode.Disposable {
  const { log } = services;
  const changed = new vscode.EventEmitter<void>();
  let loaded: bundle.Resources | undefined;
  const resources = (): bundle.Resources => {
    if (loaded) return loaded;
    const { createResources } = require(join(distDirectory, 'resources.js')) as typeof bundle;
    loaded = createResources(services);
    loaded.onDidChange(() => changed.fire());
    return loaded;
  };
  const view = vscode.window.createTreeView<ResourcesNode>('lambdaLens.resources', {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: node => resources().children(node),
      getTreeItem: node => resources().item(node),
    },
    dragAndDropController: {
      dragMimeTypes: [],
      dropMimeTypes: ['text/uri-list'],
      handleDrop: (node, data) => vscode.commands.executeCommand('lambdaLens.uploadFile', node, data),
    },
  });
  return vscode.Disposable.from(
    changed,
    view,
    { dispose: () => loaded?.dispose() },
    // Messages come and go without anybody telling.
    view.onDidChangeVisibility(({ visible }) => {
      if (visible) loaded?.refresh();
    }),
    registerCommand(log, 'lambdaLens.refreshResources', () => resources().refresh()),
    registerCommand(log, 'lambdaLens.openMessage', (node: MessageNode) => resources().openMessage(node)),
    registerCommand(log, 'lambdaLens.purgeQueue', (node: ResourceNode) => resources().purgeQueue(node)),
    registerCommand(
      log,
      'lambdaLens.uploadFile',
      (node?: ResourceNode, given?: vscode.DataTransfer | readonly vscode.Uri[]) =>
        given instanceof vscode.DataTransfer
          ? resources().drop(node, given)
          : resources().uploadFile(node, given),
    ),
  );
}
