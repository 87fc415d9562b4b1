// The code on which fixes are tried: files of test/fixtures/fixes, and what the pages of the rules report.
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..');
export const fixtures = join(root, 'test', 'fixtures', 'fixes');
const separator = '// ---- fixed ----\n';

export interface FixExample {
  /** For the name of a test. */
  readonly name: string;
  readonly rule: string;
  /** `.ts` or `.js`. */
  readonly extension: string;
  readonly before: string;
  /** Undefined for a page whose example has no fix, and in a fixture that is to be written. */
  readonly after: string | undefined;
  readonly events: readonly unknown[];
  /** What the fixed handler answers, where that is to be something else. */
  readonly changed: readonly unknown[] | undefined;
  /** Absolute path of the fixture. */
  readonly fixture?: string;
}

export function readFixtures(): readonly FixExample[] {
  return globSync('*/*.{ts,js}', { cwd: fixtures })
    .sort()
    .map(path => {
      const fixture = join(fixtures, path);
      const [head = '', after] = readFileSync(fixture, 'utf8').split(separator);
      const [before, comments] = withoutComments(head);
      const rule = basename(dirname(path));
      return {
        name: `${rule}, ${basename(path)}`,
        rule,
        extension: extname(path),
        before,
        after,
        events: comments.events ?? [{}],
        changed: comments.changed,
        fixture,
      };
    });
}

/** The text of a fixture with what the fix is to make of it. */
export function fixtureWith({ fixture = '' }: FixExample, after: string): string {
  const [head = ''] = readFileSync(fixture, 'utf8').split(separator);
  return head + separator + after;
}

/** `// events: [...]` and `// changed: [...]` are for the tests. */
function withoutComments(text: string): [string, Partial<Record<'events' | 'changed', unknown[]>>] {
  const comments: Partial<Record<'events' | 'changed', unknown[]>> = {};
  const rest = text.replaceAll(/^\/\/ (events|changed): (.*)\n/gm, (_, name: 'events' | 'changed', json) => {
    comments[name] = JSON.parse(json);
    return '';
  });
  return [rest, comments];
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
