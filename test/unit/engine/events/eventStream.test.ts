import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createEventLog } from '../../../../src/engine/events/eventLog.ts';
import { streamEvents } from '../../../../src/engine/events/eventStream.ts';

/** What a stream writes, without a socket. */
class FakeResponse extends EventEmitter {
  text = '';
  writableLength = 0;
  isDestroyed = false;

  writeHead(): void {}

  write(text: string): void {
    this.text += text;
  }

  destroy(): void {
    this.isDestroyed = true;
    this.emit('close');
  }
}

function stream(lastEventId: number | undefined, missed: number) {
  const log = createEventLog({ now: () => 7 }, { load: () => 0, save: () => {} }, 3);
  for (let count = 0; count < missed; count++) log.emit({ type: 'functionsChanged', functions: [] });
  const response = new FakeResponse();
  streamEvents(response as unknown as ServerResponse, log, lastEventId);
  const written = () => response.text.trimEnd().split('\n\n');
  return { log, response, written };
}

const block = (id: number) => `id: ${id}\ndata: {"type":"functionsChanged","functions":[],"id":${id},"at":7}`;

suite('the event stream', () => {
  test('begins with the id that it goes on from', () => {
    const { log, written } = stream(undefined, 2);
    log.emit({ type: 'functionsChanged', functions: [] });
    assert.deepEqual(written(), ['id: 2', block(3)]);
  });

  test('gives a client that resumes what it missed, then what comes', () => {
    const { log, written } = stream(1, 3);
    log.emit({ type: 'functionsChanged', functions: [] });
    assert.deepEqual(written(), ['id: 1', block(2), block(3), block(4)]);
  });

  test('tells a client that was away too long to read everything again', () => {
    const { written } = stream(1, 6);
    assert.deepEqual(written(), ['event: reset\ndata: {"lastId":6}\nid: 6']);
  });

  test('cuts off a client that does not read', () => {
    const { log, response } = stream(undefined, 0);
    response.writableLength = 5 * 1024 * 1024;
    log.emit({ type: 'functionsChanged', functions: [] });
    assert.equal(response.isDestroyed, true);
  });

  test('writes nothing to a client that has gone', () => {
    const { log, response, written } = stream(undefined, 0);
    response.destroy();
    log.emit({ type: 'functionsChanged', functions: [] });
    assert.deepEqual(written(), ['id: 0']);
  });
});
