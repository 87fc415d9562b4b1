import * as vscode from 'vscode';
import type { Invoker } from '../invoke/invoker.ts';
import { formatEvent, saveEvent } from '../invoke/savedEvents.ts';
import type { Services } from '../services.ts';
import { registerCommand } from '../support/commands.ts';
import { History, type InvocationNode } from './history.ts';
import { eventOf, replayOf, targetOf } from './replay.ts';
import { InvocationsTree } from './tree.ts';

type InvocationsServices = Pick<Services, 'engines' | 'projects' | 'log'> & { readonly invoker: Invoker };

/** The Invocations view, with what can be done with each of them once more. */
export function registerInvocations(services: InvocationsServices): vscode.Disposable {
  const { invoker, log } = services;
  const history = new History(services);
  const tree = new InvocationsTree(history);
  return vscode.Disposable.from(
    history,
    vscode.window.createTreeView('lambdaLens.invocations', { treeDataProvider: tree }),
    registerCommand(log, 'lambdaLens.replayInvocation', async (node: InvocationNode) =>
      invoker.invoke(await replayOf(node, services)),
    ),
    registerCommand(log, 'lambdaLens.saveInvocationEvent', async (node: InvocationNode) => {
      const text = await eventOf(node, services);
      await saveEvent(await targetOf(node, services), formatEvent(JSON.parse(text)), 'event');
    }),
  );
}
