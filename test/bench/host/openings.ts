// In the extension host: from opening a handler to the hints of Lambda Lens's provider, first when its thread has
// not been started and then when it has. The documents pass for plain text, so that nothing else looks at them.
import * as vscode from 'vscode';
import { fileUri } from '../../host/support/inHost.ts';
import { createOwnHints } from '../../host/support/ownHints.ts';
import { record } from './record.ts';

const files = ['src/orders.ts', 'src/clicks.ts', 'src/stock.ts', 'src/fulfilment.ts', 'src/thumbnail.ts'];

test('openings', async () => {
  const own = await createOwnHints({ selector: 'never' });
  const figures: number[] = [];
  for (const file of files) {
    const start = performance.now();
    const opened = await vscode.workspace.openTextDocument(fileUri(file));
    const document = await vscode.languages.setTextDocumentLanguage(opened, 'plaintext');
    const answer = await own.ask(document);
    figures.push(performance.now() - start);
    if (!answer || answer.hints.length === 0) throw new Error(`There were no hints in ${file}.`);
  }
  own.dispose();
  record(...figures);
});
