import assert from 'node:assert/strict';
import {
  type ConsoleOptions,
  lambdaConsole,
  patchConsole,
} from '../../../../../src/engine/runtime/bootstrap/console.ts';

suite("the handler's console", () => {
  const now = () => new Date('2026-01-01T00:00:00.000Z');
  const patched = (options: Partial<ConsoleOptions> = {}) => {
    const lines: string[] = [];
    const log = lambdaConsole({ noRequest: '-', ...options }, line => lines.push(line), now);
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

  const json = (options: Partial<ConsoleOptions> = {}) => {
    const { lines, ...rest } = patched({ format: 'JSON', level: 'TRACE', ...options });
    return { ...rest, records: () => lines.map(line => JSON.parse(line) as Record<string, unknown>) };
  };
  const head = { timestamp: '2026-01-01T00:00:00.000Z', level: 'INFO', requestId: 'r-1' };

  test('in the JSON format one value is the message as it is, and several are a text', () => {
    const { records, log, target } = json();
    target.log('init');
    log.setRequestId('r-1');
    target.log({ order: 1 });
    target.log('%s has %d', 'x', 2, { a: 1 });
    target.log(1n);
    assert.deepEqual(records(), [
      { timestamp: head.timestamp, level: 'INFO', message: 'init' },
      { ...head, message: { order: 1 } },
      { ...head, message: 'x has 2 { a: 1 }' },
      { ...head, message: '1n' },
    ]);
  });

  test('in the JSON format an error is taken apart', () => {
    const { records, log, target } = json();
    log.setRequestId('r-1');
    const error = Object.assign(new RangeError('too far'), {
      code: 'E1',
      stack: 'RangeError: too far\n at x',
    });
    const described = {
      errorType: 'RangeError',
      errorMessage: 'too far',
      stackTrace: ['RangeError: too far', ' at x'],
    };
    target.log(error);
    target.log('failed:', 'x', error);
    log.writeError('Invoke Error', error);
    const [alone, among, runtime] = records();
    assert.deepEqual(alone, { ...head, message: { ...described, code: 'E1' } });
    assert.deepEqual({ ...among, message: '' }, { ...head, ...described, message: '' });
    assert.match(String(among?.message), /^failed: x \[RangeError: too far/);
    assert.equal(runtime?.level, 'ERROR');
    assert.equal(runtime?.errorMessage, 'too far');
  });

  test('lines below the level are left out', () => {
    const { records, target } = json({ level: 'WARN' });
    for (const level of ['trace', 'debug', 'info', 'log', 'warn', 'error', 'fatal'] as const)
      target[level](level);
    assert.deepEqual(
      records().map(({ message }) => message),
      ['warn', 'error', 'fatal'],
    );
  });
});
