import assert from 'node:assert/strict';
import { findingsIn } from './check.ts';

const client = (comment: string) => `// template: handler
import { S3Client } from '@aws-sdk/client-s3';
export const handler = async () => {
  ${comment}
  const s3 = new S3Client({});
  return s3.config;
};
`;

const found = (text: string, ...more: [severities?: Parameters<typeof findingsIn>[2]]) =>
  (findingsIn(text, undefined, ...more).get('/app/handler.ts') ?? []).map(({ rule, severity }) => [
    rule,
    severity,
  ]);

const reported = [['client-per-invocation', 'warning']];

suite('findings', () => {
  test('a finding has the place of the code, its end exclusive', () => {
    const [finding] = findingsIn(client('')).get('/app/handler.ts') ?? [];
    assert.deepEqual(
      [finding?.startLine, finding?.startColumn, finding?.endLine, finding?.endColumn],
      [5, 14, 5, 30],
    );
  });

  test('a comment with a reason keeps the next line quiet', () => {
    assert.deepEqual(
      found(client('// lambda-lens-disable-next-line client-per-invocation -- runs once a day')),
      [],
    );
    assert.deepEqual(
      found(client('/* lambda-lens-disable-next-line other, client-per-invocation -- known */')),
      [],
    );
  });

  test('a comment without a reason or of another rule does not', () => {
    for (const comment of ['client-per-invocation', 'client-per-invocation --', 'other -- reason']) {
      assert.deepEqual(found(client(`// lambda-lens-disable-next-line ${comment}`)), reported);
    }
  });

  test('severities that are passed in go before those of the rules', () => {
    assert.deepEqual(found(client(''), { 'client-per-invocation': 'hint' }), [
      ['client-per-invocation', 'hint'],
    ]);
    assert.deepEqual(found(client(''), { 'client-per-invocation': 'off' }), []);
    assert.deepEqual(found(client(''), { other: 'off' }), reported);
  });

  test('the calls that lead to the code are told, from the handler on', () => {
    const text = `// template: handler
import { load } from './load';
export const handler = async () => load();
// @file load.ts
import { S3Client } from '@aws-sdk/client-s3';
export const load = () => read();
function read() {
  return new S3Client({});
}
`;
    const [finding] = findingsIn(text).get('/app/load.ts') ?? [];
    assert.deepEqual(finding?.calls, [
      { from: 'handler', to: 'load', file: '/app/handler.ts', line: 3, column: 36 },
      { from: 'load', to: 'read', file: '/app/load.ts', line: 2, column: 27 },
    ]);
    assert.equal(findingsIn(client('')).get('/app/handler.ts')?.[0]?.calls, undefined);
  });

  test('what is about to go and what has no effect is tagged so', () => {
    const text = `// template: handler nodejs24.x
export const handler = (event, context) => {
  context.callbackWaitsForEmptyEventLoop = false;
  context.succeed(event);
};
`;
    const found = findingsIn(text).get('/app/handler.ts') ?? [];
    assert.deepEqual(
      found.map(({ startLine, tag }) => [startLine, tag]),
      [
        [3, 'unnecessary'],
        [4, 'deprecated'],
      ],
    );
  });

  test('a fix that may change what the code does is for people to choose', () => {
    const text = client('').replace('{});', '{ region: regionOf() });').replace('.config', '.send(1)');
    const [finding] = findingsIn(text).get('/app/handler.ts') ?? [];
    assert.deepEqual([finding?.fixable, finding?.fix?.isSafe], [false, false]);
  });

  test('code with syntax errors has none', () => {
    assert.deepEqual(found(client('const = ;')), []);
  });

  test('a file that no handler reaches has none', () => {
    assert.deepEqual(found(client('').replace('// template: handler', '').replace('handler', 'build')), []);
  });
});
