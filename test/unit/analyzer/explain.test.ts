import assert from 'node:assert/strict';
import type { Explanation, Way } from '../../../src/analyzer/protocol.ts';
import { OpenedFile } from './support/openFile.ts';

const shop = new OpenedFile(`import type { Handler } from 'aws-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { price } from './prices';
const s3 = new S3Client({});
let pool;
export const handler: Handler = async event => {
  const order = parse(event);
  if (order) await s3.send(place(order));
  pool ??= connect();
  return price(order) + 1;
};
const parse = (event: { body: string }) => check(JSON.parse(event.body));
function check(order: unknown) {
  return order;
}
function place(order: unknown) {
  const client = new S3Client({});
  return [order].map(each => check(each));
}
function connect() {
  return {};
}
function unused() {
  return check(1);
}
// @file prices.ts
const rates = load();
export function price(order: unknown) {
  return rates;
}
function load() {
  return 1;
}
`);

/** For example `invoke: handler 7:17 > parse 12:7`. */
function show({ phase, ways, guard, note }: Explanation): string {
  const way = ({ side, steps }: Way) =>
    `${side}: ${steps.map(({ name, line, column }) => `${name} ${line}:${column}`).join(' > ')}`;
  return [
    phase ?? 'unreached',
    ...(note ? [`${note.kind} ${note.label}`] : []),
    ...(guard ? [`until ${guard.name} ${guard.line}:${guard.column}`] : []),
    ...ways.map(way),
  ].join('; ');
}

suite('what a word is explained by', () => {
  const check = (place: string, expected: string | undefined) =>
    test(place, () => {
      const explanation = shop.explain(place);
      assert.equal(explanation && show(explanation), expected);
    });

  check('|handler: Handler', 'invoke; invoke: handler 6:14');
  check('|import { price }', 'init; init: handler.ts 1:1');
  check('= |parse(event)', 'invoke; invoke: handler 6:14');
  check('s3.|send(place', 'invoke; invoke: handler 6:14');
  check('|check(order: unknown)', 'invoke; invoke: handler 7:17 > parse 12:44 > check 13:10');
  check('|parse = (event', 'invoke; invoke: handler 7:17 > parse 12:7');
  check('const s3 = new |S3Client', 'init; client S3Client; init: handler.ts 1:1');
  check('|s3 = new', 'init; init: handler.ts 1:1');
  check('client = new |S3Client', 'invoke; client S3Client; invoke: handler 8:28 > place 16:10');
  check('|connect();', 'lazy; until pool 9:3; invoke: handler 6:14');
  check('function |connect()', 'lazy; lazy: handler 9:12 > connect 20:10');
  check('|unused()', 'unreached');
  check('JSON.|parse(event', 'invoke; invoke: handler 7:17 > parse 12:7');
  check('|return [order]', 'invoke; invoke: handler 8:28 > place 16:10');
  check('re|turn [order]', 'invoke; invoke: handler 8:28 > place 16:10');
  check('|check(each)', 'invoke; invoke: handler 8:28 > place 18:10 > callback of map 18:22');

  check('|order) + 1', undefined);
  check('[|order].map', undefined);
  check('body: |string', undefined);
  check("'|./prices'", undefined);
  check('+ |1', undefined);
});

suite('explanations', () => {
  test('are about the word', () => {
    const explanation = shop.explain('s3.se|nd(place');
    assert.ok(explanation);
    const { startLine, startColumn, endLine, endColumn } = explanation;
    assert.deepEqual([startLine, startColumn, endLine, endColumn], [8, 23, 8, 27]);
  });

  test('of any code, where that is asked for', () => {
    const explanation = shop.explain('+ |1', 'code');
    assert.equal(explanation && show(explanation), 'invoke; invoke: handler 6:14');
  });

  test('of what a hint stands beside', () => {
    const { hints } = shop.analyze();
    const marks = [
      'import { S3',
      'new S3Client({});\nlet',
      'handler: Handler',
      'pool ??=',
      'new S3Client({});\n  return',
    ];
    const phases = marks.map(mark => shop.explain(`|${mark}`, 'code')?.phase);
    assert.deepEqual(
      phases,
      hints.slice(0, 5).map(({ phase }) => phase),
    );
  });

  test('lead through other files', () => {
    const prices = new OpenedFile(
      `// @file prices.ts
const rates = load();
export function price() {
  return rates;
}
function load() {
  return 1;
}
// @file handler.ts
import { price } from './prices';
export const handler = async () => price();
`,
      'handler',
      '/app/handler.ts',
    );
    const [price, load] = ['function |price', '= |load()'].map(place => prices.explain(place));
    assert.equal(price && show(price), 'invoke; invoke: handler 2:36 > price 2:17');
    assert.equal(load && show(load), 'init; init: handler.ts 1:1 > prices.ts 1:1');
  });

  test('of what runs in both phases name a way from each', () => {
    const both = new OpenedFile(
      `const first = load();
export const handler = async () => load();
function load() {
  return 1;
}`,
      'handler',
    ).explain('function |load');
    assert.equal(
      both && show(both),
      'both; init: handler.ts 1:15 > load 3:10; invoke: handler 2:36 > load 3:10',
    );
  });
});
