import assert from 'node:assert/strict';
import { relative } from 'node:path';
import { rules } from '../../../src/analyzer/rules/index.ts';
import { corpusFolders, type Label, labelsOf, readCorpusEntry } from './corpus.ts';

interface Score {
  labelled: number;
  found: number;
  right: number;
}

suite('the rules on the corpus of handlers', () => {
  const scores = new Map(
    rules.map(({ name }): [string, Score] => [name, { labelled: 0, found: 0, right: 0 }]),
  );
  const wrong: string[] = [];

  suiteSetup(async () => {
    for (const folder of corpusFolders) {
      const entry = await readCorpusEntry(folder);
      const labels = new Map(labelsOf(entry).map(label => [key(label), label]));
      for (const { rule } of labels.values()) add(rule, 'labelled');
      for (const [path, findings] of entry.findings) {
        for (const { rule, startLine: line, startColumn: column, message } of findings) {
          add(rule, 'found');
          const label: Label = { path, line, column, rule };
          if (labels.delete(key(label))) add(rule, 'right');
          else wrong.push(`${shown(label)} is found and not labelled: ${message}`);
        }
      }
      for (const label of labels.values()) {
        wrong.push(`${shown(label)} is not found`);
      }
    }
  });

  suiteTeardown(() => {
    const rows = [...scores].map(([rule, { labelled, found, right }]) => [
      rule.padEnd(30),
      String(labelled).padStart(8),
      String(found).padStart(8),
      percent(right, found),
      percent(right, labelled),
    ]);
    const head = ['rule'.padEnd(30), 'labelled', '   found', 'precision', '   recall'];
    process.stdout.write(`${[head, ...rows].map(row => row.join('  ')).join('\n')}\n`);
  });

  test('find what is labelled and nothing else', () => {
    assert.equal(wrong.join('\n'), '');
  });

  function add(rule: string, what: keyof Score): void {
    const score = scores.get(rule);
    if (score) score[what] += 1;
  }
});

function key({ path, line, column, rule }: Label): string {
  return `${path}:${line}:${column} ${rule}`;
}

function shown(label: Label): string {
  return relative(process.cwd(), key(label));
}

function percent(part: number, whole: number): string {
  return (whole === 0 ? '-' : `${Math.round((part / whole) * 1000) / 10} %`).padStart(9);
}
