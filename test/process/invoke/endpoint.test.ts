// Real functions behind the engine's endpoint, called by the AWS SDK.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { InvokeCommand, type LambdaClient, TooManyRequestsException } from '@aws-sdk/client-lambda';
import type { FunctionDefinition } from '../../../src/model/functionDefinition.ts';
import { until } from '../../support/until.ts';
import { removeDist, type TestRuntime } from '../runtime/support.ts';
import { withLambda } from './support.ts';

const handler = `
import { existsSync } from 'node:fs';
let calls = 0;
export const handler = async (event: { wait?: number; waitFor?: string; exit?: boolean }) => {
  calls++;
  while (event.waitFor && !existsSync(event.waitFor)) await new Promise(resolve => setTimeout(resolve, 20));
  await new Promise(resolve => setTimeout(resolve, event.wait ?? 0));
  if (event.exit) process.exit(1);
  return calls;
};`;

suite('a function behind the endpoint', () => {
  suiteTeardown(removeDist);

  const withEndpoint = (
    given: Partial<FunctionDefinition>,
    test: (client: LambdaClient, runtime: TestRuntime) => Promise<void>,
  ) => withLambda(given, handler, ({ client, runtime }) => test(client, runtime));
  const invocation = (event: unknown) =>
    new InvokeCommand({ FunctionName: 'fn', Payload: Buffer.from(JSON.stringify(event)) });
  const answerTo = async (client: LambdaClient, event: unknown) =>
    JSON.parse(Buffer.from((await client.send(invocation(event))).Payload ?? []).toString('utf8')) as unknown;
  const ended = ({ events }: TestRuntime) => events.filter(event => event.type === 'invocationEnded');

  test('runs to its end when its caller goes away, and answers the next one', () =>
    withEndpoint({}, async (client, runtime) => {
      const abort = new AbortController();
      const gone = client.send(invocation({ wait: 300 }), { abortSignal: abort.signal });
      await until('the invocation to begin', () =>
        runtime.events.some(event => event.type === 'environmentChanged' && event.state === 'busy'),
      );
      abort.abort();
      await assert.rejects(gone, { name: 'AbortError' });
      await until('the invocation to end', () => ended(runtime).length === 1);
      assert.equal(ended(runtime)[0]?.status, 'success');
      assert.equal(await answerTo(client, {}), 2);
    }));

  test('runs once when it fails', () =>
    withEndpoint({}, async (client, runtime) => {
      assert.equal(
        ((await answerTo(client, { exit: true })) as { errorType: string }).errorType,
        'Runtime.ExitError',
      );
      assert.equal(ended(runtime).length, 1);
    }));

  test('tells with the status 429 what has limited it', () =>
    withEndpoint({ reservedConcurrency: 2, timeoutSeconds: 60 }, async (client, { workspace, write }) => {
      const event = { waitFor: join(workspace, 'go') };
      const refused: unknown[] = [];
      const answers = Array.from({ length: 200 }, () =>
        answerTo(client, event).catch(error => void refused.push(error)),
      );
      await until('the refusals', () => refused.length === 198, 30_000);
      await write({ go: '' });
      await Promise.all(answers);
      assert.equal(refused.length, 198);
      for (const error of refused) {
        assert.ok(error instanceof TooManyRequestsException);
        assert.deepEqual(
          [error.$metadata.httpStatusCode, error.Reason, error.message],
          [429, 'ReservedFunctionConcurrentInvocationLimitExceeded', 'Rate Exceeded.'],
        );
      }
      assert.equal(typeof (await answerTo(client, {})), 'number');
    }));
});
