import assert from 'node:assert/strict';
import {
  busEntry,
  deadLetter,
  destinationRecord,
  type EndedEvent,
  recordKey,
} from '../../../../../src/engine/invoke/async/messages.ts';

const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:orders:$LATEST';
const at = Date.parse('2026-11-23T18:16:05.568Z');

const failed: EndedEvent = {
  requestId: 'd6b5b4e6-0000-4000-8000-000000000001',
  functionName: 'orders',
  progress: { queuedAt: at - 180_000, invokeCount: 3, refusals: 0 },
  response: {
    executedVersion: '$LATEST',
    functionError: 'Unhandled',
    payload: '{"errorMessage":"no such order","errorType":"RangeError","trace":[]}',
  },
  ended: { condition: 'RetriesExhausted', at, since: at, deliveries: [] },
};
const succeeded: EndedEvent = {
  ...failed,
  progress: { ...failed.progress, invokeCount: 1 },
  response: { executedVersion: '7', payload: '"done"' },
  ended: { ...failed.ended, condition: 'Success' },
};
const { response: _response, ...neverRun } = failed;
const refused: EndedEvent = {
  ...neverRun,
  progress: { ...failed.progress, invokeCount: 0 },
  ended: { ...failed.ended, condition: 'ZeroReservedConcurrency' },
};

suite('what a destination is told', () => {
  const check = (title: string, event: EndedEvent, payload: string, expected: string) =>
    test(title, () => assert.equal(destinationRecord(event, arn, payload), expected));

  check(
    'of an event whose retries are exhausted',
    failed,
    '{"id":1}',
    `{"version":"1.0","timestamp":"2026-11-23T18:16:05.568Z","requestContext":{"requestId":"d6b5b4e6-0000-4000-8000-000000000001","functionArn":"${arn}","condition":"RetriesExhausted","approximateInvokeCount":3},"requestPayload":{"id":1},"responseContext":{"statusCode":200,"executedVersion":"$LATEST","functionError":"Unhandled"},"responsePayload":{"errorMessage":"no such order","errorType":"RangeError","trace":[]}}`,
  );

  check(
    'of a success, with the payload as it was sent',
    succeeded,
    '{"big":12345678901234567890,"1":1,"0":0}',
    `{"version":"1.0","timestamp":"2026-11-23T18:16:05.568Z","requestContext":{"requestId":"d6b5b4e6-0000-4000-8000-000000000001","functionArn":"${arn}","condition":"Success","approximateInvokeCount":1},"requestPayload":{"big":12345678901234567890,"1":1,"0":0},"responseContext":{"statusCode":200,"executedVersion":"7"},"responsePayload":"done"}`,
  );

  check(
    'of a function that reserves no concurrency, which has answered nothing',
    refused,
    '{}',
    `{"version":"1.0","timestamp":"2026-11-23T18:16:05.568Z","requestContext":{"requestId":"d6b5b4e6-0000-4000-8000-000000000001","functionArn":"${arn}","condition":"ZeroReservedConcurrency","approximateInvokeCount":0},"requestPayload":{}}`,
  );

  test('on an event bus, says whether it succeeded and whose it is', () => {
    const bus = 'arn:aws:events:eu-west-1:123456789012:event-bus/orders';
    assert.deepEqual(busEntry(failed, bus, arn, '{}'), {
      Source: 'lambda',
      DetailType: 'Lambda Function Invocation Result - Failure',
      Detail: '{}',
      Resources: [bus, arn],
      EventBusName: bus,
    });
    assert.equal(
      busEntry(succeeded, bus, arn, '{}').DetailType,
      'Lambda Function Invocation Result - Success',
    );
  });

  test('in a bucket, has a key with the function and the time', () => {
    assert.equal(recordKey(failed, 'f00d'), 'aws/lambda/async/orders/2026/11/23/2026-11-23T18.16.05-f00d');
  });
});

suite('what a dead-letter queue is told', () => {
  const values = (event: EndedEvent) =>
    Object.values(deadLetter(event, '{"id":1}').attributes).map(({ type, value }) => [type, value]);

  test('is the event as it came, with the request and the error', () => {
    const letter = deadLetter(failed, '{ "id": 1 }');
    assert.equal(letter.body, '{ "id": 1 }');
    assert.deepEqual(letter.attributes, {
      RequestID: { type: 'String', value: failed.requestId },
      ErrorCode: { type: 'Number', value: '200' },
      ErrorMessage: { type: 'String', value: 'no such order' },
    });
  });

  test('is the throttle where nothing was run', () => {
    assert.deepEqual(values(refused).slice(1), [
      ['Number', '429'],
      ['String', 'Rate Exceeded.'],
    ]);
  });

  const message = (payload: string) =>
    values({ ...failed, response: { executedVersion: '1', functionError: 'Unhandled', payload } })[2]?.[1];

  test('is what the runtime answered where that has no message', () => {
    assert.equal(message('"broken"'), '"broken"');
    assert.equal(message('no JSON'), 'no JSON');
    assert.equal(message('{"errorMessage":5}'), '{"errorMessage":5}');
  });

  test('holds the first kilobyte of the message, in whole characters', () => {
    assert.equal(message(JSON.stringify({ errorMessage: 'x'.repeat(2000) })), 'x'.repeat(1024));
    assert.equal(message(JSON.stringify({ errorMessage: 'ä'.repeat(1000) })), 'ä'.repeat(512));
    assert.equal(message(JSON.stringify({ errorMessage: `x${'ä'.repeat(1000)}` })), `x${'ä'.repeat(511)}`);
    assert.equal(
      message(JSON.stringify({ errorMessage: `xy${'😀'.repeat(1000)}` })),
      `xy${'😀'.repeat(255)}`,
    );
  });
});
