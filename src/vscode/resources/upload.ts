import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { EngineConnection } from '../../client/connection.ts';
import { UserError } from '../../shared/errors.ts';
import type { ResourceNode } from './nodes.ts';

/** Puts files into a bucket under their names, which triggers functions as an upload does. */
export async function upload(
  bucket: ResourceNode,
  files: readonly vscode.Uri[],
  connection: EngineConnection,
): Promise<void> {
  const other = files.find(({ scheme }) => scheme !== 'file' && scheme !== 'vscode-remote');
  if (other)
    throw new UserError(vscode.l10n.t('{0} is not on a disk. Upload a local copy of it.', other.toString()));
  for (const file of files) {
    const { type } = await vscode.workspace.fs.stat(file.with({ scheme: 'file', authority: '' }));
    if (type === vscode.FileType.Directory)
      throw new UserError(vscode.l10n.t('{0} is a folder. Upload its files.', basename(file.fsPath)));
  }
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Uploading to {0}', bucket.name) },
    async progress => {
      for (const file of files) {
        const key = basename(file.path);
        progress.report({ message: key });
        await connection.lens('POST', '/_lens/upload', {
          bucket: bucket.name,
          key,
          file: file.with({ scheme: 'file', authority: '' }).fsPath,
        });
      }
    },
  );
  void vscode.window.setStatusBarMessage(
    vscode.l10n.t('Uploaded to {0}: {1}', bucket.name, files.map(file => basename(file.path)).join(', ')),
    5_000,
  );
}
