import * as vscode from 'vscode';
import type { InvocationResult, Target } from '../../../model/target.ts';
import { UserError } from '../../../shared/errors.ts';
import type { DeployedInvocation } from '../../invoke/invocation.ts';
import { mayChange } from './confirm.ts';

/**
 * Runs a function where it is deployed; the first time of each, the user is asked.
 *
 * @throws UserError where that is not to be; CancellationError when the user turns away.
 */
export async function invokeDeployed(
  target: Target,
  { request, where, confirmed = false }: DeployedInvocation,
  allowed: Set<string>,
  signal: AbortSignal,
): Promise<InvocationResult> {
  const { functionName } = request;
  if (where !== undefined) {
    throw new UserError(
      vscode.l10n.t(
        '{0} is deployed: debugging and fresh environments are there on this machine only. Select the local target first.',
        functionName,
      ),
    );
  }
  const key = `${target.identity.id} ${functionName}`;
  const mayGoOn = await mayChange(
    target,
    {
      message: vscode.l10n.t('Invoke {0} where it is deployed?', functionName),
      detail: vscode.l10n.t('It runs for real, with all that it does.'),
      action: vscode.l10n.t('Invoke'),
    },
    confirmed || allowed.has(key),
  );
  if (!mayGoOn) throw new vscode.CancellationError();
  allowed.add(key);
  return target.invoke(request, signal);
}
