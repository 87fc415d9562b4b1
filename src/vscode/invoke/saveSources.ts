import * as vscode from 'vscode';

/** What runs is what is on disk; so what the user sees in the editor is saved first. */
export async function saveDirtySources(): Promise<void> {
  const dirty = vscode.workspace.textDocuments.filter(
    document =>
      document.isDirty && document.uri.scheme === 'file' && vscode.workspace.getWorkspaceFolder(document.uri),
  );
  await Promise.all(dirty.map(document => document.save()));
}
