import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../../../src/analyzer/rules/index.ts';
import { check, markersOf } from './check.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const pages = join(root, 'docs', 'rules');
const names = rules.map(({ name }) => name);

suite('the page of each rule', () => {
  test('there is one file, one page and one test for each, in the order of the alphabet', () => {
    assert.deepEqual(names, [...names].sort());
    assert.deepEqual(readdirSync(pages).sort(), names.map(name => `${name}.md`).sort());
    const files = readdirSync(join(root, 'src', 'analyzer', 'rules'));
    const tests = readdirSync(import.meta.dirname);
    for (const name of names)
      assert.ok(files.includes(`${name}.ts`) && tests.includes(`${name}.test.ts`), name);
  });

  for (const rule of rules) {
    const page = readFileSync(join(pages, `${rule.name}.md`), 'utf8');

    test(`${rule.name}: the page has its name, its severity, the reason and AWS's page`, () => {
      const head = `# ${rule.name}\n\nSeverity: ${rule.severity}. ${rule.title}.\n\n## Why\n`;
      assert.equal(page.slice(0, head.length), head);
      assert.match(section(page, 'Why'), /\]\(https:\/\/docs\.aws\.amazon\.com\/\S+\)/);
      assert.match(section(page, 'What it does not see'), /^- /m);
    });

    test(`${rule.name}: every example is reported, or is not, as the page says`, async () => {
      const reported = examples(section(page, 'Reported'));
      const silent = examples(section(page, 'Not reported'));
      assert.ok(reported.length > 0 && silent.length > 0);
      for (const example of reported) {
        assert.ok(markersOf(example).length > 0, example);
        await check(rule, example);
      }
      for (const example of silent) {
        assert.deepEqual(markersOf(example), [], example);
        await check(rule, example);
      }
    });
  }
});

function section(page: string, title: string): string {
  return page.split(/^## /m).find(part => part.startsWith(`${title}\n`)) ?? '';
}

function examples(text: string): readonly string[] {
  return [...text.matchAll(/^```(?:[jt]s|yaml)\n([\s\S]*?)^```$/gm)].map(([, code]) => code ?? '');
}
