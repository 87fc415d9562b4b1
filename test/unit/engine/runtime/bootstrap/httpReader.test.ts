import assert from 'node:assert/strict';
import { HttpReader } from '../../../../../src/engine/runtime/bootstrap/httpReader.ts';

suite('messages of a bootstrap', () => {
  const request = Buffer.from(
    'POST /path HTTP/1.1\r\nHost: 127.0.0.1:1\r\nX-Empty:\r\nContent-Length: 6\r\n\r\n{"ü"}',
  );
  const expected = {
    startLine: 'POST /path HTTP/1.1',
    headers: { host: '127.0.0.1:1', 'x-empty': '', 'content-length': '6' },
    body: Buffer.from('{"ü"}'),
  };

  test('are the same wherever they are cut', () => {
    for (let cut = 1; cut < request.length; cut++) {
      const reader = new HttpReader();
      assert.equal(reader.read(request.subarray(0, cut)), undefined, `cut at ${cut}`);
      assert.deepEqual(reader.read(request.subarray(cut)), expected, `cut at ${cut}`);
    }
  });

  test('come one after the other', () => {
    const reader = new HttpReader();
    assert.deepEqual(reader.read(request), expected);
    assert.deepEqual(reader.read(request), expected);
  });

  test('have no body where they name no length', () => {
    const message = new HttpReader().read(Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'));
    assert.deepEqual([message?.startLine, message?.body?.length], ['GET / HTTP/1.1', 0]);
  });

  test('that are larger than may be are read to their end, without what they hold', () => {
    const reader = new HttpReader(10);
    assert.equal(reader.read(Buffer.from('POST / HTTP/1.1\r\nContent-Length: 11\r\n\r\n12345')), undefined);
    assert.deepEqual(reader.read(Buffer.from('678901'))?.body, undefined);
    assert.deepEqual(reader.read(request), expected);
  });

  test('have a head of reasonable length', () => {
    const reader = new HttpReader();
    assert.throws(() => reader.read(Buffer.alloc(65_537, 'x')), {
      message: 'This is no message of a bootstrap.',
    });
  });
});
