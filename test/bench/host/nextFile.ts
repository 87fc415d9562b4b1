// In the extension host: from opening a handler to its hints, when others have been open before.
import * as vscode from 'vscode';
import { fileUri, hintsOf } from '../../host/support/inHost.ts';
import { record } from './record.ts';

const others = ['src/clicks.ts', 'src/stock.ts', 'src/fulfilment.ts'];
const measured = ['src/orders.ts', 'src/thumbnail.ts', 'legacy/report.js'];

test('next file', async () => {
  const isOff = vscode.workspace.getConfiguration('lambdaLens').get('hints.mode') === 'off';
  const open = async (path: string): Promise<number> => {
    const start = performance.now();
    const document = await vscode.workspace.openTextDocument(fileUri(path));
    await vscode.window.showTextDocument(document);
    let hints = await hintsOf(document);
    while (hints.length === 0 && !isOff) hints = await hintsOf(document);
    return performance.now() - start;
  };
  for (const path of others) await open(path);
  const figures: number[] = [];
  for (const path of measured) figures.push(await open(path));
  record(...figures);
});
