import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { InvokeResult } from '../../../../src/client/connection.ts';
import { until } from '../../../../src/scripts/host/until.ts';
import { activeExtension, fileUri } from '../../support/inHost.ts';

suite('a file that is dropped on a bucket', () => {
  suiteTeardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('lambdaLens.stopEngine');
  });

  test('runs the function that its template names, as an upload does', async () => {
    const { extensionUri } = await activeExtension();
    const data = new vscode.DataTransfer();
    const picture = vscode.Uri.joinPath(extensionUri, 'media', 'icon.png');
    data.set('text/uri-list', new vscode.DataTransferItem(picture.toString()));
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const name = 'print-shop-uploads-dev';
    const definedAt = {
      file: fileUri('template.yaml').fsPath,
      startLine: 1,
      startColumn: 1,
      endLine: 1,
      endColumn: 1,
    };
    const bucket = { kind: 'bucket', folder, name, arn: `arn:aws:s3:::${name}`, definedAt };
    await vscode.commands.executeCommand('lambdaLens.uploadFile', bucket, data);
    // What the function was run with is its last event.
    const result = await until('the event of the upload', async () => {
      const again = await vscode.commands.executeCommand<InvokeResult | undefined>('lambdaLens.invoke', {
        functionName: 'thumbnail',
        event: 'last',
      });
      return again?.payload.includes('icon.png') && again;
    });
    assert.equal(result.functionError, undefined);
    assert.equal(JSON.parse(result.payload).thumbnails[0].key, 'icon.png');
  });
});
