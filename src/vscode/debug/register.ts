import * as vscode from 'vscode';
import type { Invoker } from '../invoke/invoker.ts';
import { findTarget } from '../invoke/pick.ts';
import { type EventServices, fixedEvent, pickEvent } from '../invoke/pickEvent.ts';
import { findSaved } from '../invoke/savedEvents.ts';
import { Configurations, debugType, type LaunchConfiguration } from './configurations.ts';
import { LaunchSession } from './launchSession.ts';

/** The debug type `lambda-lens`: an invocation as a session, from launch.json or without one. */
export function registerDebug(services: EventServices & { readonly invoker: Invoker }): vscode.Disposable {
  const configurations = new Configurations(services);
  const { Dynamic } = vscode.DebugConfigurationProviderTriggerKind;
  return vscode.Disposable.from(
    vscode.debug.registerDebugConfigurationProvider(debugType, configurations),
    vscode.debug.registerDebugConfigurationProvider(debugType, configurations, Dynamic),
    vscode.debug.registerDebugAdapterDescriptorFactory(debugType, {
      createDebugAdapterDescriptor: session =>
        new vscode.DebugAdapterInlineImplementation(new LaunchSession(() => invokeFor(session, services))),
    }),
  );
}

async function invokeFor(
  session: vscode.DebugSession,
  services: EventServices & { readonly invoker: Invoker },
) {
  const configuration = session.configuration as LaunchConfiguration;
  const target = await findTarget(configuration.function, session.workspaceFolder?.uri, services.projects);
  const event = await eventOf(configuration, target, services);
  if (!event) return undefined;
  const { port = 0 } = configuration;
  return services.invoker.invoke({ target, event, where: 'debugger', debug: { parent: session, port } });
}

async function eventOf(
  { event, payload }: LaunchConfiguration,
  target: Parameters<typeof pickEvent>[0],
  services: EventServices,
) {
  if (payload !== undefined) return fixedEvent(JSON.stringify(payload));
  return event === undefined ? pickEvent(target, services) : findSaved(target, event);
}
