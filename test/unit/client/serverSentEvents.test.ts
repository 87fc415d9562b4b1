import assert from 'node:assert/strict';
import { createEventParser, type ServerSentEvent } from '../../../src/client/serverSentEvents.ts';

const stream =
  'id: 1\n\nid: 2\ndata: {"a":1}\n\nevent: reset\ndata: x\ndata: y\nid: 3\n\n: comment\n\ndata\n\nid: 4\ndata: cut';
const events: readonly ServerSentEvent[] = [
  { id: '1', type: 'message' },
  { id: '2', type: 'message', data: '{"a":1}' },
  { id: '3', type: 'reset', data: 'x\ny' },
  { type: 'message' },
  { type: 'message', data: '' },
];

suite('server-sent events', () => {
  for (const size of [1, 2, 3, 7, stream.length]) {
    test(`are taken apart, in pieces of ${size}`, () => {
      const seen: ServerSentEvent[] = [];
      const parser = createEventParser(event => seen.push(event));
      for (let at = 0; at < stream.length; at += size) parser.push(stream.slice(at, at + size));
      assert.deepEqual(seen, events);
    });
  }
});
