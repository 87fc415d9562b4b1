import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { followEvents } from '../../../src/client/followEvents.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { silentLog } from '../../support/silentLog.ts';

/** An engine whose streams the test writes and ends. */
function start(lastEventId?: number) {
  const clock = createFakeClock();
  const requests: (string | undefined)[] = [];
  const streams: PassThrough[] = [];
  const told: unknown[] = [];
  let isOver = false;
  let isDown = false;
  const following = followEvents({
    http: {
      async send(_method, _target, options) {
        requests.push(options?.headers?.['last-event-id']);
        if (isDown) throw new Error('ECONNREFUSED');
        const stream = Object.assign(new PassThrough(), { statusCode: 200 });
        streams.push(stream);
        return stream as unknown as IncomingMessage;
      },
    },
    clock,
    log: silentLog,
    onEvent: ({ id }) => {
      told.push(id);
      if (id === 13) throw new Error('a listener may fail');
    },
    onDidReset: () => told.push('reset'),
    isOver: () => isOver,
    ...(lastEventId === undefined ? {} : { lastEventId }),
  });
  const write = async (text: string, end = false) => {
    await turn();
    streams.at(-1)?.write(text);
    if (end) streams.at(-1)?.end();
    await turn();
    await turn();
  };
  return {
    clock,
    requests,
    told,
    following,
    write,
    setOver: () => {
      isOver = true;
    },
    setDown: (value: boolean) => {
      isDown = value;
    },
  };
}

const event = (id: number) => `id: ${id}\ndata: {"id":${id}}\n\n`;

suite('following the events of an engine', () => {
  test('a stream that breaks is taken up again after the last whole event', async () => {
    const { clock, requests, told, write } = start(3);
    await write(`id: 3\n\n${event(4)}${event(5)}id: 6\ndata: {"i`, true);
    assert.deepEqual(told, [4, 5]);
    clock.pass(200);
    await write(`${event(6)}${event(7)}`);
    assert.deepEqual(told, [4, 5, 6, 7]);
    assert.deepEqual(requests, ['3', '5']);
  });

  test('a stream that breaks before its first event goes on from where it began', async () => {
    const { clock, requests, write } = start();
    await write('id: 40\n\n', true);
    clock.pass(200);
    await turn();
    assert.deepEqual(requests, [undefined, '40']);
  });

  test('an engine that does not answer is asked again', async () => {
    const { clock, requests, told, write, setDown } = start(1);
    setDown(true);
    await write('', true);
    for (let count = 0; count < 3; count++) {
      clock.pass(200);
      await turn();
    }
    setDown(false);
    clock.pass(200);
    await write(event(2));
    assert.deepEqual(told, [2]);
    assert.equal(requests.length, 5);
  });

  test('a reset is told', async () => {
    const { told, write } = start(1);
    await write(`event: reset\ndata: {"lastId":9}\nid: 9\n\n${event(10)}`);
    assert.deepEqual(told, ['reset', 10]);
  });

  test('a listener that fails does not keep the next event away', async () => {
    const { told, write, requests } = start();
    await write(`${event(13)}${event(14)}`);
    assert.deepEqual(told, [13, 14]);
    assert.equal(requests.length, 1);
  });

  test('an engine that is gone is not asked again', async () => {
    const { clock, requests, write, setOver } = start();
    setOver();
    await write('', true);
    clock.pass(1_000);
    await turn();
    assert.equal(requests.length, 1);
  });

  test('nothing is asked once it is disposed', async () => {
    const { clock, requests, write, following } = start();
    following.dispose();
    await write('', true);
    clock.pass(1_000);
    await turn();
    assert.equal(requests.length, 1);
  });
});
