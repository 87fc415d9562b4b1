import assert from 'node:assert/strict';
import {
  CreateAliasCommand,
  CreateFunctionUrlConfigCommand,
  DeleteFunctionConcurrencyCommand,
  DeleteFunctionUrlConfigCommand,
  GetAccountSettingsCommand,
  GetFunctionCodeSigningConfigCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionUrlConfigCommand,
  GetRuntimeManagementConfigCommand,
  ListFunctionUrlConfigsCommand,
  ListTagsCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutRuntimeManagementConfigCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFunctionUrlConfigCommand,
} from '@aws-sdk/client-lambda';
import type { FunctionUrlDefinition } from '../../../src/model/versions.ts';
import { removeDist } from '../runtime/support.ts';
import { createFunction, withEngine } from './support.ts';

const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:f';
const plain = { 'app.ts': 'export const handler = async () => 1;' };

suite('settings of functions', () => {
  suiteTeardown(removeDist);

  test('reserved concurrency throttles, can be read and can be taken away', () =>
    withEngine([], {}, async ({ client, invoke }) => {
      await createFunction(client, 'f', 'one');
      const put = (ReservedConcurrentExecutions: number) =>
        client.send(new PutFunctionConcurrencyCommand({ FunctionName: 'f', ReservedConcurrentExecutions }));
      const get = async () =>
        (await client.send(new GetFunctionConcurrencyCommand({ FunctionName: 'f' })))
          .ReservedConcurrentExecutions;
      assert.equal(await get(), undefined);
      assert.equal((await put(0)).ReservedConcurrentExecutions, 0);
      await assert.rejects(invoke('f'), {
        name: 'TooManyRequestsException',
        Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
      });
      const { Concurrency } = await client.send(new GetFunctionCommand({ FunctionName: 'f' }));
      assert.equal(Concurrency?.ReservedConcurrentExecutions, 0);
      await put(900);
      await assert.rejects(put(901), {
        name: 'InvalidParameterValueException',
        message: /decreases account's UnreservedConcurrentExecution below its minimum value of \[100\]/,
      });
      const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
      assert.equal(AccountLimit?.UnreservedConcurrentExecutions, 100);
      const deleted = await client.send(new DeleteFunctionConcurrencyCommand({ FunctionName: 'f' }));
      assert.equal(deleted.$metadata.httpStatusCode, 204);
      assert.equal(await get(), undefined);
      await invoke('f');
      await assert.rejects(client.send(new GetFunctionConcurrencyCommand({ FunctionName: 'g' })), {
        name: 'ResourceNotFoundException',
      });
    }));

  test('reserved concurrency of the API counts until the template says another', () =>
    withEngine([{ reservedConcurrency: 5 }], plain, async engine => {
      const get = async () =>
        (await engine.client.send(new GetFunctionConcurrencyCommand({ FunctionName: 'fn' })))
          .ReservedConcurrentExecutions;
      assert.equal(await get(), 5);
      await engine.client.send(
        new PutFunctionConcurrencyCommand({ FunctionName: 'fn', ReservedConcurrentExecutions: 7 }),
      );
      assert.equal(await get(), 7);
      engine.define([{ reservedConcurrency: 5, memorySizeMb: 256 }]);
      assert.equal(await get(), 7);
      engine.define([{ reservedConcurrency: 0 }]);
      assert.equal(await get(), 0);
      await assert.rejects(engine.invoke('fn'), { name: 'TooManyRequestsException' });
    }));

  test('tags are the template’s and the API’s', () =>
    withEngine([{ tags: { team: 'shop' } }], plain, async ({ client }) => {
      await createFunction(client, 'f', 'one', { Tags: { a: '1' } });
      const tags = async (Resource: string) => (await client.send(new ListTagsCommand({ Resource }))).Tags;
      assert.deepEqual(await tags(arn), { a: '1' });
      const tagged = await client.send(new TagResourceCommand({ Resource: arn, Tags: { b: '2' } }));
      assert.equal(tagged.$metadata.httpStatusCode, 204);
      await client.send(new UntagResourceCommand({ Resource: arn, TagKeys: ['a', 'none'] }));
      assert.deepEqual(await tags(arn), { b: '2' });
      const ofTemplate = arn.replace(/f$/, 'fn');
      await client.send(new TagResourceCommand({ Resource: ofTemplate, Tags: { env: 'dev' } }));
      assert.deepEqual(await tags(ofTemplate), { team: 'shop', env: 'dev' });
      await assert.rejects(tags(`${arn}:1`), { name: 'InvalidParameterValueException' });
      await assert.rejects(client.send(new TagResourceCommand({ Resource: arn, Tags: { 'aws:x': '1' } })), {
        name: 'InvalidParameterValueException',
      });
      await assert.rejects(tags('f'), { name: 'ValidationException' });
    }));

  test('function URLs answer for the function or an alias, as soon as they are made', () =>
    withEngine([], {}, async engine => {
      const { client } = engine;
      await createFunction(client, 'f', 'one', { Publish: true });
      await client.send(new CreateAliasCommand({ FunctionName: 'f', Name: 'live', FunctionVersion: '1' }));
      const created = await client.send(
        new CreateFunctionUrlConfigCommand({
          FunctionName: 'f',
          AuthType: 'NONE',
          Cors: { AllowOrigins: ['*'] },
        }),
      );
      assert.deepEqual(
        [created.$metadata.httpStatusCode, created.FunctionArn, created.AuthType, created.Cors],
        [201, arn, 'NONE', { AllowOrigins: ['*'] }],
      );
      const answer = async (url = '') =>
        (await (await fetch(url)).json()) as { version: string; arn: string };
      assert.equal((await answer(created.FunctionUrl)).version, '$LATEST');
      const ofAlias = await client.send(
        new CreateFunctionUrlConfigCommand({ FunctionName: 'f', Qualifier: 'live', AuthType: 'NONE' }),
      );
      const { version, arn: invoked } = await answer(ofAlias.FunctionUrl);
      assert.deepEqual([version, invoked, ofAlias.FunctionArn], ['1', `${arn}:live`, `${arn}:live`]);
      await assert.rejects(
        client.send(new CreateFunctionUrlConfigCommand({ FunctionName: 'f', AuthType: 'NONE' })),
        {
          name: 'ResourceConflictException',
          message: `Failed to create function url config for [functionArn = ${arn}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
        },
      );
      const updated = await client.send(
        new UpdateFunctionUrlConfigCommand({ FunctionName: 'f', AuthType: 'AWS_IAM' }),
      );
      assert.deepEqual([updated.AuthType, updated.FunctionUrl], ['AWS_IAM', created.FunctionUrl]);
      assert.equal((await fetch(created.FunctionUrl ?? '')).status, 403);
      await engine.restart();
      const { FunctionUrlConfigs } = await engine.client.send(
        new ListFunctionUrlConfigsCommand({ FunctionName: 'f' }),
      );
      assert.deepEqual(
        FunctionUrlConfigs?.map(({ FunctionArn, AuthType }) => [FunctionArn, AuthType]),
        [
          [arn, 'AWS_IAM'],
          [`${arn}:live`, 'NONE'],
        ],
      );
      const deleted = await engine.client.send(new DeleteFunctionUrlConfigCommand({ FunctionName: 'f' }));
      assert.equal(deleted.$metadata.httpStatusCode, 204);
      await assert.rejects(engine.client.send(new GetFunctionUrlConfigCommand({ FunctionName: 'f' })), {
        name: 'ResourceNotFoundException',
        message: 'The resource you requested does not exist.',
      });
    }));

  test('function URLs of a template are told, and changed there only', () => {
    const url: FunctionUrlDefinition = {
      logicalId: 'fnUrl',
      stackId: 'template.yaml',
      definedAt: { file: 'template.yaml', startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
      functionName: 'fn',
      authType: 'NONE',
      invokeMode: 'BUFFERED',
    };
    return withEngine(
      [{}],
      plain,
      async ({ client }) => {
        const { FunctionUrl } = await client.send(new GetFunctionUrlConfigCommand({ FunctionName: 'fn' }));
        assert.equal(await (await fetch(FunctionUrl ?? '')).text(), '1');
        for (const command of [
          new UpdateFunctionUrlConfigCommand({ FunctionName: 'fn', AuthType: 'AWS_IAM' }),
          new DeleteFunctionUrlConfigCommand({ FunctionName: 'fn' }),
        ]) {
          await assert.rejects(client.send(command as DeleteFunctionUrlConfigCommand), {
            name: 'UnsupportedByLambdaLens',
          });
        }
        for (const Qualifier of ['1', '$LATEST']) {
          await assert.rejects(
            client.send(
              new CreateFunctionUrlConfigCommand({ FunctionName: 'fn', Qualifier, AuthType: 'NONE' }),
            ),
            { name: 'ValidationException' },
          );
        }
        await assert.rejects(
          client.send(new CreateFunctionUrlConfigCommand({ FunctionName: 'none', AuthType: 'NONE' })),
          { name: 'ResourceNotFoundException', message: 'Function does not exist' },
        );
      },
      { functionUrls: [url], apis: [], routes: [], authorizers: [] },
    );
  });

  test('what has one value here is told, and no other is taken', () =>
    withEngine([], {}, async ({ client }) => {
      await createFunction(client, 'f', 'one');
      const signing = await client.send(new GetFunctionCodeSigningConfigCommand({ FunctionName: 'f' }));
      assert.deepEqual([signing.CodeSigningConfigArn, signing.FunctionName], ['', 'f']);
      const runtime = await client.send(new GetRuntimeManagementConfigCommand({ FunctionName: 'f' }));
      assert.deepEqual([runtime.UpdateRuntimeOn, runtime.FunctionArn], ['Auto', arn]);
      await client.send(
        new PutRuntimeManagementConfigCommand({ FunctionName: 'f', UpdateRuntimeOn: 'Auto' }),
      );
      await assert.rejects(
        client.send(new PutRuntimeManagementConfigCommand({ FunctionName: 'f', UpdateRuntimeOn: 'Manual' })),
        { name: 'UnsupportedByLambdaLens', message: /^UnsupportedByLambdaLens: UpdateRuntimeOn=Manual / },
      );
    }));

  test('the account has its limits and what is used of them', () =>
    withEngine([{}], plain, async ({ client }) => {
      await createFunction(client, 'f', 'one');
      await client.send(new PublishVersionCommand({ FunctionName: 'f' }));
      const { AccountLimit, AccountUsage } = await client.send(new GetAccountSettingsCommand({}));
      assert.deepEqual(AccountLimit, {
        TotalCodeSize: 80_530_636_800,
        CodeSizeUnzipped: 262_144_000,
        CodeSizeZipped: 52_428_800,
        ConcurrentExecutions: 1000,
        UnreservedConcurrentExecutions: 1000,
      });
      assert.equal(AccountUsage?.FunctionCount, 2);
      assert.ok((AccountUsage?.TotalCodeSize ?? 0) > 0);
    }));
});
