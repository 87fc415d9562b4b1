import * as vscode from 'vscode';
import type { EngineConnection } from '../../client/connection.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Invoker } from '../invoke/invoker.ts';
import type { Services } from '../services.ts';

type LatestServices = Pick<Services, 'engines' | 'log'> & { readonly invoker: Pick<Invoker, 'problems'> };

/**
 * While an engine runs, what is saved becomes `$LATEST` there and then. What does not build is told at its line;
 * where the API has put something else there, the user is asked which of them counts.
 */
export function followSaves(services: LatestServices): vscode.Disposable {
  const { engines, log } = services;
  const following = new Map<string, { dispose(): void }>();
  const follow = (folder: vscode.WorkspaceFolder) => {
    const key = folder.uri.toString();
    following.get(key)?.dispose();
    following.delete(key);
    const connection = engines.current(folder);
    if (!connection) return;
    const events = connection.events(event => {
      if (event.type !== 'latestContested') return;
      ask(connection, event.functionName).catch(
        error => void vscode.window.showErrorMessage(messageOf(error)),
      );
    });
    following.set(key, events);
  };
  return vscode.Disposable.from(
    engines.onDidChange(follow),
    vscode.workspace.onDidSaveTextDocument(document => {
      saved(document, services).catch(error =>
        log.warn(`${document.uri.fsPath} was saved and not built: ${messageOf(error)}`),
      );
    }),
    { dispose: () => vscode.Disposable.from(...following.values()).dispose() },
  );
}

async function saved({ uri }: vscode.TextDocument, { engines, invoker, log }: LatestServices): Promise<void> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const connection = folder && uri.scheme === 'file' ? engines.current(folder) : undefined;
  if (!folder || !connection) return;
  const functions = await connection.saved(uri.fsPath);
  for (const each of functions) invoker.problems.showSaved(folder, each);
  const failed = functions.filter(({ failure }) => failure !== undefined);
  if (failed.length === 0) return;
  const names = failed.map(({ functionName }) => functionName).join(', ');
  log.warn(`${names}: what was saved does not build; $LATEST stays what was built last.`);
  vscode.window.setStatusBarMessage(
    `$(warning) ${vscode.l10n.t('{0} does not build: $LATEST stays what was built last', names)}`,
    shownMs,
  );
}

const shownMs = 10_000;

/** Whoever closes the question is asked again after the next save. */
async function ask({ target }: EngineConnection, functionName: string): Promise<void> {
  const workspace = vscode.l10n.t('Workspace');
  const api = vscode.l10n.t('API Update');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'The Lambda API has updated {0}, and what you have saved since is not what it put there. Which of them is $LATEST from now on?',
      functionName,
    ),
    workspace,
    api,
  );
  if (answer !== undefined) {
    await target.engine?.decideLatest(functionName, answer === workspace ? 'workspace' : 'api');
  }
}
