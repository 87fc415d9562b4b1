import * as vscode from 'vscode';
import type { Versions } from '../versions/bundle.ts';

/**
 * Makes the files of published versions readable for editors, under a scheme of their own. Registered at activation,
 * because diffs stay open from one window to the next.
 */
export function registerVersionFiles(versions: () => Pick<Versions, 'bytesOf'>): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const refuse = (uri: vscode.Uri): never => {
    throw vscode.FileSystemError.NoPermissions(uri);
  };
  const provider: vscode.FileSystemProvider = {
    onDidChangeFile: changed.event,
    watch: () => ({ dispose() {} }),
    stat: async uri => ({
      type: vscode.FileType.File,
      ctime: 0,
      mtime: 0,
      size: (await versions().bytesOf(uri)).length,
      permissions: vscode.FilePermission.Readonly,
    }),
    readFile: uri => versions().bytesOf(uri),
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
  const options = { isReadonly: true, isCaseSensitive: true };
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerFileSystemProvider('lambda-lens-version', provider, options),
  );
}
