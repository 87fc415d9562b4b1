import * as vscode from 'vscode';
import type { Log } from '../../shared/log.ts';
import { registerCommand } from '../support/commands.ts';

/** "Get Started": opens the walkthrough. */
export function registerWalkthrough(log: Log, extensionId: string): vscode.Disposable {
  return registerCommand(log, 'lambdaLens.getStarted', () =>
    vscode.commands.executeCommand('workbench.action.openWalkthrough', `${extensionId}#start`, false),
  );
}
