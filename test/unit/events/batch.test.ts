import assert from 'node:assert/strict';
import { recogniseKind } from '../../../src/events/kinds.ts';
import { type BatchOptions, batchEvent } from '../../../src/events/samples/batch.ts';
import { sampleById } from '../../../src/events/samples/library.ts';
import type { Json } from '../../../src/model/resource.ts';

type Record = { readonly [name: string]: Json & { readonly [name: string]: Json } };

const queue: BatchOptions = { source: 'sqs', name: 'orders' };
const stream: BatchOptions = { source: 'kinesis', name: 'clicks' };
const table: BatchOptions = { source: 'dynamodb', name: 'prints', keyName: 'printId' };
const batch = (given: readonly Json[], options: BatchOptions) =>
  batchEvent(given, options).Records as Record[];

suite('a batch', () => {
  test('is an event of its source with a record for each', () => {
    for (const options of [queue, stream, table]) {
      const event = batchEvent([{ a: 1 }, { a: 2 }], options);
      assert.equal(recogniseKind(event as unknown as Json)?.kind, options.source);
      assert.equal(event.Records.length, 2);
    }
  });

  test('of a queue has what was chosen as bodies, text as it is', () => {
    const records = batch([{ orderId: 'o1' }, 'plain'], queue);
    assert.deepEqual(
      records.map(({ body }) => body),
      ['{"orderId":"o1"}', 'plain'],
    );
    assert.equal(new Set(records.map(({ messageId }) => messageId)).size, 2);
    assert.match(String(records[0]?.eventSourceARN), /:orders$/);
  });

  test('of a FIFO queue has message groups', () => {
    const [record] = batch([{}], { source: 'sqs', name: 'orders.fifo' });
    assert.equal(record?.attributes?.MessageGroupId, 'customer-1');
  });

  test('of a stream has it as data, in sequence', () => {
    const [first, second] = batch([{ page: '/' }, { page: '/a' }], stream);
    assert.equal(Buffer.from(String(second?.kinesis?.data), 'base64').toString(), '{"page":"/a"}');
    const number = (record: Record | undefined) => BigInt(String(record?.kinesis?.sequenceNumber));
    assert.equal(number(second) - number(first), 1n);
    assert.equal(second?.eventID, `shardId-000000000000:${second?.kinesis?.sequenceNumber}`);
  });

  test('of a table has it as new images, with the key', () => {
    const item = { printId: 'p1', copies: 2, paid: true, tags: ['a'], size: { w: 1 }, note: null };
    const [record] = batch([item], table);
    assert.deepEqual(record?.dynamodb?.Keys, { printId: { S: 'p1' } });
    assert.deepEqual(record?.dynamodb?.NewImage, {
      printId: { S: 'p1' },
      copies: { N: '2' },
      paid: { BOOL: true },
      tags: { L: [{ S: 'a' }] },
      size: { M: { w: { N: '1' } } },
      note: { NULL: true },
    });
  });

  test('takes lists apart, and events of the same source', () => {
    const message = sampleById('sqs:message').build({ body: 'from an event' }) as unknown as Json;
    const bodies = batch([['a', 'b'], message], queue).map(({ body }) => body);
    assert.deepEqual(bodies, ['a', 'b', 'from an event']);
  });
});
