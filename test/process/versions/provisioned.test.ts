import assert from 'node:assert/strict';
import {
  CreateAliasCommand,
  DeleteProvisionedConcurrencyConfigCommand,
  GetProvisionedConcurrencyConfigCommand,
  type LambdaClient,
  ListProvisionedConcurrencyConfigsCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { until } from '../../support/until.ts';
import { removeDist } from '../runtime/support.ts';
import { codeThatAnswers, createFunction, type TestEngine, withEngine, zipOf } from './support.ts';

const put = (client: LambdaClient, Qualifier: string, ProvisionedConcurrentExecutions: number) =>
  client.send(
    new PutProvisionedConcurrencyConfigCommand({
      FunctionName: 'f',
      Qualifier,
      ProvisionedConcurrentExecutions,
    }),
  );
const get = (client: LambdaClient, Qualifier: string) =>
  client.send(new GetProvisionedConcurrencyConfigCommand({ FunctionName: 'f', Qualifier }));

async function untilStatus({ client }: TestEngine, Qualifier: string, wanted: string) {
  let status: string | undefined;
  await until(wanted, async () => {
    status = (await get(client, Qualifier)).Status;
    return status === wanted;
  });
}

suite('provisioned concurrency', () => {
  suiteTeardown(removeDist);

  test('keeps environments initialised before there is an invocation', () =>
    withEngine([], {}, async engine => {
      const { client, invoke } = engine;
      await createFunction(client, 'f', 'one', { Publish: true });
      const { $metadata, LastModified, ...answer } = await put(client, '1', 2);
      assert.equal($metadata.httpStatusCode, 202);
      assert.match(LastModified ?? '', /\+0000$/);
      assert.deepEqual(answer, {
        RequestedProvisionedConcurrentExecutions: 2,
        AllocatedProvisionedConcurrentExecutions: 0,
        AvailableProvisionedConcurrentExecutions: 0,
        Status: 'IN_PROGRESS',
      });
      await untilStatus(engine, '1', 'READY');
      assert.equal((await get(client, '1')).AvailableProvisionedConcurrentExecutions, 2);
      const { payload, log } = await invoke('f', '1');
      assert.equal((payload as Record<string, string>).initialization, 'provisioned-concurrency');
      assert.doesNotMatch(log, /INIT_START|Init Duration/);
      assert.equal(((await invoke('f')).payload as Record<string, string>).initialization, 'on-demand');
    }));

  test('follows an alias to another version, and ends with it', () =>
    withEngine([], {}, async engine => {
      const { client, invoke } = engine;
      await createFunction(client, 'f', 'one', { Publish: true });
      await client.send(
        new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: await codeThatAnswers('two') }),
      );
      await client.send(new PublishVersionCommand({ FunctionName: 'f' }));
      await client.send(new CreateAliasCommand({ FunctionName: 'f', Name: 'live', FunctionVersion: '1' }));
      await put(client, 'live', 1);
      await untilStatus(engine, 'live', 'READY');
      await client.send(new UpdateAliasCommand({ FunctionName: 'f', Name: 'live', FunctionVersion: '2' }));
      await untilStatus(engine, 'live', 'READY');
      const { payload } = await invoke('f', 'live');
      const { answer, initialization } = payload as Record<string, string>;
      assert.deepEqual([answer, initialization], ['two', 'provisioned-concurrency']);
      const { ProvisionedConcurrencyConfigs } = await client.send(
        new ListProvisionedConcurrencyConfigsCommand({ FunctionName: 'f' }),
      );
      assert.deepEqual(
        ProvisionedConcurrencyConfigs?.map(({ FunctionArn, Status }) => [FunctionArn, Status]),
        [['arn:aws:lambda:eu-west-1:123456789012:function:f:live', 'READY']],
      );
      await client.send(
        new DeleteProvisionedConcurrencyConfigCommand({ FunctionName: 'f', Qualifier: 'live' }),
      );
      await assert.rejects(get(client, 'live'), { name: 'ProvisionedConcurrencyConfigNotFoundException' });
    }));

  test('is there again after a restart, and replaces what has ended', () =>
    withEngine([], {}, async engine => {
      await createFunction(engine.client, 'f', '', {
        Publish: true,
        Code: {
          ZipFile: await zipOf({
            'index.js': 'exports.handler = async event => event.exit && process.exit(1);',
          }),
        },
      });
      await put(engine.client, '1', 1);
      await engine.restart();
      await untilStatus(engine, '1', 'READY');
      const failed = await engine.invoke('f', '1', { exit: true });
      assert.equal(failed.functionError, 'Unhandled');
      assert.equal((await engine.invoke('f', '1')).payload, null);
      await untilStatus(engine, '1', 'READY');
    }));

  test('is there for functions of the workspace while the template has them', () =>
    withEngine(
      [{ name: 'f' }],
      { 'app.ts': 'export const handler = async () => process.pid;' },
      async engine => {
        await engine.client.send(new PublishVersionCommand({ FunctionName: 'f' }));
        await put(engine.client, '1', 1);
        await untilStatus(engine, '1', 'READY');
        engine.define([]);
        await assert.rejects(get(engine.client, '1'), { name: 'ResourceNotFoundException' });
        engine.define([{ name: 'f' }]);
        await untilStatus(engine, '1', 'READY');
        assert.doesNotMatch((await engine.invoke('f', '1')).log, /INIT_START/);
      },
    ));

  test('says that the init has failed', () =>
    withEngine([], {}, async engine => {
      const ZipFile = await zipOf({ 'index.js': "throw new Error('no');" });
      await createFunction(engine.client, 'f', '', { Publish: true, Code: { ZipFile } });
      await put(engine.client, '1', 1);
      await untilStatus(engine, '1', 'FAILED');
      assert.equal((await get(engine.client, '1')).StatusReason, 'FUNCTION_ERROR_INIT_FAILURE');
    }));

  test('is refused where it cannot be', () =>
    withEngine([], {}, async ({ client }) => {
      await createFunction(client, 'f', 'one', { Publish: true });
      await client.send(
        new CreateAliasCommand({ FunctionName: 'f', Name: 'dev', FunctionVersion: '$LATEST' }),
      );
      for (const qualifier of ['$LATEST', 'dev']) {
        await assert.rejects(put(client, qualifier, 1), {
          name: 'InvalidParameterValueException',
          message: 'Provisioned Concurrency Configs cannot be applied to unpublished function versions.',
        });
      }
      await assert.rejects(put(client, '7', 1), { name: 'ResourceNotFoundException' });
      await assert.rejects(put(client, '1', 0), { name: 'ValidationException' });
      await assert.rejects(put(client, '1', 7), {
        name: 'UnsupportedByLambdaLens',
        message:
          /^UnsupportedByLambdaLens: ProvisionedConcurrentExecutions=7 .*may have 6 execution environments/,
      });
      await client.send(
        new PutFunctionConcurrencyCommand({ FunctionName: 'f', ReservedConcurrentExecutions: 1 }),
      );
      await assert.rejects(put(client, '1', 2), {
        name: 'InvalidParameterValueException',
        message: /should not be greater than the reservedConcurrentExecution/,
      });
    }));
});
