import assert from 'node:assert/strict';
import { StreamedResponse, waitOf } from '../../../../src/engine/runtime/streamedResponse.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';

const mb = 1024 * 1024;

/** https://docs.aws.amazon.com/lambda/latest/dg/config-rs-bandwidth-cap.html */
suite('a response that is streamed', () => {
  const waits: readonly (readonly [string, number, number, number])[] = [
    ['the first 6 MB are not held up', 6 * mb, 0, 0],
    ['2 MB more take a second', 8 * mb, 0, 1000],
    ['of which some may be over already', 8 * mb, 400, 600],
    ['or all of it', 8 * mb, 1500, 0],
    ['short waits are saved up', 6 * mb + 1000, 0, 0],
    ['200 MB take 97 seconds', 200 * mb, 0, 97_000],
  ];
  for (const [name, bytes, elapsedMs, expected] of waits) {
    test(name, () => assert.equal(waitOf(bytes, elapsedMs), expected));
  }

  const open = () => {
    const clock = createFakeClock();
    const taken: number[] = [];
    const begun: string[] = [];
    const sink = {
      begin: ({ contentType }: { contentType: string }) => void begun.push(contentType),
      write: (chunk: Uint8Array) => void taken.push(chunk.byteLength),
    };
    const head = { contentType: 'text/plain', executedVersion: '$LATEST' };
    return { clock, taken, begun, response: new StreamedResponse(sink, head, clock) };
  };

  test('begins with its content type, and waits from where the rate is capped', async () => {
    const { clock, begun, response, taken } = open();
    assert.deepEqual(begun, ['text/plain']);
    clock.pass(60_000);
    assert.equal(response.write(new Uint8Array(6 * mb)), undefined);
    const paused = response.write(new Uint8Array(mb));
    assert.ok(paused);
    clock.pass(500);
    await paused;
    assert.deepEqual(taken, [6 * mb, mb]);
  });

  test('ends at 200 MB: what would be more is not passed on', () => {
    const { response, taken } = open();
    response.write(new Uint8Array(200 * mb));
    assert.equal(response.isTooLarge, false);
    assert.equal(response.write(new Uint8Array(1)), undefined);
    assert.deepEqual([response.isTooLarge, taken.length], [true, 1]);
  });
});
