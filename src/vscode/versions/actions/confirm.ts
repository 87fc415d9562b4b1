import * as vscode from 'vscode';
import type { Target, TargetIdentity } from '../../../model/target.ts';
import { UserError } from '../../../shared/errors.ts';

interface Question {
  readonly message: string;
  readonly detail?: string;
  /** What the button says. */
  readonly action: string;
  /** Whether the local engine's user is asked, too. */
  readonly isDestructive?: boolean;
}

/**
 * Whether to go on with a change: on a deployed target everything asks, and names the account and the region.
 *
 * @throws UserError where the target is read-only.
 */
export async function mayChange(
  { identity }: Pick<Target, 'identity'>,
  { message, detail, action, isDestructive = false }: Question,
  confirmed = false,
): Promise<boolean> {
  if (identity.isReadOnly) {
    throw new UserError(
      vscode.l10n.t('{0} is read-only for Lambda Lens: nothing was changed there.', placeOf(identity)),
    );
  }
  const isDeployed = identity.kind === 'aws';
  if (confirmed || (!isDeployed && !isDestructive)) return true;
  const lines = [...(isDeployed ? [placeOf(identity)] : []), ...(detail === undefined ? [] : [detail])];
  const chosen = await vscode.window.showWarningMessage(
    message,
    { modal: true, ...(lines.length > 0 ? { detail: lines.join('\n\n') } : {}) },
    action,
  );
  return chosen === action;
}

function placeOf({ label, accountId, region }: TargetIdentity): string {
  return accountId === undefined
    ? vscode.l10n.t('{0}, {1}', label, region)
    : vscode.l10n.t('{0}, account {1}, {2}', label, accountId, region);
}

/** Shows that the view is busy. */
export function inProgress<T>(run: () => Promise<T>): Promise<T> {
  return Promise.resolve(
    vscode.window.withProgress({ location: { viewId: 'lambdaLens.functions' } }, () => run()),
  );
}

/** Says what was done, with what can be done about it next; nobody waits for the answer. */
export function tellDone(
  message: string,
  next?: { readonly title: string; readonly run: () => unknown },
): void {
  void vscode.window.showInformationMessage(message, ...(next ? [next.title] : [])).then(chosen => {
    if (chosen !== undefined) next?.run();
  });
}
