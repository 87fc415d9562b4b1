import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../../../../src/scripts/host/until.ts';
import { activeExtension, fileUri } from '../../support/inHost.ts';

suite('Lambda Lens in a workspace with functions', () => {
  test('is activated by the template, without being asked', async () => {
    const extension = vscode.extensions.getExtension('lambda-lens.lambda-lens');
    await until('the activation', () => extension?.isActive);
  });

  test('registers every command that the manifest contributes', async () => {
    const { packageJSON } = await activeExtension();
    const registered = new Set(await vscode.commands.getCommands(true));
    const contributed: string[] = packageJSON.contributes.commands.map(
      ({ command }: { command: string }) => command,
    );
    assert.ok(contributed.length > 0);
    assert.deepEqual(
      contributed.filter(command => !registered.has(command)),
      [],
    );
  });

  test('says where a template does not parse, until it does', async () => {
    await vscode.commands.executeCommand('lambdaLens.functions.focus');
    const uri = fileUri('template.yaml');
    const good = await vscode.workspace.fs.readFile(uri);
    const broken = new TextDecoder().decode(good).replace('Resources:', 'Resources: [\n');
    try {
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(broken));
      const problem = await until('an error', () => vscode.languages.getDiagnostics(uri).find(isError));
      assert.ok(problem.message.length > 20, problem.message);
    } finally {
      await vscode.workspace.fs.writeFile(uri, good);
    }
    await until('no error', () => !vscode.languages.getDiagnostics(uri).some(isError));
  });

  test('opens the handler of a function, at its line', async () => {
    await vscode.commands.executeCommand('lambdaLens.openHandler', { functionName: 'orders-api' });
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.path, fileUri('src/orders.ts').path);
    assert.match(editor?.document.lineAt(editor.selection.active.line).text ?? '', /export const handler/);
  });
});

function isError({ source, severity }: vscode.Diagnostic): boolean {
  return source === 'Lambda Lens' && severity === vscode.DiagnosticSeverity.Error;
}
