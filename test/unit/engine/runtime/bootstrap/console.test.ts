import assert from 'node:assert/strict';
import { lambdaConsole, patchConsole } from '../../../../../src/engine/runtime/bootstrap/console.ts';

suite("the handler's console", () => {
  const now = () => new Date('2026-01-01T00:00:00.000Z');
  const patched = () => {
    const lines: string[] = [];
    const log = lambdaConsole('-', line => lines.push(line), now);
    const target = {} as Console & { fatal(message: string): void };
    patchConsole(log, target);
    return { lines, log, target };
  };

  test('writes time, request, level and message between tabs', () => {
    const { lines, log, target } = patched();
    log.setRequestId('r-1');
    target.trace('a');
    target.debug('b');
    target.info('c');
    target.log('d');
    target.warn('e');
    target.error('f');
    target.fatal('g');
    assert.deepEqual(
      lines,
      ['TRACE\ta', 'DEBUG\tb', 'INFO\tc', 'INFO\td', 'WARN\te', 'ERROR\tf', 'FATAL\tg'].map(
        rest => `2026-01-01T00:00:00.000Z\tr-1\t${rest}\n`,
      ),
    );
  });

  test('formats as Node.js does, and keeps the lines of a message together', () => {
    const { lines, log, target } = patched();
    log.setRequestId('r-1');
    target.log('%s has %d', 'x', 2, { a: [1, { b: 2 }] });
    target.log('two\nlines');
    assert.deepEqual(lines, [
      '2026-01-01T00:00:00.000Z\tr-1\tINFO\tx has 2 { a: [ 1, { b: 2 } ] }\n',
      '2026-01-01T00:00:00.000Z\tr-1\tINFO\ttwo\nlines\n',
    ]);
  });

  test('has a dash for the request during init', () => {
    const { lines, target } = patched();
    target.log('init');
    assert.deepEqual(lines, ['2026-01-01T00:00:00.000Z\t-\tINFO\tinit\n']);
  });
});
