import * as vscode from 'vscode';
import type { EngineConnection } from '../../client/connection.ts';
import { UserError } from '../../shared/errors.ts';
import type { Invoker } from '../invoke/invoker.ts';
import type { Services } from '../services.ts';
import { registerCommand } from '../support/commands.ts';
import { copyEnvironment, pickFolder } from './copyEnvironment.ts';
import { followSaves } from './latest.ts';

/** Commands for the local Lambda service as such, and what saving a file means to it. */
export function registerTargets(
  services: Pick<Services, 'engines' | 'log'> & { readonly invoker: Pick<Invoker, 'problems'> },
): vscode.Disposable {
  const { engines, log } = services;
  const stop = registerCommand(log, 'lambdaLens.stopEngine', async () => {
    const running = (vscode.workspace.workspaceFolders ?? []).flatMap(
      folder => engines.current(folder) ?? [],
    );
    if (running.length === 0) {
      throw new UserError(vscode.l10n.t('The local Lambda service is not running; an invocation starts it.'));
    }
    await Promise.all(running.map(stopped));
  });
  const start = registerCommand(log, 'lambdaLens.startEngine', async (given?: { folder?: vscode.Uri }) => {
    const folder = given?.folder && vscode.workspace.getWorkspaceFolder(given.folder);
    const chosen = folder ?? (await pickFolder());
    if (chosen) await engines.connect(chosen);
  });
  const copy = registerCommand(
    log,
    'lambdaLens.copyCliEnvironment',
    (given: Parameters<typeof copyEnvironment>[0]) => copyEnvironment(given, { engines }),
  );
  return vscode.Disposable.from(start, stop, copy, followSaves(services));
}

/** Shuts the engine down; settled when it has ended, so that the next invocation starts another one. */
async function stopped(connection: EngineConnection): Promise<void> {
  const ended = new Promise<void>(resolve => connection.onDidClose(() => resolve()));
  await connection.shutDown();
  await ended;
}
