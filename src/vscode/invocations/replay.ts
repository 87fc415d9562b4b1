import * as vscode from 'vscode';
import { UserError } from '../../shared/errors.ts';
import type { Invocation } from '../invoke/invocation.ts';
import { findTarget, type InvokeTarget } from '../invoke/pick.ts';
import { fixedEvent } from '../invoke/pickEvent.ts';
import type { Services } from '../services.ts';
import type { InvocationNode } from './history.ts';

/** What was run, and with what. */
export interface Replayed extends Pick<InvocationNode, 'folder'> {
  readonly record: Pick<InvocationNode['record'], 'functionName' | 'requestId' | 'qualifier'>;
}

/** The same once more, with the code as it is now. @throws UserError where its event is not kept any more. */
export async function replayOf(
  node: Replayed,
  services: Pick<Services, 'engines' | 'projects'>,
): Promise<Invocation> {
  const event = fixedEvent(await eventOf(node, services));
  const { qualifier } = node.record;
  const target = await targetOf(node, services);
  return { target, event, ...(qualifier === '$LATEST' ? {} : { qualifier }) };
}

export function targetOf(
  { folder, record }: Replayed,
  { projects }: Pick<Services, 'projects'>,
): Promise<InvokeTarget> {
  return findTarget(record.functionName, folder.uri, projects);
}

/** @throws UserError where it is not kept any more. */
export async function eventOf(
  { folder, record }: Replayed,
  { engines }: Pick<Services, 'engines'>,
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
