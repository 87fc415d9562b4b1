import * as vscode from 'vscode';
import type { InvokeResult } from '../../client/connection.ts';
import type { FunctionNode, QualifierNode } from '../functions/nodes.ts';
import type { InvocationNode } from '../invocations/history.ts';
import type { Invocations } from '../invocations/register.ts';
import { replayOf } from '../invocations/replay.ts';
import type { Services } from '../services.ts';
import { registerCommand } from '../support/commands.ts';
import { copyInvocationAs } from './copyAs.ts';
import type { Invocation } from './invocation.ts';
import type { Invoker } from './invoker.ts';
import { allTargets, findTarget, type InvokeTarget, pickTarget } from './pick.ts';
import { pickBatch } from './pickBatch.ts';
import { type ChosenEvent, type EventServices, fixedEvent, pickEvent } from './pickEvent.ts';
import { placeOf } from './pickSample.ts';
import { findSaved, formatEvent } from './savedEvents.ts';

/** What the command takes from keybindings, lenses and other extensions; all of it may be left out. */
interface InvokeArguments {
  readonly folder?: vscode.Uri;
  readonly functionName?: string;
  /** JSON text, or `last` for the event of the last invocation. */
  readonly event?: string;
  /** The name of a saved event. */
  readonly savedEvent?: string;
  /** The id of a sample event, for example `s3:put`, with what it is to be about. */
  readonly sample?: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

type Given = InvokeArguments | FunctionNode | QualifierNode | InvocationNode | undefined;

/**
 * "Invoke Function" picks a function and an event, runs it, shows result and log; "Invoke Again" does the same
 * once more, with the code and the saved event as they are now.
 */
export function registerInvoke(
  services: EventServices &
    Pick<Services, 'log'> & { readonly invoker: Invoker } & Pick<Invocations, 'asynchronous'>,
): vscode.Disposable {
  const { invoker, log } = services;
  const choose = async (given: Given): Promise<Invocation | undefined> => {
    if (!vscode.workspace.isTrusted) await refuseUntrusted(services);
    if (given && 'record' in given) return replayOf(given, services);
    const target = await resolveTarget(given, services.projects);
    const event = target && (await resolveEvent(given, target, services));
    return event && { target, event };
  };
  const invoke = async (
    given: Given,
    where?: NonNullable<Invocation['where']>,
  ): Promise<InvokeResult | undefined> => {
    const chosen = await choose(given);
    return chosen && invoker.invoke({ ...chosen, ...(where === undefined ? {} : { where }) });
  };
  return vscode.Disposable.from(
    registerCommand(log, 'lambdaLens.invoke', (given: Given) => invoke(given)),
    registerCommand(log, 'lambdaLens.invokeWithDebugger', (given: Given) => invoke(given, 'debugger')),
    registerCommand(log, 'lambdaLens.invokeFresh', (given: Given) => invoke(given, 'fresh')),
    registerCommand(log, 'lambdaLens.invokeAsync', async (given: Given) => {
      const chosen = await choose(given);
      return chosen && services.asynchronous().invoke(chosen);
    }),
    registerCommand(log, 'lambdaLens.invokeBatch', async (given: Exclude<Given, InvocationNode>) => {
      if (!vscode.workspace.isTrusted) await refuseUntrusted(services);
      const target = await resolveTarget(given, services.projects);
      const event = target && (await pickBatch(target, services));
      return event && invoker.invoke({ target, event });
    }),
    registerCommand(log, 'lambdaLens.setVariables', async (given: Exclude<Given, InvocationNode>) => {
      const target = await resolveTarget(given, services.projects);
      if (target) await invoker.variables.ask(target);
    }),
    registerCommand(log, 'lambdaLens.copyInvocationAs', (given: InvocationNode | undefined) =>
      copyInvocationAs(given, invoker.shown, services),
    ),
    registerCommand(log, 'lambdaLens.invokeAgain', async () =>
      invoker.last ? invoker.invoke(await asItIsNow(invoker.last, services.projects)) : invoke(undefined),
    ),
  );
}

/** Connecting is what is refused in an untrusted workspace; so ask before anything is picked. */
async function refuseUntrusted({ engines }: Pick<Services, 'engines'>): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder) await engines.connect(folder);
}

/** Templates change between two invocations. */
async function asItIsNow(last: Invocation, projects: Services['projects']): Promise<Invocation> {
  const { folder, definition } = last.target;
  return { ...last, target: await findTarget(definition.name, folder.uri, projects) };
}

async function resolveTarget(
  given: Exclude<Given, InvocationNode>,
  projects: Services['projects'],
): Promise<InvokeTarget | undefined> {
  if (given && 'definition' in given) return given;
  if (given?.functionName === undefined) return pickTarget(await allTargets(projects));
  return findTarget(given.functionName, given.folder, projects);
}

async function resolveEvent(
  given: Exclude<Given, InvocationNode>,
  target: InvokeTarget,
  services: EventServices,
): Promise<ChosenEvent | undefined> {
  if (!given || 'definition' in given) return pickEvent(target, services);
  const { event, savedEvent, sample, parameters } = given;
  if (savedEvent !== undefined) return findSaved(target, savedEvent);
  if (sample !== undefined)
    return fixedEvent(formatEvent(services.samples().byId(sample).build(parameters, placeOf(target))));
  if (event === undefined) return pickEvent(target, services);
  if (event !== 'last') return fixedEvent(event);
  const connection = await services.engines.connect(target.folder);
  return fixedEvent((await connection.lastEvent(target.definition.name)) ?? '{}');
}
