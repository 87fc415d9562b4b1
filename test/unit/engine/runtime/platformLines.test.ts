import assert from 'node:assert/strict';
import { platformLines } from '../../../../src/engine/runtime/platformLines.ts';

const at = Date.parse('2026-01-01T00:00:00.000Z');
const report = { requestId: 'r-1', durationMs: 3.008, memorySizeMb: 128, maxMemoryUsedMb: 36 };
const init = {
  functionName: 'orders',
  version: '$LATEST',
  runtime: 'nodejs24.x',
  region: 'eu-west-1',
  engineVersion: '24.1.0',
};

suite('lines of the platform in the JSON format', () => {
  const records = (text: string) =>
    text
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line) as { time: string; type: string; record: Record<string, unknown> });
  const typesAt = (systemLevel: string) => {
    const lines = platformLines({ format: 'JSON', systemLevel });
    return records(
      [
        lines.initStart(at, init),
        lines.start(at, 'r-1', '$LATEST'),
        lines.end(at, report),
        lines.initReport(at, 1, 'init', { status: 'timeout' }),
        lines.end(at, report, { status: 'error', errorType: 'Runtime.ExitError' }),
      ].join(''),
    ).map(({ type }) => type.replace('platform.', ''));
  };

  test('are records with the figures of the text format', () => {
    const lines = platformLines({ format: 'JSON' });
    assert.deepEqual(records(lines.end(at, { ...report, initDurationMs: 110.1 })), [
      {
        time: '2026-01-01T00:00:00.000Z',
        type: 'platform.report',
        record: {
          requestId: 'r-1',
          status: 'success',
          metrics: {
            durationMs: 3.01,
            billedDurationMs: 114,
            memorySizeMB: 128,
            maxMemoryUsedMB: 36,
            initDurationMs: 110.1,
          },
        },
      },
    ]);
    assert.deepEqual(records(lines.start(at, 'r-1', '$LATEST'))[0]?.record, {
      requestId: 'r-1',
      version: '$LATEST',
    });
    const { runtimeVersion, runtimeVersionArn, ...rest } =
      records(lines.initStart(at, init))[0]?.record ?? {};
    assert.deepEqual(rest, {
      initializationType: 'on-demand',
      phase: 'init',
      functionName: 'orders',
      functionVersion: '$LATEST',
    });
    assert.equal(runtimeVersion, 'nodejs:24.v1');
    assert.match(String(runtimeVersionArn), /^arn:aws:lambda:eu-west-1::runtime:[0-9a-f]{64}$/);
  });

  test('are left out below the system log level', () => {
    const failures = ['initReport', 'runtimeDone', 'report'];
    assert.deepEqual(typesAt('DEBUG'), ['initStart', 'start', 'runtimeDone', 'report', ...failures]);
    assert.deepEqual(typesAt('INFO'), ['initStart', 'start', 'report', ...failures]);
    assert.deepEqual(typesAt('WARN'), failures);
  });

  test('are text where the function asks for nothing else', () =>
    assert.equal(platformLines().start(at, 'r-1', '1'), 'START RequestId: r-1 Version: 1\n'));
});
