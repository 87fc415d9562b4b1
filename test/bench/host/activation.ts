// In the extension host: how long VS Code waits for Lambda Lens, loading it included.
import * as vscode from 'vscode';
import { record } from './record.ts';

test('activation', async () => {
  const extension = vscode.extensions.getExtension('lambda-lens.lambda-lens');
  if (!extension || extension.isActive) throw new Error('Lambda Lens has to be there, and not active yet.');
  const start = performance.now();
  await extension.activate();
  record(performance.now() - start);
});
