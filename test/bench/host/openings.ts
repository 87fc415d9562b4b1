// In the extension host: from the moment at which VS Code has opened a handler to the hints of Lambda Lens's
// provider, first when its thread has not been started and then when it has; each behind what VS Code itself took to
// open the document. The documents pass for plain text, so that nothing else looks at them.
import { readdirSync } from 'node:fs';
import * as vscode from 'vscode';
import { until } from '../../../src/scripts/host/until.ts';
import { fileUri } from '../../host/support/inHost.ts';
import { createOwnHints } from '../../host/support/ownHints.ts';
import { record } from './record.ts';

const files = ['src/orders.ts', 'src/clicks.ts', 'src/stock.ts', 'src/fulfilment.ts', 'src/thumbnail.ts'];

test('openings', async () => {
  const compileCache = process.env.LAMBDA_LENS_BENCH_COMPILED;
  const own = await createOwnHints({ selector: 'never', compileCache });
  const figures: number[] = [];
  for (const file of files) {
    const start = performance.now();
    const opened = await vscode.workspace.openTextDocument(fileUri(file));
    const document = await vscode.languages.setTextDocumentLanguage(opened, 'plaintext');
    const isOpen = performance.now();
    const answer = await own.ask(document);
    figures.push(isOpen - start, performance.now() - isOpen);
    if (!answer || answer.hints.length === 0) throw new Error(`There were no hints in ${file}.`);
  }
  if (compileCache) await until('compiled code for the next start', () => isKept(compileCache));
  own.dispose();
  record(...figures);
});

/** The folder of the version of Node.js comes first, and what it holds when the worker has written it. */
function isKept(compileCache: string): boolean {
  return readdirSync(compileCache, { recursive: true }).length > 1;
}
