// Functions that are run by time, through the engine as it is built.
import assert from 'node:assert/strict';
import type { EngineEvent } from '../../../src/model/engineEvent.ts';
import { sendSigned } from '../../support/engine/rawHttp.ts';
import { watchEvents } from '../../support/engine/watchEvents.ts';
import { until } from '../../support/until.ts';
import { type ServedWorkspace, serveWorkspace } from '../services/support.ts';

const template = `Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Runtime: nodejs24.x, CodeUri: ., Handler: app.handler } }
Resources:
  Ticking:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: ticking
      Events:
        Tick: { Type: Schedule, Properties: { Name: tick, Schedule: rate(1 minute) } }
  Later: { Type: AWS::Serverless::Function, Properties: { FunctionName: later } }
`;

suite('schedules of an engine', () => {
  let served: ServedWorkspace;
  suiteSetup(async () => {
    const files = { 'template.yaml': template, 'app.js': 'exports.handler = async event => event;\n' };
    served = await serveWorkspace(files, ['--time-scale', '60']);
  });
  suiteTeardown(() => served?.remove());

  const events = async (operation: string, input: object) => {
    const reply = await sendSigned(
      served.serve.line.endpoint,
      served.serve.line,
      {
        method: 'POST',
        headers: {
          'x-amz-target': `AWSEvents.${operation}`,
          'content-type': 'application/x-amz-json-1.1',
        },
        body: JSON.stringify(input),
      },
      { service: 'events' },
    );
    assert.equal(reply.status, 200, reply.body);
    return JSON.parse(reply.body);
  };
  const endsOf = (all: readonly EngineEvent[], name: string) =>
    all.flatMap(event => (event.type === 'invocationEnded' && event.functionName === name ? [event] : []));

  test('a function runs at the rate of the template, sixty times as fast at the scale of 60', async () => {
    const watching = watchEvents(served.serve.line);
    await until('the third run', () => endsOf(watching.events, 'ticking').length >= 3);
    watching.dispose();
    const [first, , third] = endsOf(watching.events, 'ticking');
    assert.ok(first && third && third.startedAt - first.startedAt > 1_500);
    const { body } = await sendSigned(served.serve.line.endpoint, served.serve.line, {
      target: '/_lens/last-event?function=ticking',
    });
    const event = JSON.parse(body);
    assert.deepEqual(
      [event.source, event['detail-type'], event.detail],
      ['aws.events', 'Scheduled Event', {}],
    );
  });

  test('a rule that the API makes runs a function until it is disabled', async () => {
    const watching = watchEvents(served.serve.line);
    await events('PutRule', { Name: 'often', ScheduleExpression: 'cron(* * * * ? *)' });
    const Arn = 'arn:aws:lambda:us-east-1:000000000000:function:later';
    await events('PutTargets', { Rule: 'often', Targets: [{ Id: 'f', Arn, Input: '{"n":1}' }] });
    await until('a run', () => endsOf(watching.events, 'later').length > 0);
    await events('DisableRule', { Name: 'often' });
    const rules = (await events('ListRules', {})).Rules as { Name: string; State: string }[];
    watching.dispose();
    assert.deepEqual(
      rules.map(({ Name, State }) => `${Name} ${State}`),
      ['often DISABLED', 'tick ENABLED'],
    );
  });
});
