// The clock that waits go by, through the engine as it is built.
import assert from 'node:assert/strict';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { AsyncEventChange, EngineEvent } from '../../../src/model/engineEvent.ts';
import { sendSigned } from '../../support/engine/rawHttp.ts';
import { watchEvents } from '../../support/engine/watchEvents.ts';
import { until } from '../../support/until.ts';
import { type ServedWorkspace, serveWorkspace } from '../services/support.ts';

const template = `Transform: AWS::Serverless-2016-10-31
Resources:
  Failing:
    Type: AWS::Serverless::Function
    Properties: { FunctionName: failing, Runtime: nodejs24.x, CodeUri: ., Handler: app.handler, Timeout: 5 }
`;
const handler = `exports.handler = async () => { throw new RangeError('no order'); };\n`;

interface Clock {
  readonly now: number;
  readonly scale: number;
  readonly paused: boolean;
  readonly nextDeadline?: number;
  readonly stepped?: boolean;
}

suite('the clock of waits of an engine', () => {
  let served: ServedWorkspace;
  let lambda: LambdaClient;
  suiteSetup(async () => {
    served = await serveWorkspace({ 'template.yaml': template, 'app.js': handler }, ['--time-scale', '60']);
    lambda = new LambdaClient(served.client);
  });
  suiteTeardown(async () => {
    lambda?.destroy();
    await served?.remove();
  });

  const ask = (method: 'GET' | 'POST', target: string) =>
    sendSigned(served.serve.line.endpoint, served.serve.line, { method, target });
  const clock = async (method: 'GET' | 'POST', target = '/_lens/clock') =>
    JSON.parse((await ask(method, target)).body) as Clock;
  const send = async () => {
    const { $metadata } = await lambda.send(
      new InvokeCommand({ FunctionName: 'failing', InvocationType: 'Event', Payload: Buffer.from('{}') }),
    );
    return $metadata.requestId;
  };
  const changesOf = (events: readonly EngineEvent[], requestId: string | undefined) =>
    events.flatMap((event): readonly AsyncEventChange[] =>
      event.type === 'asyncEventChanged' && event.requestId === requestId ? [event.change] : [],
    );

  test('at --time-scale 60 the retries after one and two minutes come after one and two seconds', async () => {
    assert.equal((await clock('GET')).scale, 60);
    const watching = watchEvents(served.serve.line);
    const from = performance.now();
    const requestId = await send();
    await until('the end of the event', () =>
      changesOf(watching.events, requestId).some(({ kind }) => kind === 'ended'),
    );
    const took = performance.now() - from;
    watching.dispose();
    const waits = changesOf(watching.events, requestId).flatMap(change =>
      change.kind === 'waits' ? [change.dueAt] : [],
    );
    assert.equal(waits.length, 2);
    assert.ok(took > 2_900, `three seconds, not ${took} ms`);
    const [first = 0, second = 0] = waits;
    assert.ok(second - first >= 120_000, 'by that clock it is two minutes from retry to retry');
  });

  test('paused, it goes from deadline to deadline, and everybody is told', async () => {
    const watching = watchEvents(served.serve.line);
    assert.equal((await clock('POST', '/_lens/clock?paused=true')).paused, true);
    const requestId = await send();
    const waitsBegun = () =>
      changesOf(watching.events, requestId).filter(({ kind }) => kind === 'waits').length;
    await until('the first wait', () => waitsBegun() === 1);
    const before = await clock('GET');
    assert.equal(before.nextDeadline, before.now + 60_000);
    const stepped = await clock('POST', '/_lens/clock/step');
    assert.deepEqual([stepped.now, stepped.paused, stepped.stepped], [before.nextDeadline, true, true]);
    await until('the second wait', () => waitsBegun() === 2);
    await clock('POST', '/_lens/clock/step');
    await until('the end', () => changesOf(watching.events, requestId).some(({ kind }) => kind === 'ended'));
    assert.equal((await clock('POST', '/_lens/clock/step')).stepped, false);
    const resumed = await clock('POST', '/_lens/clock?paused=false&scale=1');
    assert.deepEqual([resumed.paused, resumed.scale], [false, 1]);
    await until('the last change of the clock', () =>
      watching.events.some(event => event.type === 'waitClockChanged' && event.scale === 1 && !event.paused),
    );
    watching.dispose();
  });

  for (const [query, message] of [
    ['', /Give "scale", "paused", or both/],
    ['?scale=0', /"scale" must be a number above 0, at most 1000000, not '0'/],
    ['?scale=fast', /not 'fast'/],
    ['?paused=1', /"paused" must be true or false, not '1'/],
  ] as const) {
    test(`POST /_lens/clock${query} is refused`, async () => {
      const { status, body } = await ask('POST', `/_lens/clock${query}`);
      assert.equal(status, 400);
      assert.match(JSON.parse(body).message, message);
    });
  }
});
