import assert from 'node:assert/strict';
import { EventStreamCodec } from '@smithy/core/event-streams';
import { invokeComplete, payloadChunk } from '../../../../src/engine/api/eventStreamMessages.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_InvokeWithResponseStream.html */
suite('the messages of InvokeWithResponseStream', () => {
  const codec = new EventStreamCodec(
    input => Buffer.from(input).toString('utf8'),
    input => Buffer.from(input, 'utf8'),
  );
  const read = (message: Uint8Array) => {
    const { headers, body } = codec.decode(message);
    const named = Object.entries(headers).map(([name, { value }]) => [name, value]);
    return [Object.fromEntries(named), Buffer.from(body).toString('utf8')];
  };

  test('a piece of the payload is the body as it is', () =>
    assert.deepEqual(read(payloadChunk(Buffer.from('päylöad'))), [
      {
        ':event-type': 'PayloadChunk',
        ':content-type': 'application/octet-stream',
        ':message-type': 'event',
      },
      'päylöad',
    ]));

  test('the end is JSON', () =>
    assert.deepEqual(read(invokeComplete({ ErrorCode: 'Sandbox.Timedout', LogResult: 'eA==' })), [
      { ':event-type': 'InvokeComplete', ':content-type': 'application/json', ':message-type': 'event' },
      '{"ErrorCode":"Sandbox.Timedout","LogResult":"eA=="}',
    ]));
});
