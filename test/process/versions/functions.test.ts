import assert from 'node:assert/strict';
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  LambdaServiceException,
  ListFunctionsCommand,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { readZip } from '../../../src/shared/readZip.ts';
import { removeDist } from '../runtime/support.ts';
import { codeThatAnswers, createFunction, role, withEngine } from './support.ts';

const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:f';

suite('functions that the API makes', () => {
  suiteTeardown(removeDist);

  test('are created, waited for, read, listed and invoked', () =>
    withEngine([], {}, async ({ client, invoke }) => {
      const code = await codeThatAnswers('one');
      const created = await createFunction(client, 'f', 'one', { Environment: { Variables: { NAME: 'x' } } });
      const { $metadata, CodeSha256, CodeSize, LastModified, RevisionId, RuntimeVersionConfig, ...rest } =
        created;
      assert.equal($metadata.httpStatusCode, 201);
      assert.equal(CodeSize, code.length);
      assert.match(LastModified ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
      assert.match(
        RuntimeVersionConfig?.RuntimeVersionArn ?? '',
        /^arn:aws:lambda:eu-west-1::runtime:[0-9a-f]{64}$/,
      );
      assert.deepEqual(rest, {
        FunctionName: 'f',
        FunctionArn: arn,
        Runtime: 'nodejs24.x',
        Role: role,
        Handler: 'index.handler',
        Description: '',
        Timeout: 3,
        MemorySize: 128,
        Version: '$LATEST',
        Environment: { Variables: { NAME: 'x' } },
        TracingConfig: { Mode: 'PassThrough' },
        State: 'Pending',
        StateReason: 'The function is being created.',
        StateReasonCode: 'Creating',
        PackageType: 'Zip',
        Architectures: ['x86_64'],
        EphemeralStorage: { Size: 512 },
        SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
        LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/f' },
      });
      await waitUntilFunctionActiveV2({ client, maxWaitTime: 5 }, { FunctionName: 'f' });
      const got = await client.send(new GetFunctionConfigurationCommand({ FunctionName: 'f' }));
      assert.deepEqual(
        [got.State, got.LastUpdateStatus, got.CodeSha256, got.FunctionArn],
        ['Active', 'Successful', CodeSha256, arn],
      );
      assert.notEqual(got.RevisionId, RevisionId);
      const qualified = await client.send(new GetFunctionConfigurationCommand({ FunctionName: 'f:$LATEST' }));
      assert.equal(qualified.FunctionArn, `${arn}:$LATEST`);
      const { payload, version } = await invoke('f');
      assert.equal(version, '$LATEST');
      assert.deepEqual((payload as { answer: string }).answer, 'one');
    }));

  test("can be downloaded, by a link that is nobody else's", () =>
    withEngine([], {}, async ({ client }) => {
      await createFunction(client, 'f', 'one');
      const { Code } = await client.send(new GetFunctionCommand({ FunctionName: 'f' }));
      const location = Code?.Location ?? '';
      const response = await fetch(location);
      assert.deepEqual([response.status, response.headers.get('content-type')], [200, 'application/zip']);
      const contents = readZip(Buffer.from(await response.arrayBuffer()));
      assert.deepEqual(contents.kind === 'entries' && contents.entries.map(({ name }) => name), ['index.js']);
      const forged = await fetch(location.replace(/expires=\d+/, 'expires=99999999999999'));
      assert.equal(forged.status, 403);
    }));

  test('are updated, and what was warm runs the new code on the next invocation', () =>
    withEngine([], {}, async ({ client, invoke }) => {
      const created = await createFunction(client, 'f', 'one');
      assert.equal(((await invoke('f')).payload as { answer: string }).answer, 'one');
      const updated = await client.send(
        new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: await codeThatAnswers('two') }),
      );
      assert.deepEqual(
        [updated.LastUpdateStatus, updated.State, updated.CodeSha256 === created.CodeSha256],
        ['InProgress', 'Active', false],
      );
      await waitUntilFunctionUpdatedV2({ client, maxWaitTime: 5 }, { FunctionName: 'f' });
      assert.equal(((await invoke('f')).payload as { answer: string }).answer, 'two');
      await client.send(
        new UpdateFunctionConfigurationCommand({ FunctionName: 'f', MemorySize: 256, Description: 'new' }),
      );
      const { MemorySize, Description, CodeSha256, Handler } = await client.send(
        new GetFunctionConfigurationCommand({ FunctionName: 'f' }),
      );
      assert.deepEqual(
        [MemorySize, Description, CodeSha256, Handler],
        [256, 'new', updated.CodeSha256, 'index.handler'],
      );
    }));

  test('are updated by those only who know the revision, where they say one', () =>
    withEngine([], {}, async ({ client }) => {
      await createFunction(client, 'f', 'one');
      const { RevisionId } = await client.send(new GetFunctionConfigurationCommand({ FunctionName: 'f' }));
      await client.send(
        new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Timeout: 5, RevisionId }),
      );
      for (const command of [
        new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Timeout: 6, RevisionId }),
        new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: await codeThatAnswers('x'), RevisionId }),
        new PublishVersionCommand({ FunctionName: 'f', RevisionId }),
      ]) {
        await assert.rejects(client.send(command as PublishVersionCommand), {
          name: 'PreconditionFailedException',
          message:
            'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
        });
      }
      const { Timeout } = await client.send(new GetFunctionConfigurationCommand({ FunctionName: 'f' }));
      assert.equal(Timeout, 5);
    }));

  test('DryRun changes nothing, and Publish gives the version', () =>
    withEngine([], {}, async ({ client }) => {
      const first = await createFunction(client, 'f', 'one', { Publish: true });
      assert.deepEqual([first.Version, first.FunctionArn], ['1', arn]);
      const ZipFile = await codeThatAnswers('two');
      await client.send(new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile, DryRun: true }));
      const same = await client.send(new GetFunctionConfigurationCommand({ FunctionName: 'f' }));
      assert.equal(same.CodeSha256, first.CodeSha256);
      const second = await client.send(
        new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile, Publish: true }),
      );
      assert.deepEqual([second.Version, second.FunctionArn], ['2', `${arn}:2`]);
    }));

  test('are gone when they are deleted, and their numbers are not given out again', () =>
    withEngine([], {}, async ({ client, invoke }) => {
      await createFunction(client, 'f', 'one', { Publish: true });
      const { $metadata } = await client.send(new DeleteFunctionCommand({ FunctionName: 'f' }));
      assert.equal($metadata.httpStatusCode, 204);
      await assert.rejects(client.send(new GetFunctionCommand({ FunctionName: 'f' })), {
        name: 'ResourceNotFoundException',
        message: `Function not found: ${arn}`,
      });
      await assert.rejects(invoke('f'), { message: `Function not found: ${arn}:$LATEST` });
      await assert.rejects(client.send(new DeleteFunctionCommand({ FunctionName: 'f' })), {
        name: 'ResourceNotFoundException',
      });
      const again = await createFunction(client, 'f', 'one', { Publish: true });
      assert.equal(again.Version, '2');
    }));

  test('are listed fifty to a page, with their versions where they are asked for', () =>
    withEngine([], {}, async ({ client }) => {
      for (let index = 0; index < 60; index++) {
        await createFunction(client, `f-${String(index).padStart(2, '0')}`, 'one', { Publish: index < 2 });
      }
      const list = async (FunctionVersion?: 'ALL', MaxItems?: number) => {
        const pages: string[][] = [];
        let Marker: string | undefined;
        do {
          const page = await client.send(new ListFunctionsCommand({ FunctionVersion, MaxItems, Marker }));
          pages.push((page.Functions ?? []).map(({ FunctionName, Version }) => `${FunctionName}:${Version}`));
          assert.equal(page.Functions?.[0]?.State, undefined);
          Marker = page.NextMarker;
        } while (Marker !== undefined);
        return pages;
      };
      const pages = await list();
      assert.deepEqual(
        pages.map(page => page.length),
        [50, 10],
      );
      assert.equal(new Set(pages.flat()).size, 60);
      const all = await list('ALL', 3);
      assert.deepEqual(all.flat().slice(0, 5), [
        'f-00:$LATEST',
        'f-00:1',
        'f-01:$LATEST',
        'f-01:1',
        'f-02:$LATEST',
      ]);
      assert.equal(all.flat().length, 62);
      assert.equal(new Set(all.flat()).size, 62);
    })).timeout(60_000);

  test('are still there after a restart, to the last revision', () =>
    withEngine([], {}, async engine => {
      await createFunction(engine.client, 'f', 'one', { Publish: true });
      const before = await engine.client.send(new GetFunctionConfigurationCommand({ FunctionName: 'f' }));
      await engine.restart();
      const { $metadata: _before, ...known } = before;
      const { $metadata: _after, ...found } = await engine.client.send(
        new GetFunctionConfigurationCommand({ FunctionName: 'f' }),
      );
      assert.deepEqual(found, known);
      assert.equal((await engine.invoke('f', '1')).version, '1');
    }));

  test('have a dead-letter queue until it is taken away', () =>
    withEngine([], {}, async ({ client }) => {
      const queue = 'arn:aws:sqs:eu-west-1:123456789012:dead';
      const set = async (TargetArn: string) => {
        await client.send(
          new UpdateFunctionConfigurationCommand({ FunctionName: 'f', DeadLetterConfig: { TargetArn } }),
        );
        return (await client.send(new GetFunctionConfigurationCommand({ FunctionName: 'f' })))
          .DeadLetterConfig;
      };
      const created = await createFunction(client, 'f', 'one', { DeadLetterConfig: { TargetArn: queue } });
      assert.equal(created.DeadLetterConfig?.TargetArn, queue);
      assert.equal(await set(''), undefined);
      assert.equal((await set(queue))?.TargetArn, queue);
      await assert.rejects(set('arn:aws:s3:::bucket'), { name: 'InvalidParameterValueException' });
    }));

  test('what is wrong is refused in the words of AWS', () =>
    withEngine(
      [{ name: 'mine' }],
      { 'app.ts': 'export const handler = async () => 1;' },
      async ({ client }) => {
        await createFunction(client, 'f', 'one');
        const refuse = (command: unknown, name: string, message: string | RegExp) =>
          assert.rejects(client.send(command as GetFunctionCommand), { name, message });
        await assert.rejects(createFunction(client, 'f', 'one'), {
          name: 'ResourceConflictException',
          message: 'Function already exist: f',
        });
        await assert.rejects(createFunction(client, 'g', 'one', { Timeout: 0, Role: 'me' }), {
          name: 'ValidationException',
          message: /^2 validation errors detected: Value 'me' at 'role' .*; Value '0' at 'timeout' /,
        });
        await assert.rejects(createFunction(client, 'x'.repeat(65), 'one'), {
          name: 'InvalidParameterValueException',
          message:
            /at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64$/,
        });
        await assert.rejects(createFunction(client, 'g', 'one', { Runtime: 'java21' }), {
          message: /^UnsupportedByLambdaLens: Runtime=java21 /,
        });
        await assert.rejects(createFunction(client, 'g', 'one', { Runtime: 'cobol' as 'java21' }), {
          name: 'InvalidParameterValueException',
          message: /^Value cobol at 'runtime' failed to satisfy constraint: .* or be a valid ARN$/,
        });
        await assert.rejects(
          createFunction(client, 'g', 'one', { Environment: { Variables: { AWS_REGION: 'x' } } }),
          {
            name: 'InvalidParameterValueException',
            message: /reserved keys/,
          },
        );
        await assert.rejects(
          createFunction(client, 'g', 'one', { Code: { ZipFile: Buffer.from('no zip') } }),
          {
            name: 'InvalidParameterValueException',
            message: 'Could not unzip uploaded file. Please check your file, then try to upload again.',
          },
        );
        await refuse(
          new CreateFunctionCommand({
            FunctionName: 'g',
            Role: role,
            Code: {},
            Runtime: 'nodejs24.x',
            Handler: 'a.b',
          }),
          'InvalidParameterValueException',
          'Please provide a source for function code.',
        );
        await refuse(
          new DeleteFunctionCommand({ FunctionName: 'f', Qualifier: '$LATEST' }),
          'InvalidParameterValueException',
          '$LATEST version cannot be deleted without deleting the function.',
        );
        await refuse(
          new DeleteFunctionCommand({ FunctionName: 'mine' }),
          'UnsupportedByLambdaLens',
          /^UnsupportedByLambdaLens: DeleteFunction does not delete mine: a template of the workspace defines it/,
        );
        await refuse(
          new UpdateFunctionConfigurationCommand({ FunctionName: 'f:1', Timeout: 3 }),
          'InvalidParameterValueException',
          /^This operation is permitted on Lambda functions only/,
        );
      },
    ));

  for (const [member, value] of Object.entries({
    PackageType: 'Image',
    ImageConfig: { Command: ['x'] },
    KMSKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/k',
    SnapStart: { ApplyOn: 'PublishedVersions' },
    VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
    TracingConfig: { Mode: 'Active' },
    FileSystemConfigs: [
      {
        Arn: 'arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-0123456789abcdef0',
        LocalMountPath: '/mnt/x',
      },
    ],
    Layers: ['arn:aws:lambda:eu-west-1:017000801446:layer:Powertools:1'],
  })) {
    test(`${member} is refused by name, as it cannot be honoured`, () =>
      withEngine([], {}, async ({ client }) => {
        await assert.rejects(createFunction(client, 'f', 'one', { [member]: value }), (error: unknown) => {
          assert.ok(error instanceof LambdaServiceException);
          assert.deepEqual([error.name, error.$metadata.httpStatusCode], ['UnsupportedByLambdaLens', 501]);
          assert.match(error.message, new RegExp(`^UnsupportedByLambdaLens: ${member}`));
          return true;
        });
        assert.deepEqual((await client.send(new ListFunctionsCommand({}))).Functions, []);
      }));
  }
});
