import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { migrate } from '../../../../src/engine/store/migrations.ts';
import { answerEvents } from '../../../../src/engine/triggers/answerEvents.ts';
import { createTriggers } from '../../../../src/engine/triggers/triggers.ts';
import { createWaitClock } from '../../../../src/engine/waits/waitClock.ts';
import type { RuleDefinition, ScheduleDefinition } from '../../../../src/model/messaging.ts';
import type { ProjectResources } from '../../../../src/model/projectResources.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { silentLog } from '../../../support/silentLog.ts';

const home = { region: 'eu-west-1', accountId: '123456789012' };
const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:report';
const minute = 60_000;

const named = (name: string) => ({
  logicalId: name,
  name,
  stackId: 'stack',
  arn: `arn:aws:events:eu-west-1:123456789012:rule/${name}`,
  definedAt: { file: 't.yaml', startLine: 7, startColumn: 1, endLine: 7, endColumn: 2 },
});

const nightly: RuleDefinition = {
  ...named('nightly'),
  eventBusName: 'default',
  enabled: true,
  scheduleExpression: 'rate(1 minute)',
  targets: [{ id: 't', arn: functionArn }],
};

const schedule: ScheduleDefinition = {
  ...named('hourly'),
  arn: 'arn:aws:scheduler:eu-west-1:123456789012:schedule/default/hourly',
  enabled: true,
  scheduleExpression: 'cron(0 12 * * ? *)',
  timezone: 'Europe/Berlin',
  targetArn: functionArn,
};

function open(given: Partial<ProjectResources> = {}, database = new DatabaseSync(':memory:')) {
  migrate(database, ':memory:');
  const clock = createFakeClock(Date.parse('2026-11-23T10:00:00Z'));
  const waits = createWaitClock({ clock, scale: 1, offset: { load: () => 0, save() {} }, onChange() {} });
  const sent: { readonly to: string; readonly event: Record<string, unknown> }[] = [];
  const warnings: string[] = [];
  let ids = 0;
  const triggers = createTriggers({
    clock,
    waits,
    ids: { uuid: () => `id-${++ids}`, hex: () => '0' },
    log: { ...silentLog, warn: message => warnings.push(message) },
    database,
    home,
    call: async () => ({ status: 200, headers: {}, body: '' }),
    send: async ({ resource }, { body }) => {
      sent.push({ to: resource.replace('function:', ''), event: JSON.parse(body) });
      return { kind: 'sent' };
    },
  });
  const update = (resources: Partial<ProjectResources>) => triggers.update(resources as ProjectResources);
  update(given);
  const ask = async (operation: string, input: object) => {
    const reply = await answerEvents(triggers.events, {
      method: 'POST',
      path: '/',
      query: {},
      headers: { 'x-amz-target': `AWSEvents.${operation}`, 'content-type': 'application/x-amz-json-1.1' },
      body: Buffer.from(JSON.stringify(input)),
    });
    return { status: reply.status, ...JSON.parse(String(reply.body)) };
  };
  const pass = async (ms: number) => {
    clock.pass(ms);
    await new Promise(setImmediate);
  };
  return { database, triggers, update, ask, pass, sent, warnings };
}

suite('rules and schedules', () => {
  test('a scheduled rule of a template sends the event that EventBridge sends', async () => {
    const { pass, sent, triggers } = open({ rules: [nightly] });
    assert.equal(triggers.nextDeadline(), Date.parse('2026-11-23T10:01:00Z'));
    await pass(minute);
    assert.deepEqual(sent, [
      {
        to: 'report',
        event: {
          version: '0',
          id: 'id-1',
          'detail-type': 'Scheduled Event',
          source: 'aws.events',
          account: home.accountId,
          time: '2026-11-23T10:01:00Z',
          region: home.region,
          resources: [nightly.arn],
          detail: {},
        },
      },
    ]);
  });

  test('a schedule of EventBridge Scheduler goes by its time zone, and sends its input or an event of its own', async () => {
    const input = '{"at":"<aws.scheduler.scheduled-time>","n":"<aws.scheduler.attempt-number>"}';
    const { pass, sent } = open({ schedules: [schedule, { ...schedule, ...named('other'), input }] });
    await pass(61 * minute);
    assert.deepEqual(
      sent.map(({ event }) => event),
      [
        {
          version: '0',
          id: 'id-1',
          'detail-type': 'Scheduled Event',
          source: 'aws.scheduler',
          account: home.accountId,
          time: '2026-11-23T11:00:00Z',
          region: home.region,
          resources: [schedule.arn],
          detail: '{}',
        },
        { at: '2026-11-23T11:00:00Z', n: '1' },
      ],
    );
  });

  test('what is disabled is not followed, and what is no schedule is named once', async () => {
    const bad = { ...nightly, ...named('bad'), scheduleExpression: 'rate(1 minutes)' };
    const { update, pass, sent, warnings } = open({
      rules: [{ ...nightly, enabled: false }, bad],
      schedules: [{ ...schedule, enabled: false }],
    });
    update({ rules: [bad] });
    await pass(24 * 60 * minute);
    assert.deepEqual(sent, []);
    assert.deepEqual(warnings, [
      't.yaml:7: the rule bad is not followed: Parameter ScheduleExpression is not valid: rate(1 minutes)',
    ]);
  });

  test('a rule of the API is followed, listed and described, and lives on after a restart', async () => {
    const { ask, database } = open();
    const put = await ask('PutRule', {
      Name: 'often',
      ScheduleExpression: 'rate(1 minute)',
      Description: 'every minute',
    });
    assert.deepEqual(put, { status: 200, RuleArn: 'arn:aws:events:eu-west-1:123456789012:rule/often' });
    const targets = [{ Id: 'f', Arn: functionArn, Input: '{"n":1}' }];
    assert.equal((await ask('PutTargets', { Rule: 'often', Targets: targets })).FailedEntryCount, 0);
    const again = open({}, database);
    assert.deepEqual((await again.ask('ListTargetsByRule', { Rule: 'often' })).Targets, targets);
    assert.deepEqual(await again.ask('DescribeRule', { Name: 'often' }), {
      status: 200,
      Name: 'often',
      Arn: 'arn:aws:events:eu-west-1:123456789012:rule/often',
      EventBusName: 'default',
      State: 'ENABLED',
      ScheduleExpression: 'rate(1 minute)',
      Description: 'every minute',
    });
    await again.pass(minute);
    assert.deepEqual(again.sent, [{ to: 'report', event: { n: 1 } }]);
  });

  test('a rule of the API with a pattern gets the events that it is for', async () => {
    const { ask, sent, pass } = open();
    await ask('PutRule', { Name: 'shop', EventBusName: 'b', EventPattern: '{"source":["shop"]}' });
    await ask('PutTargets', { Rule: 'shop', EventBusName: 'b', Targets: [{ Id: 'f', Arn: functionArn }] });
    for (const Source of ['shop', 'other']) {
      await ask('PutEvents', { Entries: [{ Source, DetailType: 'd', Detail: '{}', EventBusName: 'b' }] });
    }
    await pass(0);
    assert.deepEqual(
      sent.map(({ event }) => event.source),
      ['shop'],
    );
  });

  test('can be disabled, enabled, and deleted without targets', async () => {
    const { ask, pass, sent } = open({ rules: [nightly] });
    await ask('DisableRule', { Name: 'nightly' });
    await pass(5 * minute);
    assert.deepEqual(sent, []);
    await ask('EnableRule', { Name: 'nightly' });
    await pass(minute);
    assert.equal(sent.length, 1);
    const refused = await ask('DeleteRule', { Name: 'nightly' });
    assert.deepEqual([refused.status, refused.message], [400, "Rule can't be deleted since it has targets."]);
    await ask('RemoveTargets', { Rule: 'nightly', Ids: ['t'] });
    await ask('DeleteRule', { Name: 'nightly' });
    assert.deepEqual((await ask('ListRules', {})).Rules, []);
  });

  test('what the API says of a rule of a template counts until the template says something else', async () => {
    const { ask, update } = open({ rules: [nightly] });
    const state = async () => (await ask('DescribeRule', { Name: 'nightly' })).State;
    await ask('DisableRule', { Name: 'nightly' });
    update({ rules: [{ ...nightly, definedAt: { ...nightly.definedAt, startLine: 9 } }] });
    assert.equal(await state(), 'DISABLED');
    update({ rules: [{ ...nightly, scheduleExpression: 'rate(2 minutes)' }] });
    assert.equal(await state(), 'ENABLED');
  });

  for (const [operation, input, type, message] of [
    ['PutRule', { Name: 'a' }, 'ValidationException', /EventPattern or ScheduleExpression must be specified/],
    [
      'PutRule',
      { Name: 'a', ScheduleExpression: 'cron(0 12 * * * *)' },
      'ValidationException',
      /^Parameter ScheduleExpression is not valid\.$/,
    ],
    [
      'PutRule',
      { Name: 'a', ScheduleExpression: 'rate(1 minute)', EventBusName: 'b' },
      'ValidationException',
      /^ScheduleExpression is supported only on the default event bus\.$/,
    ],
    ['PutRule', { Name: 'a b', EventPattern: '{"a":[1]}' }, 'ValidationException', /Value 'a b' at 'name'/],
    [
      'PutRule',
      { Name: 'a', EventPattern: '{' },
      'InvalidEventPatternException',
      /Event pattern is not valid/,
    ],
    ['PutRule', { EventPattern: '{"a":[1]}' }, 'ValidationException', /Name is required/],
    [
      'DescribeRule',
      { Name: 'a' },
      'ResourceNotFoundException',
      /^Rule a does not exist on EventBus default\.$/,
    ],
    ['PutTargets', { Rule: 'a', Targets: [] }, 'ResourceNotFoundException', /Rule a does not exist/],
    ['EnableRule', { Name: 'a' }, 'ResourceNotFoundException', /Rule a does not exist/],
  ] as const) {
    test(`${operation} of ${JSON.stringify(input)} is refused`, async () => {
      const { ask } = open();
      const { status, __type, message: said } = await ask(operation, input);
      assert.deepEqual([status, __type], [400, type]);
      assert.match(said, message);
    });
  }

  test('what a target cannot be honoured with is refused by name, and so is the sixth target', async () => {
    const { ask } = open();
    await ask('PutRule', { Name: 'a', EventPattern: '{"a":[1]}' });
    const target = { Id: 'f', Arn: functionArn };
    const refused = await ask('PutTargets', { Rule: 'a', Targets: [{ ...target, EcsParameters: {} }] });
    assert.match(refused.message, /EcsParameters cannot be honoured/);
    const six = [1, 2, 3, 4, 5, 6].map(n => ({ ...target, Id: `f${n}` }));
    assert.equal((await ask('PutTargets', { Rule: 'a', Targets: six })).__type, 'LimitExceededException');
  });
});
