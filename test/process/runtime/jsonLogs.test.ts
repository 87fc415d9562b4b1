import assert from 'node:assert/strict';
import type { LoggingOptions } from '../../../src/model/functionDefinition.ts';
import { removeDist, withRuntime } from './support.ts';

const handler = `
console.debug('loading');
export const handler = async (event: { fail?: boolean }) => {
  console.debug('details');
  console.info({ order: 1 });
  if (event.fail) throw new RangeError('no such order');
};`;

suite('functions that log JSON', () => {
  suiteTeardown(removeDist);

  /** The lines of a log, each by its type, or by its level and message. */
  const check = (logging: LoggingOptions, event: unknown, expected: readonly unknown[]) =>
    withRuntime([{ logging }], { 'app.ts': handler }, async ({ invoke }) => {
      const { log, requestId } = await invoke('fn', event);
      const lines = log
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line) as Record<string, unknown>);
      assert.deepEqual(
        lines.map(line => line.type ?? [line.level, line.errorType ?? line.message]),
        expected,
      );
      const requests = lines.map(
        line => (line.record as { requestId?: string })?.requestId ?? line.requestId,
      );
      assert.deepEqual(
        [...new Set(requests)].filter(id => id !== undefined),
        [requestId],
      );
    });

  test('log every line as a record, from the level INFO on', () =>
    check({ format: 'JSON' }, {}, [
      'platform.initStart',
      'platform.start',
      ['INFO', { order: 1 }],
      'platform.report',
    ]));

  test('log what their levels say', () =>
    check({ format: 'JSON', applicationLevel: 'DEBUG', systemLevel: 'WARN' }, { fail: true }, [
      ['DEBUG', 'loading'],
      ['DEBUG', 'details'],
      ['INFO', { order: 1 }],
      ['ERROR', 'RangeError'],
      'platform.runtimeDone',
      'platform.report',
    ]));
});
