import assert from 'node:assert/strict';
import { completeInvocation } from '../../../../src/engine/invoke/outcome.ts';
import type { Ending } from '../../../../src/engine/runtime/environmentLifecycle.ts';
import type { AssignmentOutcome } from '../../../../src/engine/runtime/heldInvocation.ts';
import { definition } from '../functions/definition.ts';

const request = { requestId: 'r-1', functionName: 'orders', payload: new Uint8Array() };
const context = {
  request,
  definition: definition(),
  version: '$LATEST',
  region: 'eu-west-1',
  environmentId: 'e-1',
  startedAt: 1000,
};
const seen: Omit<AssignmentOutcome, 'ending'> = {
  log: 'START RequestId: r-1 Version: $LATEST\nhello\n',
  coldStart: false,
  durationMs: 12.345,
  maxMemoryUsedMb: 50,
};

suite('the outcome of an invocation', () => {
  const complete = (ending: Ending, more: Partial<AssignmentOutcome> = {}) =>
    completeInvocation(context, { ...seen, ...more, ending });
  const report = (status = '') =>
    `END RequestId: r-1\nREPORT RequestId: r-1\tDuration: 12.35 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\tMax Memory Used: 50 MB\t${status}\n`;

  test('a response is passed on with its log', () => {
    const { outcome, record } = complete({ kind: 'response', body: Buffer.from('{}') });
    assert.deepEqual(outcome, {
      kind: 'completed',
      payload: Buffer.from('{}'),
      executedVersion: '$LATEST',
      log: `${seen.log}${report()}`,
      environmentId: 'e-1',
      coldStart: false,
      durationMs: 12.345,
    });
    assert.deepEqual(record, {
      requestId: 'r-1',
      functionName: 'orders',
      qualifier: '$LATEST',
      executedVersion: '$LATEST',
      environmentId: 'e-1',
      startedAt: 1000,
      durationMs: 12.345,
      maxMemoryUsedMb: 50,
      status: 'success',
    });
  });

  test('a cold start tells of its init in the log, the outcome and the record', () => {
    const { outcome, record } = complete(
      { kind: 'response', body: Buffer.from('{}') },
      { coldStart: true, initDurationMs: 100.4, engineVersion: '24.1.0' },
    );
    assert.ok(outcome.kind === 'completed');
    assert.match(outcome.log, /^INIT_START Runtime Version: nodejs:24\.v1\t.*\nSTART /);
    assert.match(outcome.log, /\tBilled Duration: 113 ms\t.*\tInit Duration: 100\.40 ms\t\n$/);
    assert.deepEqual([outcome.initDurationMs, record.initDurationMs], [100.4, 100.4]);
  });

  const errors: readonly (readonly [Ending, string, 'error' | 'timeout', string])[] = [
    [
      { kind: 'error', body: Buffer.from('{"errorType":"TypeError"}'), errorType: 'TypeError' },
      'TypeError',
      'error',
      '',
    ],
    [
      { kind: 'initError', body: Buffer.from('{}'), errorType: 'Runtime.HandlerNotFound' },
      'Runtime.HandlerNotFound',
      'error',
      'Status: error\tError Type: Runtime.HandlerNotFound',
    ],
    [
      { kind: 'exit', code: 1, signal: null },
      'Runtime.ExitError',
      'error',
      'Status: error\tError Type: Runtime.ExitError',
    ],
    [{ kind: 'timeout' }, 'Sandbox.Timedout', 'timeout', 'Status: timeout'],
    [{ kind: 'responseTooLarge' }, 'Function.ResponseSizeTooLarge', 'error', ''],
  ];
  for (const [ending, errorType, status, reported] of errors) {
    test(`${ending.kind} is a function error of type ${errorType}`, () => {
      const { outcome, record } = complete(ending);
      assert.ok(outcome.kind === 'completed');
      assert.equal(outcome.functionError, 'Unhandled');
      assert.equal(outcome.log, `${seen.log}${report(reported)}`);
      assert.deepEqual([record.status, record.errorType], [status, errorType]);
    });
  }

  test('the error of the runtime is passed on untouched, those of the platform name the request', () => {
    const body = Buffer.from('{"errorType":"TypeError","trace":[]}');
    const thrown = complete({ kind: 'error', body, errorType: 'TypeError' }).outcome;
    assert.equal(thrown.kind === 'completed' && thrown.payload, body);
    const timedOut = complete({ kind: 'timeout' }).outcome;
    assert.ok(timedOut.kind === 'completed');
    assert.match(
      Buffer.from(timedOut.payload).toString(),
      /RequestId: r-1 Error: Task timed out after 3\.00 seconds/,
    );
  });

  test('output without a newline does not run into END', () => {
    const { outcome } = complete({ kind: 'response', body: Buffer.from('{}') }, { log: 'START\nhello' });
    assert.ok(outcome.kind === 'completed' && outcome.log.includes('hello\nEND RequestId'));
  });

  test('a runtime that cannot be started, and one that was stopped, are errors of the service', () => {
    for (const ending of [{ kind: 'notStarted', message: 'No node.' }, { kind: 'stopped' }] as const) {
      const { outcome, record } = complete(ending);
      assert.ok(outcome.kind === 'rejected');
      assert.deepEqual([outcome.error.name, outcome.error.status], ['ServiceException', 500]);
      assert.deepEqual([record.status, record.errorType], ['error', 'ServiceException']);
    }
    const { outcome } = complete({ kind: 'notStarted', message: 'No node.' });
    assert.deepEqual(outcome.kind === 'rejected' && outcome.error.body, {
      Type: 'Service',
      Message: 'No node.',
    });
  });

  test('the qualifier of the caller is kept', () =>
    assert.equal(
      completeInvocation(
        { ...context, request: { ...request, qualifier: 'live' }, version: '7' },
        { ...seen, ending: { kind: 'stopped' } },
      ).record.qualifier,
      'live',
    ));
});
