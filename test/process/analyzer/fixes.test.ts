// Every fix on code that asks for it: the text afterwards, what TypeScript and the rules say of it, and what it does.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { rules } from '../../../src/analyzer/rules/index.ts';
import { applyFixes, findingsOf } from '../../support/fixes/applyFixes.ts';
import { type FixExample, readFixtures, readPage } from '../../support/fixes/examples.ts';
import { writeFixture } from '../../support/fixes/parseFixture.ts';
import { runHandler } from '../../support/fixes/runHandler.ts';
import { typeErrors } from '../../support/fixes/typeErrors.ts';

const isWriting = process.env.LAMBDA_LENS_WRITE_FIXES === '1';
const fixtures = readFixtures();
const ofPages = rules.flatMap(({ name: rule }) =>
  readPage(rule).reported.flatMap(({ before, extension }, index): FixExample[] => {
    const after = applyFixes(before, extension, rule);
    const name = `${rule}, example ${index + 1} of its page`;
    return after === before ? [] : [{ name, rule, extension, before, after, events: [], changed: undefined }];
  }),
);

suite('fixes', () => {
  for (const example of fixtures) {
    const { name, rule, extension, before, after, events, changed, fixture } = example;

    test(`${name}: makes of the code what is expected, whatever its lines end with`, () => {
      const fixed = applyFixes(before, extension, rule);
      if (isWriting && fixture) writeFileSync(fixture, writeFixture(readFileSync(fixture, 'utf8'), fixed));
      assert.equal(fixed, isWriting ? fixed : after);
      const windows = (text: string) => text.replaceAll('\n', '\r\n');
      assert.equal(applyFixes(windows(before), extension, rule), windows(fixed));
    });

    test(`${name}: the handler answers as before, or as is expected`, async () => {
      const answers = await runHandler(after ?? before, events);
      const expected = changed?.map(result => ({ result })) ?? (await runHandler(before, events));
      assert.deepEqual(answers, expected);
    });
  }

  for (const { name, rule, extension, before, after = '' } of [...fixtures, ...ofPages]) {
    test(`${name}: the rule finds nothing more to fix, and no other finds more`, () => {
      const count = (text: string) => {
        const counts = new Map<string, number>();
        for (const finding of findingsOf(text, extension)) {
          counts.set(finding.rule, (counts.get(finding.rule) ?? 0) + 1);
        }
        return counts;
      };
      const [were, are] = [count(before), count(after)];
      assert.ok((are.get(rule) ?? 0) < (were.get(rule) ?? 0), after);
      assert.equal(applyFixes(after, extension, rule), after);
      for (const [other, found] of are) assert.ok(found <= (were.get(other) ?? 0), `${other} in ${after}`);
    });
  }

  test('leave code that compiles as before', function () {
    this.timeout(60_000);
    const all = [...fixtures, ...ofPages];
    const texts = new Map(
      all.flatMap(({ extension, before, after = '' }, index) => [
        [`before${index}${extension}`, before],
        [`after${index}${extension}`, after],
      ]),
    );
    const errors = typeErrors(texts);
    all.forEach(({ name, extension }, index) => {
      const were = errors.get(`before${index}${extension}`) ?? [];
      const added = (errors.get(`after${index}${extension}`) ?? []).filter(error => !were.includes(error));
      assert.deepEqual(added, [], name);
    });
  });

  test('are shown on the pages of their rules', () => {
    for (const { name: rule } of rules) {
      const results = ofPages.filter(example => example.rule === rule).map(({ after }) => after);
      assert.deepEqual(readPage(rule).fixed, results, rule);
    }
  });

  test('are tried for every rule that has one', () => {
    const tried = new Set(fixtures.map(({ rule }) => rule));
    assert.deepEqual(
      [...new Set(ofPages.map(({ rule }) => rule))].filter(rule => !tried.has(rule)),
      [],
    );
  });
});
