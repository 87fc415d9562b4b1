// The code on which fixes are tried: files of test/fixtures/fixes, and what the pages of the rules report.
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { type Fixture, parseFixture } from './parseFixture.ts';

const root = join(import.meta.dirname, '..', '..', '..');
export const fixtures = join(root, 'test', 'fixtures', 'fixes');

export interface FixExample extends Fixture {
  /** For the name of a test. */
  readonly name: string;
  readonly rule: string;
  /** `.ts` or `.js`. */
  readonly extension: string;
  /** Absolute path. */
  readonly fixture?: string;
}

export function readFixtures(): readonly FixExample[] {
  return globSync('*/*.{ts,js}', { cwd: fixtures })
    .sort()
    .map(path => {
      const fixture = join(fixtures, path);
      const rule = basename(dirname(path));
      const name = `${rule}, ${basename(path)}`;
      return {
        name,
        rule,
        extension: extname(path),
        fixture,
        ...parseFixture(readFileSync(fixture, 'utf8')),
      };
    });
}

/** What a page reports, without the markers, and in "The fix" what becomes of those that have one, in that order. */
export function readPage(rule: string): {
  readonly reported: readonly Pick<FixExample, 'before' | 'extension'>[];
  readonly fixed: readonly string[];
} {
  const page = readFileSync(join(root, 'docs', 'rules', `${rule}.md`), 'utf8');
  const section = (title: string) => page.split(/^## /m).find(part => part.startsWith(`${title}\n`)) ?? '';
  const blocks = (text: string) =>
    [...text.matchAll(/^```([jt]s)\n([\s\S]*?)^```$/gm)].map(([, language, code = '']) => ({
      extension: `.${language}`,
      before: code.replaceAll(/^\s*\/\/\s*\^+ .*\n/gm, ''),
    }));
  return {
    reported: blocks(section('Reported')),
    fixed: blocks(section('The fix')).map(({ before }) => before),
  };
}
