// Handlers of the corpus, and what can be done to a text so that it means something else or nothing any more.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

const corpus = join(import.meta.dirname, '..', '..', 'fixtures', 'handlers');

export const corpusTexts: readonly { readonly path: string; readonly text: string }[] = globSync(
  '*/*.{ts,tsx,mts,cts,js,mjs}',
  { cwd: corpus },
)
  .sort()
  .map(path => ({ path: join(corpus, path), text: readFileSync(join(corpus, path), 'utf8') }));

/** Pieces of code that change what the code around them means. */
const pieces = [
  '{',
  '}',
  '(',
  ')',
  '`',
  '"',
  '/*',
  '=>',
  ' ??= ',
  'await ',
  'async ',
  'export ',
  'class X extends X {',
  'import ',
  'new ',
  '...',
  '@',
  'static {',
  '<',
  'function* ',
  ';\n',
  'if (x) return x;\n',
  'x = x ?? x(x)',
  '(f => f(f))(f => f(f))',
];

export const mutation = fc.oneof(
  fc.record({
    kind: fc.constant('delete' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(80),
  }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    piece: fc.constantFrom(...pieces),
  }),
  fc.record({
    kind: fc.constant('swap' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(60),
  }),
);
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

export function mutate(text: string, mutations: readonly Mutation[]): string {
  let now = text;
  for (const each of mutations) {
    const at = Math.floor(each.at * now.length);
    if (each.kind === 'insert') now = now.slice(0, at) + each.piece + now.slice(at);
    else if (each.kind === 'delete') now = now.slice(0, at) + now.slice(at + each.length);
    else now = now.slice(0, at) + now.slice(at + each.length) + now.slice(at, at + each.length);
  }
  return now;
}
