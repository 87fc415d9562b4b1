import * as vscode from 'vscode';
import type { TargetIdentity } from '../../model/target.ts';
import type { Invoker } from '../invoke/invoker.ts';
import { formatEvent, saveEvent } from '../invoke/savedEvents.ts';
import type { Services } from '../services.ts';
import { registerCommand } from '../support/commands.ts';
import { deployedTargets } from '../targets/targetStatus.ts';
import { History, type InvocationNode } from './history.ts';
import { eventOf, replayOf, targetOf } from './replay.ts';
import { InvocationsTree } from './tree.ts';

type InvocationsServices = Pick<Services, 'engines' | 'projects' | 'targets' | 'log'> & {
  readonly invoker: Invoker;
};

/** The Invocations view, with what can be done with each of them once more. */
export function registerInvocations(services: InvocationsServices): vscode.Disposable {
  const { invoker, log } = services;
  const history = new History(services);
  const tree = new InvocationsTree(history);
  const view = vscode.window.createTreeView('lambdaLens.invocations', { treeDataProvider: tree });
  const targets = services.targets.onDidChange(() => {
    const [deployed] = deployedTargets(services.targets);
    view.message = deployed ? notFollowed(deployed.identity) : '';
  });
  return vscode.Disposable.from(
    history,
    view,
    targets,
    registerCommand(log, 'lambdaLens.replayInvocation', async (node: InvocationNode) =>
      invoker.invoke(await replayOf(node, services)),
    ),
    registerCommand(log, 'lambdaLens.saveInvocationEvent', async (node: InvocationNode) => {
      const text = await eventOf(node, services);
      await saveEvent(await targetOf(node, services), formatEvent(JSON.parse(text)), 'event');
    }),
  );
}

/** AWS tells of invocations in CloudWatch's logs only. */
function notFollowed({ label, region }: TargetIdentity): string {
  return vscode.l10n.t(
    'Invocations at {0}, {1} are not listed here: AWS has no stream of them. What is below ran on this machine.',
    label,
    region,
  );
}
