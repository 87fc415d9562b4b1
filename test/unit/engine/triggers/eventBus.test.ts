import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import type { DeliveryOutcome } from '../../../../src/engine/invoke/async/sender.ts';
import { migrate } from '../../../../src/engine/store/migrations.ts';
import { answerEvents } from '../../../../src/engine/triggers/answerEvents.ts';
import { createBusRules } from '../../../../src/engine/triggers/busRules.ts';
import { createEventBus } from '../../../../src/engine/triggers/eventBus.ts';
import type { RuleDefinition, RuleTarget } from '../../../../src/model/messaging.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { silentLog } from '../../../support/silentLog.ts';

const arn = (name: string) => `arn:aws:lambda:eu-west-1:123456789012:function:${name}`;

const rule = (
  name: string,
  given: Partial<RuleDefinition> & { readonly target?: Partial<RuleTarget> },
): RuleDefinition => ({
  logicalId: name,
  name,
  stackId: 'stack',
  arn: `arn:aws:events:eu-west-1:123456789012:rule/${name}`,
  definedAt: { file: 't.yaml', startLine: 7, startColumn: 1, endLine: 7, endColumn: 2 },
  eventBusName: 'default',
  enabled: true,
  eventPattern: { source: ['shop'] },
  targets: [{ id: 't', arn: arn(name), ...given.target }],
  ...given,
});

function noRules() {
  const database = new DatabaseSync(':memory:');
  migrate(database, ':memory:');
  return createBusRules(database, () => {});
}

function open(rules: readonly RuleDefinition[], outcome: DeliveryOutcome = { kind: 'sent' }) {
  const sent: { readonly to: string; readonly body: string }[] = [];
  const warnings: string[] = [];
  let ids = 0;
  const bus = createEventBus({
    clock: createFakeClock(),
    ids: { uuid: () => `id-${++ids}` },
    log: { ...silentLog, warn: message => warnings.push(message) },
    home: { region: 'eu-west-1', accountId: '123456789012' },
    send: async ({ resource }, { body }) => {
      sent.push({ to: resource.replace('function:', ''), body });
      return resource.includes('dead') ? { kind: 'sent' } : outcome;
    },
  });
  bus.update(rules);
  const put = async (Entries: readonly object[]) => {
    const reply = await answerEvents(
      { bus, rules: noRules(), home: { region: 'eu-west-1', accountId: '123456789012' } },
      {
        method: 'POST',
        path: '/',
        query: {},
        headers: { 'x-amz-target': 'AWSEvents.PutEvents', 'content-type': 'application/x-amz-json-1.1' },
        body: Buffer.from(JSON.stringify({ Entries })),
      },
    );
    await new Promise(setImmediate);
    return { status: reply.status, ...JSON.parse(String(reply.body)) };
  };
  return { put, sent, warnings, names: () => sent.map(({ to }) => to) };
}

const order = { Source: 'shop', DetailType: 'Order', Detail: '{"n":1.0}' };

suite('an event bus', () => {
  test('tells the targets of the rules that an event is for, in the shape of EventBridge', async () => {
    const { put, sent } = open([
      rule('orders', { eventPattern: { source: ['shop'], detail: { n: [{ numeric: ['=', 1] }] } } }),
      rule('others', { eventPattern: { source: ['mill'] } }),
    ]);
    assert.deepEqual(await put([{ ...order, Resources: ['arn:x'], Time: 1_700_000_000 }]), {
      status: 200,
      FailedEntryCount: 0,
      Entries: [{ EventId: 'id-1' }],
    });
    assert.deepEqual(sent, [
      {
        to: 'orders',
        body: '{"version":"0","id":"id-1","detail-type":"Order","source":"shop","account":"123456789012","time":"2023-11-14T22:13:20Z","region":"eu-west-1","resources":["arn:x"],"detail":{"n":1.0}}',
      },
    ]);
  });

  test('keeps the events of one bus from the rules of another', async () => {
    const { put, names } = open([rule('own', { eventBusName: 'shop' }), rule('main', {})]);
    await put([{ ...order, EventBusName: 'arn:aws:events:eu-west-1:123456789012:event-bus/shop' }]);
    assert.deepEqual(names(), ['own']);
  });

  test('follows neither a rule that is off nor one that only has a schedule', async () => {
    const { eventPattern: _pattern, ...timed } = rule('timed', { scheduleExpression: 'rate(1 minute)' });
    const { put, names } = open([rule('off', { enabled: false }), timed]);
    await put([order]);
    assert.deepEqual(names(), []);
  });

  test('sends what the target wants to have', async () => {
    const { put, sent } = open([rule('orders', { target: { inputPath: '$.detail' } })]);
    await put([order]);
    assert.deepEqual(sent, [{ to: 'orders', body: '{"n":1}' }]);
  });

  test('passes events on to other buses, and not in circles for ever', async () => {
    const to = (bus: string) => ({ arn: `arn:aws:events:eu-west-1:123456789012:event-bus/${bus}` });
    const { put, names, warnings } = open([
      rule('there', { target: to('other') }),
      rule('back', { eventBusName: 'other', target: to('default') }),
      rule('seen', { eventBusName: 'other' }),
    ]);
    await put([order]);
    assert.deepEqual(names(), ['seen', 'seen', 'seen']);
    assert.equal(warnings.length, 1);
  });

  test('sends to the dead letters of a target what it refuses, and says where there are none', async () => {
    const refused: DeliveryOutcome = { kind: 'refused', reason: 'No such function.' };
    const lost = open([rule('orders', {})], refused);
    await lost.put([order]);
    assert.deepEqual(lost.warnings, [
      `An event of the rule orders was not sent to ${arn('orders')}: No such function.`,
    ]);
    const kept = open([rule('orders', { target: { deadLetterTargetArn: arn('dead') } })], refused);
    await kept.put([order]);
    assert.deepEqual([kept.names(), kept.warnings], [['orders', 'dead'], []]);
  });

  test('says which rule has a pattern that is none, and follows the others', async () => {
    const { put, names, warnings } = open([rule('bad', { eventPattern: { source: [] } }), rule('good', {})]);
    await put([order]);
    assert.deepEqual(names(), ['good']);
    assert.deepEqual(warnings, [
      't.yaml:7: the rule bad is not followed. The event pattern at source must list a value.',
    ]);
  });

  test('refuses entries one by one', async () => {
    const { put } = open([]);
    const { FailedEntryCount, Entries } = await put([
      order,
      { ...order, Source: undefined },
      { ...order, DetailType: '' },
      { ...order, Detail: undefined },
      { ...order, Detail: '[]' },
      { ...order, Detail: '{' },
      { ...order, Source: 'aws.s3' },
    ]);
    assert.equal(FailedEntryCount, 6);
    assert.deepEqual(
      Entries.map(({ ErrorCode, ErrorMessage }: Record<string, string>) => [ErrorCode, ErrorMessage]),
      [
        [undefined, undefined],
        ['InvalidArgument', 'Parameter Source is not valid. Reason: Source is a required argument.'],
        ['InvalidArgument', 'Parameter DetailType is not valid. Reason: DetailType is a required argument.'],
        ['InvalidArgument', 'Parameter Detail is not valid. Reason: Detail is a required argument.'],
        ['MalformedDetail', 'Detail is malformed.'],
        ['MalformedDetail', 'Detail is malformed.'],
        ['NotAuthorizedForSourceException', 'Not authorized for the source.'],
      ],
    );
  });

  test('refuses no entries, and more than ten', async () => {
    const { put } = open([]);
    for (const entries of [[], Array.from({ length: 11 }, () => order)]) {
      const { status, __type } = await put(entries);
      assert.deepEqual([status, __type], [400, 'ValidationException']);
    }
  });
});
