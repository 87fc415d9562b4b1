import assert from 'node:assert/strict';
import fc from 'fast-check';
import { analyzeFiles } from '../../../src/analyzer/analyzeFiles.ts';
import { SourceStore } from '../../../src/analyzer/modules/sourceStore.ts';
import { hasSyntaxErrors, parse } from '../../../src/analyzer/syntax.ts';
import { corpusTexts, mutate, mutation } from './mutate.ts';

const path = '/app/handler.ts';
const tail = '\nexport const handler = async (event: { id: string }) => event.id;\n';

/** Everything that a file does, in a function that nobody calls; its imports stay, since they are loaded. */
function inDeadFunction(text: string): string {
  const lines = text.replaceAll(/^import\b[\s\S]*?;$/gm, '').split('\n');
  const code = lines
    .map(line => line.replace(/^export (default )?/, '').replaceAll(/\b(module\.)?exports\b/g, 'exported'))
    .join('\n');
  return `async function neverCalled() {\nconst exported = {};\n${code}\n}\n${tail}`;
}

function findingsOf(text: string) {
  const store = new SourceStore({
    stamp: file => (file === path ? 'once' : undefined),
    read: file => (file === path ? text : undefined),
    realPath: () => undefined,
  });
  const handlers = [{ file: path, exportPath: 'handler' }];
  return analyzeFiles(store, { files: [path], handlers }).flatMap(({ findings }) => findings);
}

suite('code that no handler reaches', () => {
  test('has no findings, whatever it is', () => {
    let readable = 0;
    const files = fc.record({
      file: fc.constantFrom(...corpusTexts),
      mutations: fc.array(mutation, { maxLength: 2 }),
    });
    fc.assert(
      fc.property(files, ({ file, mutations }) => {
        const text = inDeadFunction(mutate(file.text, mutations));
        if (!hasSyntaxErrors(parse(path, text))) readable += 1;
        assert.deepEqual(findingsOf(text), []);
      }),
      { numRuns: 500 },
    );
    assert.ok(readable > 100, `only ${readable} of the files could be read`);
  });

  test('has them as soon as the handler calls it', () => {
    const found = corpusTexts.filter(({ text }) => {
      const called = inDeadFunction(text).replace('=> event.id', '=> [event.id, await neverCalled()]');
      return findingsOf(called).length > 0;
    });
    assert.ok(found.length > 20, `only ${found.length} files have any`);
  });
});
