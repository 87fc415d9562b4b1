import assert from 'node:assert/strict';
import { readReport } from '../../../src/vscode/invoke/report.ts';

suite('the REPORT line', () => {
  test('of a cold start has an init duration', () => {
    const log =
      'START RequestId: 1 Version: $LATEST\nREPORT RequestId: 1\tDuration: 3.01 ms\tBilled Duration: 114 ms\t' +
      'Memory Size: 128 MB\tMax Memory Used: 36 MB\tInit Duration: 110.10 ms\t\n';
    assert.deepEqual(readReport(log), {
      durationMs: 3.01,
      billedDurationMs: 114,
      memorySizeMb: 128,
      maxMemoryUsedMb: 36,
      initDurationMs: 110.1,
    });
  });

  test('of a warm environment has none', () => {
    const log =
      'REPORT RequestId: 1\tDuration: 2.90 ms\tBilled Duration: 3 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\t\n';
    assert.deepEqual(readReport(log), {
      durationMs: 2.9,
      billedDurationMs: 3,
      memorySizeMb: 128,
      maxMemoryUsedMb: 36,
    });
  });

  test("that the handler printed itself does not count: the last one is Lambda's", () => {
    const report = (ms: number) =>
      `REPORT RequestId: 1\tDuration: ${ms} ms\tBilled Duration: 1 ms\tMemory Size: 128 MB\tMax Memory Used: 1 MB\t\n`;
    assert.equal(readReport(`${report(1)}${report(2)}`)?.durationMs, 2);
  });

  for (const log of ['', 'END RequestId: 1\n', 'REPORT RequestId: 1\tDuration: soon\n']) {
    test(`is not found in ${JSON.stringify(log)}`, () => assert.equal(readReport(log), undefined));
  }

  test('is read as JSON too', () => {
    const metrics = { durationMs: 2.5, billedDurationMs: 3, memorySizeMB: 128, maxMemoryUsedMB: 40 };
    const line = (more: object) =>
      JSON.stringify({ type: 'platform.report', record: { metrics: { ...metrics, ...more } } });
    const warm = { durationMs: 2.5, billedDurationMs: 3, memorySizeMb: 128, maxMemoryUsedMb: 40 };
    assert.deepEqual(readReport(`{"message":"x"}\n${line({})}\n`), warm);
    assert.deepEqual(readReport(line({ initDurationMs: 90 })), { ...warm, initDurationMs: 90 });
    assert.equal(readReport('{"message":"\\"platform.report\\""}'), undefined);
    assert.equal(readReport('{"platform.report"'), undefined);
  });
});
