import assert from 'node:assert/strict';
import type { DeliveryOutcome } from '../../../../src/engine/invoke/async/sender.ts';
import { createBucketNotifications } from '../../../../src/engine/triggers/bucketNotifications.ts';
import type { ObjectChange } from '../../../../src/engine/triggers/objectChanges.ts';
import type { BucketNotificationDefinition } from '../../../../src/model/storage.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { silentLog } from '../../../support/silentLog.ts';

const thumbnail = 'arn:aws:lambda:eu-west-1:123456789012:function:thumbnail';
const definition = (given: Partial<BucketNotificationDefinition>): BucketNotificationDefinition => ({
  logicalId: 'Upload',
  stackId: 'stack',
  bucketName: 'uploads',
  events: ['s3:ObjectCreated:*'],
  targetArn: thumbnail,
  definedAt: { file: 't.yaml', startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
  ...given,
});
const put: ObjectChange = { bucket: 'uploads', key: 'in/a cat.png', eventName: 'ObjectCreated:Put' };

async function told(
  definitions: readonly Partial<BucketNotificationDefinition>[],
  changes: readonly ObjectChange[],
  outcome: DeliveryOutcome = { kind: 'sent' },
  status = 200,
) {
  const sent: { readonly to: string; readonly body: string }[] = [];
  const warnings: string[] = [];
  const notifications = createBucketNotifications({
    clock: createFakeClock(),
    ids: { hex: bytes => 'a1'.repeat(bytes) },
    log: { ...silentLog, warn: message => warnings.push(message) },
    home: { region: 'eu-west-1', accountId: '123456789012' },
    call: async () => ({ status, headers: { 'content-length': '5', etag: '"e7a9"' }, body: '' }),
    send: async ({ service, resource }, { body }) => {
      sent.push({ to: `${service} ${resource}`, body });
      return outcome;
    },
  });
  notifications.update(definitions.map(definition));
  for (const change of changes) await notifications.changed(change);
  return { sent, warnings };
}

suite('the notifications of a bucket', () => {
  test('have the shape that S3 gives them', async () => {
    const { sent } = await told([{}], [put]);
    assert.deepEqual(
      sent.map(({ to }) => to),
      ['lambda function:thumbnail'],
    );
    assert.deepEqual(JSON.parse(sent[0]?.body ?? ''), {
      Records: [
        {
          eventVersion: '2.1',
          eventSource: 'aws:s3',
          awsRegion: 'eu-west-1',
          eventTime: '2026-11-23T10:00:00.000Z',
          eventName: 'ObjectCreated:Put',
          userIdentity: { principalId: 'AWS:123456789012' },
          requestParameters: { sourceIPAddress: '127.0.0.1' },
          responseElements: { 'x-amz-request-id': 'A1A1A1A1A1A1A1A1', 'x-amz-id-2': 'a1a1a1a1a1a1a1a1' },
          s3: {
            s3SchemaVersion: '1.0',
            configurationId: 'Upload',
            bucket: {
              name: 'uploads',
              ownerIdentity: { principalId: '123456789012' },
              arn: 'arn:aws:s3:::uploads',
            },
            object: { key: 'in/a+cat.png', size: 5, eTag: 'e7a9', sequencer: '1A207D92100000001' },
          },
        },
      ],
    });
  });

  test('of what was removed have neither size nor tag', async () => {
    const { sent } = await told(
      [{ events: ['s3:ObjectRemoved:Delete'] }],
      [{ ...put, eventName: 'ObjectRemoved:Delete' }],
    );
    const { object } = JSON.parse(sent[0]?.body ?? '').Records[0].s3;
    assert.deepEqual(Object.keys(object), ['key', 'sequencer']);
  });

  const check = (title: string, given: Partial<BucketNotificationDefinition>, isTold: boolean) =>
    test(title, async () => assert.equal((await told([given], [put])).sent.length, isTold ? 1 : 0));

  check('are for one event', { events: ['s3:ObjectCreated:Put'] }, true);
  check('are for no other event', { events: ['s3:ObjectCreated:Copy', 's3:ObjectRemoved:*'] }, false);
  check('are for no other bucket', { bucketName: 'downloads' }, false);
  check('are for keys that begin and end as they should', { prefix: 'in/', suffix: '.png' }, true);
  check('are not for keys that begin otherwise', { prefix: 'out/' }, false);
  check('are not for keys that end otherwise', { suffix: '.jpg' }, false);

  test('of later changes have larger sequencers', async () => {
    const { sent } = await told([{}], [put, put]);
    const [first, second] = sent.map(({ body }) => JSON.parse(body).Records[0].s3.object.sequencer);
    assert.ok(first < second, `${first} ${second}`);
  });

  test('that nobody takes are said, with the reason', async () => {
    const { warnings } = await told([{}], [put], { kind: 'refused', reason: 'No such function.' });
    assert.deepEqual(warnings, [
      `ObjectCreated:Put of uploads/in/a cat.png was not told to ${thumbnail}: No such function.`,
    ]);
    const unknown = await told([{ targetArn: '<unresolved Fn>' }], [put]);
    assert.deepEqual(unknown.warnings, [
      'ObjectCreated:Put of uploads/in/a cat.png was not told to <unresolved Fn>: it is not known before deployment.',
    ]);
  });
});
