import * as vscode from 'vscode';
import type { Log } from '../../shared/log.ts';
import { registerCommand } from '../support/commands.ts';
import type { Versions } from '../versions/bundle.ts';
import type { FunctionsNode, NoticeNode } from './nodes.ts';

type Actions = Versions['actions'];
type Given = Parameters<Actions['publishVersion']>[0];

/** What can be done with versions and aliases; each is loaded with its first use. */
export function registerVersionCommands(log: Log, versions: () => Versions): vscode.Disposable {
  const run =
    (name: keyof Actions) =>
    (given: Given, nodes?: readonly FunctionsNode[]): Promise<unknown> =>
      versions().actions[name](given, nodes);
  return vscode.Disposable.from(
    registerCommand(log, 'lambdaLens.publishVersion', run('publishVersion')),
    registerCommand(log, 'lambdaLens.createAlias', run('createAlias')),
    registerCommand(log, 'lambdaLens.pointAlias', run('pointAlias')),
    registerCommand(log, 'lambdaLens.shiftTraffic', run('shiftTraffic')),
    registerCommand(log, 'lambdaLens.promoteAlias', run('promoteAlias')),
    registerCommand(log, 'lambdaLens.rollBackAlias', run('rollBackAlias')),
    registerCommand(log, 'lambdaLens.deleteQualifier', run('deleteQualifier')),
    registerCommand(log, 'lambdaLens.invokeQualifier', run('invokeQualifier')),
    registerCommand(log, 'lambdaLens.compareVersions', run('compareVersions')),
    registerCommand(log, 'lambdaLens.copyArn', run('copyArn')),
    registerCommand(log, 'lambdaLens.setUpStages', run('setUpStages')),
    registerCommand(log, 'lambdaLens.showOlderVersions', (node: NoticeNode) =>
      versions().tree.showMore(node),
    ),
  );
}
