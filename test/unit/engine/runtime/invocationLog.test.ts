import assert from 'node:assert/strict';
import { InvocationLog } from '../../../../src/engine/runtime/invocationLog.ts';

const bytes = (text: string) => Buffer.from(text);

suite('the log of an invocation', () => {
  test('holds output and lines of the platform in order, once', () => {
    const log = new InvocationLog();
    log.write(bytes('init\n'));
    log.line('START\n');
    log.write(bytes('hello\n'));
    assert.equal(log.take(), 'init\nSTART\nhello\n');
    assert.equal(log.take(), '');
  });

  test('a line of the platform begins on a line of its own', () => {
    const log = new InvocationLog();
    log.write(bytes('no newline'));
    log.line('END\n');
    assert.equal(log.take(), 'no newline\nEND\n');
  });

  test('a character may be split between two chunks, and what is no UTF-8 is marked', () => {
    const log = new InvocationLog();
    const euro = bytes('€');
    log.write(euro.subarray(0, 1));
    log.write(euro.subarray(1));
    log.write(Uint8Array.of(0xff));
    assert.equal(log.take(), '€\ufffd');
  });

  test('of more than 8 MB the end is kept, and what was dropped is counted', () => {
    const log = new InvocationLog();
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    for (let count = 0; count < 10; count++) log.write(chunk);
    log.write(bytes('end'));
    const text = log.take();
    assert.match(text, /^\[3145728 bytes of this log were dropped: it is longer than 8 MB\]\nx/);
    assert.ok(text.endsWith('xend'));
  });
});
