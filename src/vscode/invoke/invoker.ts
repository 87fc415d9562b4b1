import * as vscode from 'vscode';
import type { InvokeResult } from '../../client/connection.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Debuggers } from '../debug/debuggers.ts';
import type { Services } from '../services.ts';
import { BuildProblems } from './buildProblems.ts';
import type { CopiedResult } from './copyTexts.ts';
import { Interrupted } from './interrupted.ts';
import type { Invocation, InvokeDeployed, Shown } from './invocation.ts';
import { Misfits } from './misfits.ts';
import { ResultDocuments } from './resultDocuments.ts';
import { saveDirtySources } from './saveSources.ts';
import { UnresolvedVariables } from './unresolved.ts';

type InvokerServices = Pick<Services, 'engines' | 'log' | 'projects' | 'targets'> & {
  readonly debuggers: Pick<Debuggers, 'wish'>;
  readonly invokeDeployed: InvokeDeployed;
};

/** Invokes functions for whoever is at the editor, and shows how that went. */
export interface Invoker extends vscode.Disposable {
  /** What was invoked last in this window. */
  readonly last: Invocation | undefined;
  /** What was invoked last and has come to an end. */
  readonly shown: Shown | undefined;
  /** Where what does not build is told. */
  readonly problems: Pick<BuildProblems, 'showSaved'>;
  /** What asks for the variables that the template leaves open. */
  readonly variables: Pick<UnresolvedVariables, 'ask'>;
  /** @throws UserError that says what to do; CancellationError when the user gave up. */
  invoke(invocation: Invocation): Promise<InvokeResult>;
}

/** @param stateFolder of the workspace's own */
export function createInvoker(services: InvokerServices, stateFolder: vscode.Uri | undefined): Invoker {
  const misfits = new Misfits(services.projects);
  const variables = new UnresolvedVariables(services);
  const interrupted = new Interrupted(stateFolder, services.engines);
  void interrupted.tell();
  const documents = new ResultDocuments();
  const problems = new BuildProblems();
  const status = vscode.window.createStatusBarItem('lambdaLens.lastResult', vscode.StatusBarAlignment.Left);
  status.name = vscode.l10n.t('Last Lambda Result');
  const allowed = new Set<string>();
  let last: Invocation | undefined;
  let shown: Shown | undefined;
  return {
    problems,
    variables,
    get last() {
      return last;
    },
    get shown() {
      return shown;
    },
    async invoke(invocation) {
      const { target, event } = invocation;
      const text = await event.read();
      last = invocation;
      void vscode.commands.executeCommand('setContext', 'lambdaLens.hasInvoked', true);
      const result = await run(invocation, text, { ...services, interrupted, allowed });
      problems.show(target, result);
      misfits.tell(target, text);
      void variables.offer(target).catch(error => services.log.warn(messageOf(error)));
      shown = { invocation, event: text, result: resultOf(result) };
      const summary = await documents.show(target, text, result);
      status.text = `${target.definition.name}: ${summary}`;
      status.tooltip = vscode.l10n.t('The last invocation by Lambda Lens');
      status.show();
      return result;
    },
    dispose: () => vscode.Disposable.from(interrupted, documents, problems, status).dispose(),
  };
}

function run(
  { target, qualifier, where, debug, confirmed = false }: Invocation,
  text: string,
  {
    engines,
    debuggers,
    interrupted,
    allowed,
    targets,
    invokeDeployed,
  }: InvokerServices & { readonly interrupted: Interrupted; readonly allowed: Set<string> },
): Promise<InvokeResult> {
  const { folder, definition } = target;
  return Promise.resolve(
    vscode.window.withProgress(
      {
        // Whoever looks at a breakpoint for minutes wants nothing in front of it.
        location:
          where === 'debugger' ? vscode.ProgressLocation.Window : vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Invoking {0}', definition.name),
        cancellable: true,
      },
      async (_progress, token) => {
        const controller = new AbortController();
        token.onCancellationRequested(() => controller.abort());
        const request = {
          functionName: definition.name,
          payload: text,
          ...(qualifier === undefined ? {} : { qualifier }),
        };
        const deployed = targets.deployed(folder);
        if (deployed) {
          const invocation = { request, confirmed, ...(where === undefined ? {} : { where }) };
          return invokeDeployed(deployed, invocation, allowed, controller.signal);
        }
        await saveDirtySources();
        const connection = await engines.connect(folder);
        const environment =
          where === 'debugger' ? await debuggers.wish(target, debug) : wishes[where ?? 'any'];
        try {
          return await interrupted.note(definition.name, () =>
            connection.invoke({
              ...request,
              ...(environment === undefined ? {} : { environment }),
              signal: controller.signal,
            }),
          );
        } catch (error) {
          if (controller.signal.aborted) throw new vscode.CancellationError();
          throw error;
        }
      },
    ),
  );
}

function resultOf({ payload, functionError }: InvokeResult): CopiedResult {
  return { payload, isError: functionError !== undefined };
}

const wishes = { any: undefined, fresh: { kind: 'fresh' } } as const;
