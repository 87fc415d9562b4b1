import assert from 'node:assert/strict';
import {
  billedDuration,
  endLine,
  initReportLine,
  initStartLine,
  reportLine,
  startLine,
} from '../../../../src/engine/runtime/platformLog.ts';

const requestId = '8f507cfc-xmpl-4697-b07a-ac58fc914c95';
const base = { requestId, durationMs: 3.008, memorySizeMb: 128, maxMemoryUsedMb: 36 };

suite('log lines of the platform', () => {
  test('START and END name the request', () => {
    assert.equal(startLine(requestId, '$LATEST'), `START RequestId: ${requestId} Version: $LATEST\n`);
    assert.equal(endLine(requestId), `END RequestId: ${requestId}\n`);
  });

  test('REPORT of a warm invocation ends with a tab and bills whole milliseconds', () =>
    assert.equal(
      reportLine(base),
      `REPORT RequestId: ${requestId}\tDuration: 3.01 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\t\n`,
    ));

  test('REPORT of a cold start bills the init too', () =>
    assert.equal(
      reportLine({ ...base, initDurationMs: 110.1 }),
      `REPORT RequestId: ${requestId}\tDuration: 3.01 ms\tBilled Duration: 114 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\tInit Duration: 110.10 ms\t\n`,
    ));

  test('REPORT of a timeout says so', () =>
    assert.equal(
      reportLine({ ...base, durationMs: 3000, failure: { status: 'timeout' } }),
      `REPORT RequestId: ${requestId}\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\tStatus: timeout\n`,
    ));

  test('REPORT of a crash names the type of the error', () =>
    assert.equal(
      reportLine({ ...base, failure: { status: 'error', errorType: 'Runtime.ExitError' } }),
      `REPORT RequestId: ${requestId}\tDuration: 3.01 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\tStatus: error\tError Type: Runtime.ExitError\n`,
    ));

  test('INIT_REPORT tells in which phase the init failed, and of what', () => {
    assert.equal(
      initReportLine(150.789, 'init', { status: 'error', errorType: 'Runtime.UserCodeSyntaxError' }),
      'INIT_REPORT Init Duration: 150.79 ms\tPhase: init\tStatus: error\tError Type: Runtime.UserCodeSyntaxError\n',
    );
    assert.equal(
      initReportLine(3000, 'invoke', { status: 'timeout' }),
      'INIT_REPORT Init Duration: 3000.00 ms\tPhase: invoke\tStatus: timeout\n',
    );
  });

  test('INIT_START names the version that really runs', () =>
    assert.match(
      initStartLine('nodejs22.x', 'eu-west-1', '24.21.0'),
      /^INIT_START Runtime Version: nodejs:24\.v21\tRuntime Version ARN: arn:aws:lambda:eu-west-1::runtime:[0-9a-f]{64}\n$/,
    ));

  test('INIT_START names the configured version when none has reported', () =>
    assert.match(initStartLine('nodejs22.x', 'eu-west-1'), /^INIT_START Runtime Version: nodejs:22\.v0\t/));

  test('at least one millisecond is billed', () => {
    assert.equal(billedDuration(0), 1);
    assert.equal(billedDuration(1.0001), 2);
  });
});
