import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { rules } from '../../../src/analyzer/rules/index.ts';
import type { CheckedFile } from '../../../src/cli/checkReport.ts';
import { formatSarif } from '../../../src/cli/checkSarif.ts';
import { corpusFolders, readCorpusEntry } from './corpus.ts';

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures', 'sarif');

/** The schema is of an older draft, of which it uses nothing that newer ones read differently but its own name. */
function compileSchema() {
  const text = readFileSync(join(fixtures, 'sarif-schema-2.1.0.json'), 'utf8');
  const { $schema: _, id: __, ...schema } = JSON.parse(text);
  const ajv = new Ajv({
    strict: false,
    unicodeRegExp: false,
    allErrors: true,
    formats: {
      uri: text => URL.canParse(text),
      'uri-reference': text => URL.canParse(text, 'file:///folder/'),
      'date-time': text => !Number.isNaN(Date.parse(text)),
    },
  });
  return ajv.compile(schema);
}

suite('the SARIF of lambda-lens check', () => {
  const validate = compileSchema();

  test('is valid by the published schema, with findings of every rule', async () => {
    const files: CheckedFile[] = [];
    for (const folder of corpusFolders) {
      const { findings } = await readCorpusEntry(folder);
      for (const [path, found] of findings) {
        const shown = files.length % 2 === 0 ? path : `a folder/ü/${files.length}.ts`;
        files.push({ path, shown, handlers: [], regions: [], notes: [], findings: found });
      }
    }
    const log = JSON.parse(formatSarif(files));
    assert.deepEqual(validate(log) ? [] : validate.errors, []);
    const [run] = log.runs;
    const told = new Set(run.results.map(({ ruleId }: { ruleId: string }) => ruleId));
    assert.deepEqual(
      [...told].sort(),
      rules.map(({ name }) => name),
    );
    for (const { ruleId, ruleIndex } of run.results)
      assert.equal(run.tool.driver.rules[ruleIndex].id, ruleId);
  });

  test('is valid without any finding', () => {
    const log = JSON.parse(formatSarif([]));
    assert.deepEqual(validate(log) ? [] : validate.errors, []);
  });

  test('would not pass with a level that SARIF does not have', () => {
    const log = JSON.parse(formatSarif([]));
    log.runs[0].results.push({ message: { text: 'x' }, level: 'hint' });
    assert.equal(validate(log), false);
  });
});
