import * as vscode from 'vscode';
import { isUserError, messageOf } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';

/**
 * Registers a command whose errors are shown to the person who ran it, in this one place: a UserError as it
 * is, anything else as a bug with a way to the log. Callers of executeCommand get undefined.
 */
export function registerCommand<Args extends unknown[], Result>(
  log: Log,
  id: `lambdaLens.${string}`,
  run: (...args: Args) => Result | Promise<Result>,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (...args: Args) => {
    try {
      return await run(...args);
    } catch (error) {
      if (error instanceof vscode.CancellationError) return undefined;
      void show(log, id, error);
      return undefined;
    }
  });
}

async function show(log: Log, id: string, error: unknown): Promise<void> {
  if (isUserError(error)) log.warn(`${id}: ${error.message}`);
  else log.error(id, error);
  const showLog = vscode.l10n.t('Show Log');
  const manageTrust = vscode.l10n.t('Manage Workspace Trust');
  const message = isUserError(error)
    ? error.message
    : vscode.l10n.t('Lambda Lens ran into a problem of its own: {0}', messageOf(error));
  const chosen = await vscode.window.showErrorMessage(
    message,
    ...(vscode.workspace.isTrusted ? [showLog] : [manageTrust]),
  );
  if (chosen === showLog) await vscode.commands.executeCommand('lambdaLens.showLog');
  if (chosen === manageTrust) await vscode.commands.executeCommand('workbench.trust.manage');
}
