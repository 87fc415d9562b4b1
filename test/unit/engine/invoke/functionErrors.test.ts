import assert from 'node:assert/strict';
import {
  encodeError,
  errorTypeOf,
  exitError,
  maxResponseBytes,
  responseTooLargeError,
  timedOutError,
} from '../../../../src/engine/invoke/functionErrors.ts';

suite('function errors of the platform', () => {
  const text = (error: Parameters<typeof encodeError>[0]) => Buffer.from(encodeError(error)).toString();

  test('a timeout', () =>
    assert.equal(
      text(timedOutError('r-1', 1)),
      '{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: r-1 Error: Task timed out after 1.00 seconds"}',
    ));

  const exits: readonly (readonly [number | null, string | null, string])[] = [
    [0, null, 'Runtime exited without providing a reason'],
    [null, null, 'Runtime exited without providing a reason'],
    [1, null, 'Runtime exited with error: exit status 1'],
    [137, null, 'Runtime exited with error: exit status 137'],
    [null, 'SIGKILL', 'Runtime exited with error: signal: killed'],
    [null, 'SIGABRT', 'Runtime exited with error: signal: aborted'],
    [null, 'SIGSEGV', 'Runtime exited with error: signal: segmentation fault'],
    [null, 'SIGXCPU', 'Runtime exited with error: signal: signal 24'],
  ];
  for (const [code, signal, reason] of exits) {
    test(`an exit with ${code ?? signal}: ${reason}`, () =>
      assert.equal(
        text(exitError('r-1', code, signal)),
        `{"errorType":"Runtime.ExitError","errorMessage":"RequestId: r-1 Error: ${reason}"}`,
      ));
  }

  test("an error's type is read from its body, if it has one", () => {
    assert.equal(errorTypeOf(Buffer.from('{"errorType":"TypeError"}')), 'TypeError');
    for (const body of ['{"errorType":1}', 'null', '[]', 'no JSON', '']) {
      assert.equal(errorTypeOf(Buffer.from(body)), undefined, body);
    }
  });

  test('a response that is too large', () => {
    assert.equal(maxResponseBytes, 6_291_556);
    assert.equal(
      text(responseTooLargeError()),
      '{"errorType":"Function.ResponseSizeTooLarge","errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes)."}',
    );
  });
});
