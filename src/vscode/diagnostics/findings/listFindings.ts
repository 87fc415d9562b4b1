import * as vscode from 'vscode';
import { handlersForRules } from '../../../analyzer/protocol.ts';
import type { Finding } from '../../../model/finding.ts';
import { ruleSeveritiesOf } from '../../../model/ruleSeverities.ts';
import { UserError } from '../../../shared/errors.ts';
import type { Services } from '../../services.ts';
import { setting } from '../../support/settings.ts';

type Found = ReadonlyMap<string, readonly Finding[]>;

/**
 * What the rules say of everything that the handlers of the workspace reach, by absolute path. Undefined where it was
 * cancelled.
 *
 * @throws UserError where there are no handlers.
 */
export async function findInWorkspace(
  { analyzer, projects }: Pick<Services, 'analyzer' | 'projects'>,
  signal: AbortSignal,
): Promise<Found | undefined> {
  const found = new Map<string, readonly Finding[]>();
  let handlers = 0;
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    const known = handlersForRules(projects.current(folder) ?? (await projects.load(folder)));
    handlers += known.length;
    if (signal.aborted) return undefined;
    if (known.length === 0) continue;
    const { severities } = ruleSeveritiesOf(setting('rules.severity', folder));
    const outcome = await analyzer.projectFindings({ handlers: known, severities }, signal);
    if (outcome.kind === 'cancelled') return undefined;
    for (const [path, findings] of outcome.value) found.set(path, findings);
  }
  if (handlers > 0) return found;
  throw new UserError(
    vscode.l10n.t(
      'No handlers of Lambda functions were found in this workspace. Open the folder that holds your functions.',
    ),
  );
}

/** Looks for findings while it says so, and shows them in the Problems view; says so where there are none. */
export async function listFindings(
  services: Pick<Services, 'analyzer' | 'projects'>,
  show: (found: Found) => void,
): Promise<number | undefined> {
  const found = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Looking at what the handlers of this workspace reach'),
      cancellable: true,
    },
    (_, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      return findInWorkspace(services, controller.signal);
    },
  );
  if (!found) return undefined;
  show(found);
  const count = [...found.values()].reduce((sum, findings) => sum + findings.length, 0);
  if (count > 0) await vscode.commands.executeCommand('workbench.actions.view.problems');
  else {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Lambda Lens found nothing in the {0} files that your handlers reach.', found.size),
    );
  }
  return count;
}
