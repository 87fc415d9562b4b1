import * as vscode from 'vscode';
import type { InvokeResult } from '../../client/connection.ts';
import { UserError } from '../../shared/errors.ts';
import type { FunctionNode, QualifierNode } from '../functions/nodes.ts';
import type { Services } from '../services.ts';
import { registerCommand } from '../support/commands.ts';
import { allTargets, type InvokeTarget, pickTarget } from './pick.ts';
import { pickEvent } from './pickEvent.ts';
import { ResultDocuments, summarize } from './resultDocuments.ts';

/** What the command takes from keybindings, lenses and other extensions; all of it may be left out. */
interface InvokeArguments {
  readonly folder?: vscode.Uri;
  readonly functionName?: string;
  /** JSON text, or `last` for the event of the last invocation. */
  readonly event?: string;
}

/** "Lambda Lens: Invoke Function": picks a function and an event, runs it, shows result and log. */
export function registerInvoke(services: Pick<Services, 'engines' | 'projects' | 'log'>): vscode.Disposable {
  const documents = new ResultDocuments();
  const status = vscode.window.createStatusBarItem('lambdaLens.lastResult', vscode.StatusBarAlignment.Left);
  status.name = vscode.l10n.t('Last Lambda Result');
  const invoke = async (
    given: InvokeArguments | FunctionNode | QualifierNode | undefined,
  ): Promise<InvokeResult | undefined> => {
    if (!vscode.workspace.isTrusted) await refuseUntrusted(services);
    const target = await resolveTarget(given, services.projects);
    if (!target) return undefined;
    const event = await resolveEvent(given, target, services.engines);
    if (event === undefined) return undefined;
    const result = await run(target, event, services.engines);
    await documents.show(target, result);
    status.text = `${target.definition.name}: ${summarize(result)}`;
    status.tooltip = vscode.l10n.t('The last invocation by Lambda Lens');
    status.show();
    return result;
  };
  return vscode.Disposable.from(
    documents,
    status,
    registerCommand(services.log, 'lambdaLens.invoke', invoke),
  );
}

/** Connecting is what is refused in an untrusted workspace; so ask before anything is picked. */
async function refuseUntrusted({ engines }: Pick<Services, 'engines'>): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder) await engines.connect(folder);
}

async function resolveTarget(
  given: InvokeArguments | FunctionNode | QualifierNode | undefined,
  projects: Services['projects'],
): Promise<InvokeTarget | undefined> {
  if (given && 'definition' in given) return given;
  const targets = await allTargets(projects);
  if (given?.functionName === undefined) return pickTarget(targets);
  const target = targets.find(
    ({ folder, definition }) =>
      definition.name === given.functionName &&
      (given.folder === undefined || given.folder.toString() === folder.uri.toString()),
  );
  if (target) return target;
  throw new UserError(
    vscode.l10n.t(
      'There is no function {0} in this workspace. There are: {1}.',
      given.functionName,
      targets.map(({ definition }) => definition.name).join(', '),
    ),
  );
}

async function resolveEvent(
  given: InvokeArguments | FunctionNode | QualifierNode | undefined,
  target: InvokeTarget,
  engines: Services['engines'],
): Promise<string | undefined> {
  const event = given && 'event' in given ? given.event : undefined;
  if (event === undefined) return pickEvent(target, engines);
  if (event !== 'last') return event;
  return (await (await engines.connect(target.folder)).lastEvent(target.definition.name)) ?? '{}';
}

function run(target: InvokeTarget, event: string, engines: Services['engines']): Promise<InvokeResult> {
  const { folder, definition } = target;
  return Promise.resolve(
    vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Invoking {0}', definition.name),
        cancellable: true,
      },
      async (_progress, token) => {
        const controller = new AbortController();
        token.onCancellationRequested(() => controller.abort());
        await saveDirtySources();
        const connection = await engines.connect(folder);
        try {
          return await connection.invoke({
            functionName: definition.name,
            payload: event,
            signal: controller.signal,
          });
        } catch (error) {
          if (controller.signal.aborted) throw new vscode.CancellationError();
          throw error;
        }
      },
    ),
  );
}

/** What runs is what is on disk; so what the user sees in the editor is saved first. */
async function saveDirtySources(): Promise<void> {
  const dirty = vscode.workspace.textDocuments.filter(
    document =>
      document.isDirty && document.uri.scheme === 'file' && vscode.workspace.getWorkspaceFolder(document.uri),
  );
  await Promise.all(dirty.map(document => document.save()));
}
