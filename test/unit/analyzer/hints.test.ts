import assert from 'node:assert/strict';
import { OpenedFile } from './support/openFile.ts';

const shop = new OpenedFile(`import type { Handler } from 'aws-lambda';
import { S3Client } from '@aws-sdk/client-s3';
const s3 = new S3Client({});
let pool;
const helper = () => 1;
export const handler: Handler = async event => {
  helper();
  pool ??= connect();
  const client = new S3Client({});
  return event.Records.map(record => {
    return s3.send(client, record);
  });
};
function connect() {
  return {};
}
`);

suite('hints', () => {
  test('at the edges: a word where a reader comes to another phase, and each client', () => {
    assert.deepEqual(shop.hints('edges'), [
      '2 once per environment',
      '3 client reused',
      '5 every invocation',
      '8 once, on first use',
      '9 new client every invocation',
      '14 once, on first use',
    ]);
  });

  test('in full: everything that runs', () => {
    assert.deepEqual(
      shop.hints('full').filter(hint => !shop.hints('edges').includes(hint)),
      ['6 every invocation', '10 every invocation'],
    );
  });

  test('off: none', () => {
    assert.deepEqual(shop.hints('off'), []);
  });

  const check = (title: string, text: string, expected: readonly string[]) =>
    test(title, () => assert.deepEqual(new OpenedFile(text, 'handler').hints('edges'), expected));

  check(
    'functions that follow each other need one word, whatever types and literals stand between them',
    `export const handler = () => first();
interface Between { readonly a: string }
const limit = 3;
const fromEnvironment = Number(process.env.LIMIT ?? 3);
function first() { return second(); }
let unset: string | undefined;
const second = () => limit;`,
    ['1 every invocation'],
  );

  check(
    'the methods of an object share one word, guarded statements do not',
    `import middy from '@middy/core';
let first; let second;
export const handler = middy(async () => {
  first ??= {};
  second ??= {};
}).use(watch());
function watch() {
  return {
    before: () => {},
    after: () => {},
    onError: () => {
      return 1;
    },

    last() {},
  };
}`,
    [
      '1 once per environment',
      '3 every invocation',
      '4 once, on first use',
      '5 once, on first use',
      '7 once per environment',
      '9 every invocation',
    ],
  );

  check(
    'a statement that works between functions is an edge, and so is the function after it',
    `export const handler = () => first();
function first() { return second(); }
const table = compute();
const second = () => table;
function compute() { return 1; }`,
    ['1 every invocation', '3 once per environment', '4 every invocation', '5 once per environment'],
  );

  check(
    'a function that nothing reaches gets none',
    `export const handler = () => 1;
function unused() { return connect(); }
function connect() {}`,
    ['1 every invocation'],
  );

  check(
    'the statement that makes the handler is no edge of its own',
    `import middy from '@middy/core';
const work = async () => 1;
export const handler = middy(work);`,
    ['1 once per environment', '2 every invocation'],
  );

  check(
    'a handler whose parameters begin on another line has its word beside its name',
    `export const handler = async (
  event: unknown,
) => {
  return event;
};`,
    ['1 every invocation'],
  );

  check(
    'guarded code has its word beside the test, or after an early return',
    `let client; let other;
export const handler = async () => {
  if (!client) {
    client = make();
  }
  return get();
};
function get() {
  if (other) return other;
  other = make();
  return other;
}
function make() { return {}; }`,
    ['2 every invocation', '3 once, on first use', '10 once, on first use', '13 once, on first use'],
  );

  check(
    'code of both phases is told from either',
    `const start = load();
export const handler = () => load();
function load() { return 1; }`,
    ['1 once per environment', '2 every invocation', '3 init and every invocation'],
  );

  test('a file that no handler reaches has none, nor marks, nor bands', () => {
    const { hints, marks, bands, summaries } = new OpenedFile('export const handler = () => 1;').analyze(
      'full',
    );
    assert.deepEqual([hints, marks, bands, summaries], [[], [], [], []]);
  });

  test('stand where the code begins that they are about', () => {
    const lines = shop.text.split('\n');
    const starts = shop
      .analyze()
      .hints.map(({ line, column }) => lines[line - 1]?.slice(column - 1).split(/\W/)[0]);
    assert.deepEqual(starts, ['import', 'new', 'helper', 'pool', 'new', 'connect']);
  });
});

suite('marks and bands', () => {
  test('a mark stands at every function that does not run with its module, and at every edge', () => {
    assert.deepEqual(
      shop.analyze().marks.map(({ line, phase }) => `${line} ${phase}`),
      ['2 init', '5 invoke', '6 invoke', '8 lazy', '14 lazy'],
    );
  });

  const checkBands = (title: string, text: string, expected: readonly string[]) =>
    test(title, () => {
      const { bands } = new OpenedFile(text, 'handler').analyze();
      assert.deepEqual(
        bands.map(({ startLine, endLine, phase }) => `${startLine}-${endLine} ${phase}`),
        expected,
      );
    });

  checkBands('bands follow each other in the order of the lines', shop.text, [
    '2-3 init',
    '5-7 invoke',
    '8-8 lazy',
    '9-13 invoke',
    '14-16 lazy',
  ]);

  checkBands(
    'bands take in the types and comments between lines of one phase',
    `type First = string;
const one = 1;

// More of them.
interface Second {}
let later: number;
const two = 2;

type Third = string;
export const handler = () => one + two;`,
    ['2-7 init', '10-10 invoke'],
  );

  checkBands(
    'bands leave out what nothing reaches',
    `export const handler = () => 1;
function unused() {
  return 2;
}
function unusedToo() {}
const last = handler();`,
    ['1-1 both', '6-6 init'],
  );
});

suite('what is said of a text with syntax errors', () => {
  test('is marked as a guess', () => {
    assert.equal(shop.analyze().isComplete, true);
    assert.equal(new OpenedFile(shop.text.replace('=> {', '=> {{')).analyze().isComplete, false);
  });
});
