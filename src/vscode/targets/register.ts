import * as vscode from 'vscode';
import type { EngineConnection } from '../../client/connection.ts';
import { UserError } from '../../shared/errors.ts';
import type { loadVersions } from '../functions/lazyVersions.ts';
import type { Invoker } from '../invoke/invoker.ts';
import type { Services } from '../services.ts';
import { registerCommand } from '../support/commands.ts';
import type { TargetArguments } from '../versions/actions/selectTarget.ts';
import { copyEnvironment, pickFolder } from './copyEnvironment.ts';
import { followSaves } from './latest.ts';
import { showTarget } from './targetStatus.ts';

/** Commands for the local Lambda service as such, and what saving a file means to it. */
export function registerTargets(
  services: Pick<Services, 'engines' | 'log' | 'targets'> & {
    readonly invoker: Pick<Invoker, 'problems'>;
    /** Of the workspace. */
    readonly state: vscode.Memento;
    readonly versionsBundle: () => Pick<ReturnType<typeof loadVersions>, 'selectTarget'>;
  },
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
  const select = registerCommand(log, 'lambdaLens.selectTarget', async (given: TargetArguments = {}) => {
    const folder = given.folder && vscode.workspace.getWorkspaceFolder(given.folder);
    const chosen = folder ?? (await pickFolder());
    return chosen && services.versionsBundle().selectTarget(chosen, given, services);
  });
  return vscode.Disposable.from(start, stop, copy, select, showTarget(services), followSaves(services));
}

/** Shuts the engine down; settled when it has ended, so that the next invocation starts another one. */
async function stopped(connection: EngineConnection): Promise<void> {
  const ended = new Promise<void>(resolve => connection.onDidClose(() => resolve()));
  await connection.shutDown();
  await ended;
}
