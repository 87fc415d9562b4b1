// For tests inside the extension host that are about what the rules find.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../../../src/scripts/host/until.ts';
import { fileUri } from './inHost.ts';

/** The diagnostics of rules, from top to bottom. */
export function findingsOf(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source, code }) => source === 'Lambda Lens' && typeof code === 'object')
    .toSorted((a, b) => a.range.start.compareTo(b.range.start));
}

export function ruleOf({ code }: vscode.Diagnostic): string {
  return typeof code === 'object' ? String(code.value) : '';
}

/** Waits for the findings to be of these rules, from top to bottom. */
export async function untilFindings(
  { uri }: vscode.TextDocument,
  rules: readonly string[],
): Promise<readonly vscode.Diagnostic[]> {
  return until(`findings of ${rules.join(', ') || 'no rule'}`, () => {
    const found = findingsOf(uri);
    return found.map(ruleOf).join() === rules.join() && found;
  });
}

/** The titles of what is offered at a finding, and a way to apply one as the menu does. */
export async function actionsAt(
  { uri }: vscode.TextDocument,
  range: vscode.Range,
  kind = vscode.CodeActionKind.QuickFix,
): Promise<readonly vscode.CodeAction[]> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    kind.value,
    // So many are asked for their edits.
    20,
  );
  return actions.filter(({ kind: of }) => of !== undefined && kind.contains(of));
}

export async function apply(actions: readonly vscode.CodeAction[], title: string): Promise<void> {
  const action = actions.find(each => each.title === title);
  assert.ok(action?.edit, `${title} is not among ${actions.map(each => each.title).join(', ')}`);
  assert.ok(await vscode.workspace.applyEdit(action.edit));
}

/** A file of the workspace for one test, shown in an editor. */
export async function showNewFile(path: string, text: string): Promise<vscode.TextEditor> {
  await vscode.workspace.fs.writeFile(fileUri(path), new TextEncoder().encode(text));
  return vscode.window.showTextDocument(fileUri(path));
}

export async function removeFile(path: string): Promise<void> {
  const document = vscode.workspace.textDocuments.find(({ uri }) => uri.fsPath === fileUri(path).fsPath);
  if (document) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.workspace.fs.delete(fileUri(path));
}
