import assert from 'node:assert/strict';
import { parse } from '../../../../src/analyzer/syntax.ts';
import { readExports } from '../../../../src/analyzer/templates/exports.ts';

interface Expected {
  /** What each name points at, in the text. */
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: readonly string[];
  readonly stars?: readonly string[];
  readonly isOpen?: boolean;
}

suite('the exports of a module', () => {
  const check = (title: string, text: string, expected: Expected, path = '/app/a.ts') =>
    test(title, () => {
      const { names, stars, isOpen } = readExports(parse(path, text));
      const shown = [...names].map(([name, { start, end }]) => [name, text.slice(start, end)]);
      assert.deepEqual(Object.fromEntries(shown), expected.names ?? {});
      const values = [...names].filter(([, { isCallable }]) => !isCallable).map(([name]) => name);
      assert.deepEqual(values, expected.values ?? []);
      assert.deepEqual(stars, expected.stars ?? []);
      assert.equal(isOpen, expected.isOpen ?? false);
    });

  check('are constants and functions', 'export const a = async () => 1;\nexport async function b() {}', {
    names: { a: 'a', b: 'b' },
  });
  check('are not types', 'export type A = string;\nexport interface B {}\nexport type { C } from "./c";', {});
  check('are not what is only declared', 'export declare const a: number;\nconst b = 1;', {});
  check(
    'point to the declaration of a name that is listed',
    'const inner = () => 1;\nexport { inner as handler };',
    {
      names: { handler: 'inner' },
    },
  );
  check('may be listed before they are declared', 'export { handler };\nfunction handler() {}', {
    names: { handler: 'handler' },
  });
  check('may come from other modules', "export { a as handler } from './a';\nexport * from './b';", {
    names: { handler: 'handler' },
    stars: ['./b'],
  });
  check('may be imported before', "import { run } from './run';\nexport { run as handler };", {
    names: { handler: 'handler' },
  });
  check('may be taken apart', 'export const { GET, POST: [post] } = make();', {
    names: { GET: 'GET', post: 'post' },
  });
  check(
    'that cannot be called are told from those that may be',
    "export const a = 'x', b = 1, c = { d() {} }, e = [1], f = -1, g = true, h = `x`, i = wrap(() => 1);\nexport class J {}\nexport enum K { x }",
    {
      names: { a: 'a', b: 'b', c: 'c', e: 'e', f: 'f', g: 'g', h: 'h', i: 'i', J: 'J', K: 'K' },
      values: ['a', 'b', 'c', 'e', 'f', 'g', 'h', 'J', 'K'],
    },
  );
  check('by default have that name', 'export default async function main() {}', {
    names: { default: 'main' },
  });
  check('by default may have no name', 'export default () => 1;', { names: { default: '() => 1' } });

  const script = '/app/a.js';
  check(
    'of CommonJS are properties',
    'exports.a = () => 1;\nmodule.exports.b = () => 1;',
    { names: { a: 'a', b: 'b' } },
    script,
  );
  check(
    'of CommonJS may be assigned in a chain',
    'exports.a = exports.b = () => 1;',
    { names: { a: 'a', b: 'b' } },
    script,
  );
  check(
    'of CommonJS may be an object',
    'const inner = () => 1;\nmodule.exports = { a: () => 1, b() {}, inner, c: inner };',
    { names: { a: 'a', b: 'b', inner: 'inner', c: 'inner' } },
    script,
  );
  check(
    'of an object that is spread are not all known',
    'module.exports = { a: () => 1, ...others };',
    { names: { a: 'a' }, isOpen: true },
    script,
  );
  check('of a call are not known', 'module.exports = wrap({ handler() {} });', { isOpen: true }, script);
  check('of a computed name are not known', 'exports[name] = () => 1;', { isOpen: true }, script);
  check(
    'that are assigned in a function are not known',
    'function add() { exports.a = 1; }',
    { isOpen: true },
    script,
  );
  check(
    'of a handed on `exports` are not known',
    '__exportStar(require("./a"), exports);',
    { isOpen: true },
    script,
  );
  check(
    'as `exports = module.exports` are those of the object',
    'exports = module.exports = { a() {} };',
    { names: { a: 'a' } },
    script,
  );
  check(
    "as TypeScript's compiler writes them",
    '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\nexports.handler = void 0;\nconst handler = async () => 1;\nexports.handler = handler;',
    { names: { handler: 'handler' } },
    script,
  );
  check(
    'as esbuild writes them for Node.js',
    'var a = {};\nmodule.exports = __toCommonJS(a);\n0 && (module.exports = { handler });\nvar handler = async () => 1;',
    { names: { handler: 'handler' }, isOpen: true },
    script,
  );
  check(
    'are found in broken code',
    'export const handler = async () => {\n  const x = ;\n};\nexport const other = 1',
    {
      names: { handler: 'handler', other: 'other' },
      values: ['other'],
    },
  );
});
