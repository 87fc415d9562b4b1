import assert from 'node:assert/strict';
import { publishedMessages } from '../../../../src/engine/triggers/publishedMessages.ts';
import { createTopicSubscriptions } from '../../../../src/engine/triggers/topicSubscriptions.ts';
import type { SubscriptionDefinition } from '../../../../src/model/messaging.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { silentLog } from '../../../support/silentLog.ts';

const topicArn = 'arn:aws:sns:eu-west-1:123456789012:news';
const definition = (given: Partial<SubscriptionDefinition> = {}): SubscriptionDefinition => ({
  logicalId: 'Reading',
  stackId: 'stack',
  definedAt: { file: 't.yaml', startLine: 7, startColumn: 1, endLine: 7, endColumn: 2 },
  topicArn,
  protocol: 'lambda',
  endpoint: 'arn:aws:lambda:eu-west-1:123456789012:function:reader',
  filterPolicyScope: 'MessageAttributes',
  rawMessageDelivery: false,
  ...given,
});

const request = (form: Readonly<Record<string, string>>) => ({
  method: 'POST',
  path: '/',
  query: {},
  headers: {},
  body: Buffer.from(new URLSearchParams({ TopicArn: topicArn, ...form }).toString()),
});
const answered = (body: string, status = 200) => ({ status, headers: {}, body });
const one = answered('<PublishResponse><MessageId>m-1</MessageId></PublishResponse>');
const attribute = (index: number, name: string, type: string, value: string) => ({
  [`MessageAttributes.entry.${index}.Name`]: name,
  [`MessageAttributes.entry.${index}.Value.DataType`]: type,
  [`MessageAttributes.entry.${index}.Value.StringValue`]: value,
});

suite('the messages that a topic takes', () => {
  test('are told of with subject and attributes', () => {
    const form = {
      Action: 'Publish',
      Message: 'hello',
      Subject: 'hi',
      ...attribute(1, 'store', 'String', 'north'),
      ...attribute(2, 'price', 'Number', '300'),
    };
    assert.deepEqual(publishedMessages(request(form), one), [
      {
        topicArn,
        messageId: 'm-1',
        message: 'hello',
        subject: 'hi',
        attributes: { store: { type: 'String', value: 'north' }, price: { type: 'Number', value: '300' } },
      },
    ]);
  });

  test('are those of a batch that were not refused', () => {
    const entry = (index: number, id: string) => ({
      [`PublishBatchRequestEntries.member.${index}.Id`]: id,
      [`PublishBatchRequestEntries.member.${index}.Message`]: `message ${id}`,
    });
    const reply = answered(
      '<Successful><member><Id>b</Id><MessageId>m-b</MessageId></member></Successful><Failed><member><Id>a</Id><Code>Bad</Code></member></Failed>',
    );
    const form = { Action: 'PublishBatch', ...entry(1, 'a'), ...entry(2, 'b') };
    assert.deepEqual(
      publishedMessages(request(form), reply).map(({ message, messageId }) => [message, messageId]),
      [['message b', 'm-b']],
    );
  });

  test('may be others for functions than for queues', () => {
    const texts = (Message: string) =>
      publishedMessages(request({ Action: 'Publish', MessageStructure: 'json', Message }), one).map(
        ({ message }) => message,
      );
    assert.deepEqual(texts('{"default":"all","lambda":"functions"}'), ['functions']);
    assert.deepEqual(texts('{"default":"all","sqs":"queues"}'), ['all']);
  });

  test('are none where a request fails or does something else', () => {
    const form = { Action: 'Publish', Message: 'hello' };
    assert.deepEqual(publishedMessages(request(form), { ...one, status: 404 }), []);
    assert.deepEqual(publishedMessages(request({ ...form, Action: 'CreateTopic' }), one), []);
  });
});

suite('functions that are subscribed to a topic', () => {
  async function told(given: Partial<SubscriptionDefinition>, form: Readonly<Record<string, string>> = {}) {
    const sent: { readonly to: string; readonly body: string }[] = [];
    const warnings: string[] = [];
    const subscriptions = createTopicSubscriptions({
      clock: createFakeClock(),
      log: { ...silentLog, warn: message => warnings.push(message) },
      send: async ({ resource }, { body }) => {
        sent.push({ to: resource, body });
        return resource === 'function:gone'
          ? { kind: 'refused', reason: 'No such function.' }
          : { kind: 'sent' };
      },
    });
    subscriptions.update([definition(given)]);
    const messages = publishedMessages(request({ Action: 'Publish', Message: '{"n":1}', ...form }), one);
    for (const message of messages) await subscriptions.published(message);
    return { sent, warnings };
  }

  test('get the event of SNS', async () => {
    const { sent } = await told({}, attribute(1, 'store', 'String', 'north'));
    assert.deepEqual(
      sent.map(({ to }) => to),
      ['function:reader'],
    );
    const arn = `${topicArn}:Reading`;
    assert.deepEqual(JSON.parse(sent[0]?.body ?? ''), {
      Records: [
        {
          EventSource: 'aws:sns',
          EventVersion: '1.0',
          EventSubscriptionArn: arn,
          Sns: {
            Type: 'Notification',
            MessageId: 'm-1',
            TopicArn: topicArn,
            Subject: null,
            Message: '{"n":1}',
            Timestamp: '2026-11-23T10:00:00.000Z',
            SignatureVersion: '1',
            Signature: 'EXAMPLE',
            SigningCertUrl:
              'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0000000000000000000000.pem',
            UnsubscribeUrl: `https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${arn}`,
            MessageAttributes: { store: { Type: 'String', Value: 'north' } },
          },
        },
      ],
    });
  });

  const check = (
    title: string,
    given: Partial<SubscriptionDefinition>,
    form: Readonly<Record<string, string>>,
    isTold: boolean,
  ) => test(title, async () => assert.equal((await told(given, form)).sent.length, isTold ? 1 : 0));

  const filterPolicy = { store: ['north'], price: [{ numeric: ['>', 100] }] };
  const both = { ...attribute(1, 'store', 'String', 'north'), ...attribute(2, 'price', 'Number', '300') };
  check('get what their filter lets through', { filterPolicy }, both, true);
  check(
    'do not get what lacks an attribute',
    { filterPolicy },
    attribute(1, 'store', 'String', 'north'),
    false,
  );
  check(
    'are filtered by each value of a list',
    { filterPolicy: { store: ['north'] } },
    attribute(1, 'store', 'String.Array', '["south","north"]'),
    true,
  );
  check('are filtered by the body', { filterPolicy: { n: [1] }, filterPolicyScope: 'MessageBody' }, {}, true);
  check(
    'get no body that is no JSON where they filter by it',
    { filterPolicy: { n: [1] }, filterPolicyScope: 'MessageBody' },
    { Message: 'hello' },
    false,
  );
  check('do not get the messages of other topics', { topicArn: `${topicArn}2` }, {}, false);
  check('are told here, and queues are not', { protocol: 'sqs' }, {}, false);

  test('that are gone leave a message to the dead letters, or to the log', async () => {
    const endpoint = 'arn:aws:lambda:eu-west-1:123456789012:function:gone';
    assert.deepEqual((await told({ endpoint })).warnings, [
      `A message of ${topicArn} was not told to ${endpoint}: No such function.`,
    ]);
    const deadLetterTargetArn = 'arn:aws:sqs:eu-west-1:123456789012:dead';
    const { sent, warnings } = await told({ endpoint, deadLetterTargetArn });
    assert.deepEqual([sent.map(({ to }) => to), warnings], [['function:gone', 'dead'], []]);
  });
});
