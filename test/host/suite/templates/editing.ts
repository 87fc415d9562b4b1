// What the suites of this scenario do to the templates.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** The first place of a text in a document. */
export function placeOf(document: vscode.TextDocument, text: string): vscode.Range {
  const offset = document.getText().indexOf(text);
  assert.ok(offset >= 0, `${text} is not in ${document.uri.path}`);
  return new vscode.Range(document.positionAt(offset), document.positionAt(offset + text.length));
}

export async function editAt(
  document: vscode.TextDocument,
  place: vscode.Range | vscode.Position,
  text: string,
): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const range = place instanceof vscode.Range ? place : new vscode.Range(place, place);
  edit.replace(document.uri, range, text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/** Every document as the disk has it. */
export async function revert(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter(each => each.isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
}
