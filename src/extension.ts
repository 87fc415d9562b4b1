import { join } from 'node:path';
import type * as vscode from 'vscode';
import { createAnalyzerClient } from './analyzer/client.ts';
import { systemClock } from './shared/clock.ts';
import { Debuggers } from './vscode/debug/debuggers.ts';
import { registerDebug } from './vscode/debug/register.ts';
import { registerDiagnostics } from './vscode/diagnostics/register.ts';
import { loadVersions } from './vscode/functions/lazyVersions.ts';
import { createProjects } from './vscode/functions/projects.ts';
import { registerFunctions } from './vscode/functions/register.ts';
import { Analyses } from './vscode/hints/analyses.ts';
import { handlersOf } from './vscode/hints/functionsOf.ts';
import { registerHints } from './vscode/hints/register.ts';
import { HttpAddresses } from './vscode/http/addresses.ts';
import { registerHttp } from './vscode/http/register.ts';
import { loadAsynchronous } from './vscode/invocations/lazyAsynchronous.ts';
import { registerInvocations } from './vscode/invocations/register.ts';
import { registerResources } from './vscode/invocations/registerResources.ts';
import { createInvoker } from './vscode/invoke/invoker.ts';
import { loadSamples } from './vscode/invoke/lazySamples.ts';
import { pickEvent } from './vscode/invoke/pickEvent.ts';
import { registerInvoke } from './vscode/invoke/register.ts';
import { registerCommand } from './vscode/support/commands.ts';
import { createLog } from './vscode/support/log.ts';
import { createEngines } from './vscode/targets/engines.ts';
import { registerTargets } from './vscode/targets/register.ts';
import { createTargets } from './vscode/targets/targets.ts';
import { createHandlers } from './vscode/templates/handlers.ts';
import { registerTemplates } from './vscode/templates/register.ts';
import { registerTests } from './vscode/tests/register.ts';
import { registerWalkthrough } from './vscode/walkthrough/register.ts';

/** Builds the services and registers the features; none of them starts a thread or a process here. */
export function activate(context: vscode.ExtensionContext): void {
  const distDirectory = join(context.extensionPath, 'dist');
  const log = createLog();
  const analyzer = createAnalyzerClient({
    workerPath: join(distDirectory, 'analyzer.js'),
    compileCache: join(
      context.globalStorageUri.fsPath,
      'compiled',
      String(context.extension.packageJSON.version),
    ),
    log,
    clock: systemClock,
  });
  const projects = createProjects({ analyzer, log });
  const handlers = createHandlers({ analyzer, projects, log });
  const hints = new Analyses({ analyzer, projects, log });
  const engines = createEngines(
    { log },
    { distDirectory, stateDirectory: join(context.globalStorageUri.fsPath, 'engines') },
  );
  const addresses = new HttpAddresses({ engines, log });
  const debuggers = new Debuggers({ engines, log });
  const targets = createTargets(engines, { distDirectory });
  const versionsBundle = () => loadVersions(distDirectory);
  const invoker = createInvoker(
    {
      engines,
      projects,
      debuggers,
      targets,
      log,
      invokeDeployed: (...given) => versionsBundle().invokeDeployed(...given),
    },
    context.storageUri,
  );
  const samples = () => loadSamples(distDirectory);
  const services = { analyzer, engines, handlers, log, projects, targets };
  const invocations = registerInvocations({
    ...services,
    invoker,
    asynchronousBundle: () => loadAsynchronous(distDirectory),
  });
  context.subscriptions.push(
    log,
    analyzer,
    projects,
    handlers,
    hints,
    engines,
    debuggers,
    targets,
    invoker,
    registerCommand(log, 'lambdaLens.showLog', () => log.show()),
    addresses,
    registerFunctions({
      ...services,
      addresses,
      invoker,
      chooseEvent: target => pickEvent(target, { ...services, samples }),
      handlersOf: document => handlersOf(document, hints, services),
      state: context.globalState,
      versionsBundle,
    }),
    registerHttp({ log, addresses }),
    registerHints(context, hints, services),
    registerInvoke({ ...services, invoker, samples, asynchronous: invocations.asynchronous }),
    registerDebug({ ...services, invoker, samples }),
    invocations,
    registerResources(services, distDirectory),
    registerTests({ ...services, debuggers }),
    registerDiagnostics({ ...services, hints }),
    registerTemplates(services),
    registerTargets({ ...services, invoker, versionsBundle, state: context.workspaceState }),
    registerWalkthrough(log, context.extension.id),
  );
}
