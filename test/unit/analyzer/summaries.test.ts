import assert from 'node:assert/strict';
import { OpenedFile } from './support/openFile.ts';

function check(title: string, text: string, expected: readonly string[]): void {
  test(title, () => {
    const summaries = new OpenedFile(text).analyze().summaries;
    const shown = summaries.map(({ handler, statements: { init, invoke, lazy }, files }) => {
      return `${handler.name} ${handler.line}: ${init} init, ${invoke} invoke, ${lazy} lazy in ${files}`;
    });
    assert.deepEqual(shown, expected);
  });
}

suite('what a handler comes to', () => {
  check(
    'statements that do something are counted, and declarations are not',
    `import type { Handler } from 'aws-lambda';
import { S3Client } from '@aws-sdk/client-s3';
interface Nothing {}
const s3 = new S3Client({});
let empty;
function unused() { return 1; }
class Repository { find() { return s3; } }
export const handler: Handler = async event => {
  if (event) {
    return new Repository().find();
  }
  for (const each of event.Records) s3.send(each);
  try { throw new Error(); } catch { return; }
};`,
    ['handler 8: 2 init, 7 invoke, 0 lazy in 1'],
  );

  check(
    'what other files do for it counts too',
    `import type { Handler } from 'aws-lambda';
import { price } from './prices';
export const handler: Handler = async () => price();
// @file prices.ts
const rates = { small: 1 };
export const price = () => rates.small;
export const other = () => { return 1; };`,
    ['handler 3: 2 init, 2 invoke, 0 lazy in 2'],
  );

  check(
    'guarded code and what it calls counts once, on first use',
    `import type { Handler } from 'aws-lambda';
let client;
export const handler: Handler = async () => {
  if (!client) {
    client = connect();
  }
  return client;
};
function connect() { return {}; }`,
    ['handler 3: 0 init, 2 invoke, 2 lazy in 1'],
  );

  check(
    'what runs in both phases is counted in either',
    `import type { Handler } from 'aws-lambda';
const first = load();
export const handler: Handler = async () => load();
function load() { return 1; }`,
    ['handler 3: 2 init, 2 invoke, 0 lazy in 1'],
  );

  check(
    'each handler of a file counts what it reaches itself',
    `import type { Handler } from 'aws-lambda';
const table = process.env.TABLE;
export const get: Handler = async () => read();
export const put: Handler = async () => { check(); return write(); };
function read() { return table; }
function write() { check(); return table; }
function check() { return table; }`,
    ['get 3: 1 init, 2 invoke, 0 lazy in 1', 'put 4: 1 init, 5 invoke, 0 lazy in 1'],
  );
});
