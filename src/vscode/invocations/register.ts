import * as vscode from 'vscode';
import { UserError } from '../../shared/errors.ts';
import type { Invoker } from '../invoke/invoker.ts';
import { findTarget } from '../invoke/pick.ts';
import { fixedEvent } from '../invoke/pickEvent.ts';
import { formatEvent, saveEvent } from '../invoke/savedEvents.ts';
import type { Services } from '../services.ts';
import { registerCommand } from '../support/commands.ts';
import { History, type InvocationNode } from './history.ts';
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
    registerCommand(log, 'lambdaLens.replayInvocation', async (node: InvocationNode) => {
      const event = fixedEvent(await eventOf(node, services));
      const { qualifier } = node.record;
      const target = await targetOf(node, services);
      return invoker.invoke({ target, event, ...(qualifier === '$LATEST' ? {} : { qualifier }) });
    }),
    registerCommand(log, 'lambdaLens.saveInvocationEvent', async (node: InvocationNode) => {
      const text = await eventOf(node, services);
      await saveEvent(await targetOf(node, services), formatEvent(JSON.parse(text)), 'event');
    }),
  );
}

function targetOf({ folder, record }: InvocationNode, { projects }: InvocationsServices) {
  return findTarget(record.functionName, folder.uri, projects);
}

async function eventOf(
  { folder, record }: InvocationNode,
  { engines }: InvocationsServices,
): Promise<string> {
  const connection = await engines.connect(folder);
  const event = await connection.event(record.functionName, record.requestId);
  if (event !== undefined) return event;
  throw new UserError(
    vscode.l10n.t(
      'The event of this invocation of {0} is not kept any more: only those of the latest invocations are.',
      record.functionName,
    ),
  );
}
