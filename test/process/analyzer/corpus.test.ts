import assert from 'node:assert/strict';
import { checkMarkers } from '../../unit/analyzer/checkPhases.ts';
import { corpusFolders, readCorpusEntry, withoutHandlers } from './corpus.ts';

suite('the corpus of handlers', () => {
  test('has a hundred of them', () => {
    assert.ok(corpusFolders.filter(folder => !withoutHandlers.test(folder)).length >= 100);
  });

  for (const folder of corpusFolders) {
    test(`${folder} has the phases that its markers say`, async () => {
      const { files, analyses } = await readCorpusEntry(folder);
      checkMarkers(files, analyses);
      const handlers = analyses.flatMap(analysis => analysis.handlers);
      assert.equal(handlers.length > 0, !withoutHandlers.test(folder));
    });
  }
});
