import assert from 'node:assert/strict';
import { headerSafeJson } from '../../../../src/engine/runtime/runtimeOperations.ts';

suite('what crosses the Runtime API', () => {
  test('JSON in a header is ASCII on one line and says the same', () => {
    const value = { client: { app_title: 'Ünïcode 😀' }, custom: { tab: '\t', del: '\x7f' } };
    const header = headerSafeJson(JSON.stringify(value, null, 2));
    assert.match(header, /^[ -~]*$/);
    assert.deepEqual(JSON.parse(header), value);
  });
});
