// For tests inside the extension host.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { InvokeResult } from '../../../src/client/connection.ts';

/** A file of the folder that the scenario prepared. */
export function fileUri(path: string): vscode.Uri {
  return vscode.Uri.joinPath(workspaceFolder().uri, path);
}

export async function openFile(path: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(fileUri(path)));
}

/** Lambda Lens as VS Code has loaded it, active. */
export async function activeExtension(): Promise<vscode.Extension<unknown>> {
  const extension = vscode.extensions.getExtension('lambda-lens.lambda-lens');
  assert.ok(extension, 'Lambda Lens is not installed');
  await extension.activate();
  return extension;
}

/** Every hint as the line that it is on, an arrow, and its text; from top to bottom. */
export async function hintsOf(document: vscode.TextDocument): Promise<readonly string[]> {
  const everything = new vscode.Range(0, 0, document.lineCount, 0);
  const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
    'vscode.executeInlayHintProvider',
    document.uri,
    everything,
  );
  return hints
    .toSorted((a, b) => a.position.compareTo(b.position))
    .map(({ label, position }) => `${document.lineAt(position.line).text} → ${labelText(label)}`);
}

/** Invokes through the command that the palette runs. Undefined where an error was shown instead. */
export async function invoke(functionName: string, event: unknown): Promise<InvokeResult | undefined> {
  return vscode.commands.executeCommand<InvokeResult | undefined>('lambdaLens.invoke', {
    functionName,
    event: JSON.stringify(event),
  });
}

/** An event that the samples bring along. */
export async function sampleEvent(functionName: string, name: string): Promise<unknown> {
  const { fsPath } = fileUri(`.lambda-lens/events/${functionName}/${name}.json`);
  return JSON.parse(await readFile(fsPath, 'utf8'));
}

function labelText(label: vscode.InlayHint['label']): string {
  return (typeof label === 'string' ? label : label.map(part => part.value).join('')).trim();
}

/** The folder that the scenario prepared. */
function workspaceFolder(): vscode.WorkspaceFolder {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no folder is open');
  return folder;
}
