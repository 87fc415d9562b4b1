import * as vscode from 'vscode';
import { UserError } from '../../shared/errors.ts';
import type { Services } from '../services.ts';
import { environmentLines, shells } from './shells.ts';

/**
 * Copies what points the AWS CLI and SDKs at the folder's engine, which is started if need be. The keys are good
 * for that engine only; they are shown nowhere.
 */
export async function copyEnvironment(
  given: { readonly folder?: vscode.WorkspaceFolder } | undefined,
  { engines }: Pick<Services, 'engines'>,
): Promise<void> {
  const folder = given?.folder ?? (await pickFolder());
  if (!folder) return;
  const shell = await vscode.window.showQuickPick(
    shells.map(each => ({ label: each.name, shell: each })),
    {
      title: vscode.l10n.t('Copy CLI Environment'),
      placeHolder: vscode.l10n.t('For which shell?'),
    },
  );
  if (!shell) return;
  const { attachment } = await engines.connect(folder);
  await vscode.env.clipboard.writeText(environmentLines(shell.shell, attachment));
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Copied. Paste it into a shell: the AWS CLI and SDKs started there call the local Lambda service, as long as it runs.',
    ),
  );
}

/** Asks where several are open. @throws UserError where none is. */
export async function pickFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) throw new UserError(vscode.l10n.t('Open a folder first.'));
  return folders.length === 1 ? folders[0] : vscode.window.showWorkspaceFolderPick();
}
