import assert from 'node:assert/strict';
import { bandsOf, hintsOf, marksOf } from '../../../src/analyzer/hints.ts';
import type { HintMode } from '../../../src/analyzer/protocol.ts';
import { analyze, filesOf } from './checkPhases.ts';

const text = `import { S3Client } from '@aws-sdk/client-s3';
const s3 = new S3Client({});
let pool;
const helper = () => 1;
export const handler = async event => {
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
`;

function hints(mode: HintMode): readonly string[] {
  const [analysis] = analyze(filesOf(text));
  assert.ok(analysis);
  const lines = text.split('\n');
  return hintsOf(analysis, mode, line => lines[line - 1]?.length ?? 0).map(
    hint => `${hint.line} ${hint.label}`,
  );
}

suite('hints', () => {
  test('at the edges: one where a phase begins and one at each client', () => {
    assert.deepEqual(hints('edges'), [
      '1 once per environment',
      '2 client reused',
      '4 every invocation',
      '5 every invocation',
      '7 once, on first use',
      '8 new client every invocation',
      '13 once, on first use',
    ]);
  });

  test('in full: regions of the same phase as what is around them too', () => {
    assert.deepEqual(
      hints('full').filter(hint => !hints('edges').includes(hint)),
      ['9 every invocation'],
    );
  });

  test('off: none', () => {
    assert.deepEqual(hints('off'), []);
  });

  test('stand behind the last character of their line', () => {
    const [analysis] = analyze(filesOf(text));
    assert.ok(analysis);
    assert.ok(hintsOf(analysis, 'edges', line => 100 + line).every(hint => hint.column === 101 + hint.line));
  });

  test('a file that nothing reaches has none', () => {
    const [analysis] = analyze(filesOf('export const handler = () => 1;'));
    assert.ok(analysis);
    assert.deepEqual(
      [hintsOf(analysis, 'full', () => 0), marksOf(analysis), bandsOf(analysis)],
      [[], [], []],
    );
  });

  test('the tooltip says why', () => {
    const [analysis] = analyze(filesOf(text));
    assert.ok(analysis);
    const hint = hintsOf(analysis, 'edges', () => 0).find(({ line }) => line === 4);
    assert.equal(hint?.tooltip, 'Runs on every invocation.\n\nCalled on every invocation by handler.');
  });
});

suite('marks and bands', () => {
  test('a mark stands where a phase begins', () => {
    const [analysis] = analyze(filesOf(text));
    assert.ok(analysis);
    assert.deepEqual(
      marksOf(analysis).map(({ line, phase }) => `${line} ${phase}`),
      ['1 init', '4 invoke', '5 invoke', '7 lazy', '13 lazy'],
    );
  });

  test('bands cover every line once', () => {
    const [analysis] = analyze(filesOf(text));
    assert.ok(analysis);
    assert.deepEqual(
      bandsOf(analysis).map(({ startLine, endLine, phase }) => `${startLine}-${endLine} ${phase}`),
      ['1-3 init', '4-6 invoke', '7-7 lazy', '8-12 invoke', '13-15 lazy'],
    );
  });
});
