import assert from 'node:assert/strict';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyzeFiles } from '../../../src/analyzer/analyzeFiles.ts';
import { nodeFileSystem } from '../../../src/analyzer/modules/fileSystem.ts';
import { SourceStore } from '../../../src/analyzer/modules/sourceStore.ts';
import { checkMarkers } from '../../unit/analyzer/checkPhases.ts';

const corpus = join(import.meta.dirname, '..', '..', 'fixtures', 'handlers');
const folders = readdirSync(corpus).sort();

/** Folders whose files look like handlers and are none; their markers say `none`. */
const withoutHandlers = /^not-/;

suite('the corpus of handlers', () => {
  test('has forty of them', () => {
    assert.ok(folders.filter(folder => !withoutHandlers.test(folder)).length >= 40);
  });

  for (const folder of folders) {
    test(`${folder} has the phases that its markers say`, () => {
      const paths = globSync('**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}', { cwd: join(corpus, folder) });
      const files = Object.fromEntries(
        paths.map(path => [join(corpus, folder, path), readFileSync(join(corpus, folder, path), 'utf8')]),
      );
      const analyses = analyzeFiles(new SourceStore(nodeFileSystem), {
        files: Object.keys(files),
        handlers: [],
      });
      checkMarkers(files, analyses);
      const handlers = analyses.flatMap(analysis => analysis.handlers);
      assert.equal(handlers.length > 0, !withoutHandlers.test(folder));
    });
  }
});
