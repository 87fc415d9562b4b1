import * as vscode from 'vscode';
import type { TargetIdentity } from '../../model/target.ts';
import type { Asynchronous } from '../asynchronous/bundle.ts';
import type { Invoker } from '../invoke/invoker.ts';
import { formatEvent, saveEvent } from '../invoke/savedEvents.ts';
import { saveDirtySources } from '../invoke/saveSources.ts';
import type { Services } from '../services.ts';
import { registerCommand } from '../support/commands.ts';
import { deployedTargets } from '../targets/targetStatus.ts';
import { History, type InvocationNode } from './history.ts';
import type { loadAsynchronous } from './lazyAsynchronous.ts';
import type { EventNode, InvocationsNode } from './nodes.ts';
import { eventOf, replayOf, targetOf } from './replay.ts';
import { InvocationsTree } from './tree.ts';

type InvocationsServices = Pick<Services, 'engines' | 'projects' | 'targets' | 'log'> & {
  readonly invoker: Invoker;
  /** Of dist/asynchronous.js. */
  readonly asynchronousBundle: () => ReturnType<typeof loadAsynchronous>;
};

/** The Invocations view, as it is known to who invokes. */
export interface Invocations extends vscode.Disposable {
  /** Loads what is about invocations that nobody waits for. */
  asynchronous(): Asynchronous;
}

/** The Invocations view, with what can be done with each of them once more. */
export function registerInvocations(services: InvocationsServices): Invocations {
  const { invoker, log } = services;
  const asynchronous = (): Asynchronous => {
    if (tree.asynchronous) return tree.asynchronous;
    const loaded = services.asynchronousBundle().createAsynchronous({
      ...services,
      attemptsOf: requestId => history.attemptsOf(requestId),
      replayOf: replayed => replayOf(replayed, services),
      saveSources: saveDirtySources,
    });
    loaded.onDidChange(() => {
      showMessage();
      tree.refresh();
    });
    tree.asynchronous = loaded;
    return loaded;
  };
  const history = new History({ ...services, asynchronous });
  const tree = new InvocationsTree(history);
  const view = vscode.window.createTreeView('lambdaLens.invocations', { treeDataProvider: tree });
  const showMessage = () => {
    const [deployed] = deployedTargets(services.targets);
    view.message = deployed ? notFollowed(deployed.identity) : (tree.asynchronous?.message() ?? '');
  };
  const targets = services.targets.onDidChange(showMessage);
  const owned = vscode.Disposable.from(
    history,
    tree,
    view,
    targets,
    { dispose: () => tree.asynchronous?.dispose() },
    registerCommand(log, 'lambdaLens.replayInvocation', async (node: InvocationNode | EventNode) =>
      'life' in node ? asynchronous().replayEvent(node) : invoker.invoke(await replayOf(node, services)),
    ),
    registerCommand(log, 'lambdaLens.saveInvocationEvent', async (node: InvocationNode) => {
      const text = await eventOf(node, services);
      await saveEvent(await targetOf(node, services), formatEvent(JSON.parse(text)), 'event');
    }),
    registerCommand(log, 'lambdaLens.skipWait', (node: EventNode | undefined) =>
      asynchronous().skipWait(node),
    ),
    registerCommand(log, 'lambdaLens.skipAllWaits', () => asynchronous().skipAllWaits()),
    registerCommand(log, 'lambdaLens.pauseClock', () => asynchronous().pauseClock()),
    registerCommand(log, 'lambdaLens.resumeClock', () => asynchronous().resumeClock()),
    registerCommand(log, 'lambdaLens.stepClock', () => asynchronous().stepClock()),
    registerCommand(log, 'lambdaLens.debugEvent', (node: InvocationsNode | undefined) =>
      asynchronous().debugEvent(node),
    ),
  );
  return { asynchronous, dispose: () => owned.dispose() };
}

/** AWS tells of invocations in CloudWatch's logs only. */
function notFollowed({ label, region }: TargetIdentity): string {
  return vscode.l10n.t(
    'Invocations at {0}, {1} are not listed here: AWS has no stream of them. What is below ran on this machine.',
    label,
    region,
  );
}
