import assert from 'node:assert/strict';
import {
  CreateAliasCommand,
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  type LambdaClient,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { removeDist } from '../runtime/support.ts';
import { codeThatAnswers, createFunction, withEngine } from './support.ts';

const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:f';
const publish = (client: LambdaClient, more: object = {}) =>
  client.send(new PublishVersionCommand({ FunctionName: 'f', ...more }));
const update = async (client: LambdaClient, answer: string) =>
  client.send(new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: await codeThatAnswers(answer) }));
const numbers = async (client: LambdaClient, more: object = {}) => {
  const { Versions = [], NextMarker } = await client.send(
    new ListVersionsByFunctionCommand({ FunctionName: 'f', ...more }),
  );
  return { versions: Versions.map(({ Version }) => Version), NextMarker, Versions };
};

suite('versions of functions', () => {
  suiteTeardown(removeDist);

  test('are what $LATEST was, and stay so', () =>
    withEngine([], {}, async ({ client, invoke }) => {
      await createFunction(client, 'f', 'one');
      const first = await publish(client, { Description: 'the first' });
      assert.deepEqual(
        [first.$metadata.httpStatusCode, first.Version, first.FunctionArn, first.Description, first.State],
        [201, '1', `${arn}:1`, 'the first', 'Active'],
      );
      await update(client, 'two');
      await client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', MemorySize: 512 }));
      const second = await publish(client);
      assert.deepEqual([second.Version, second.MemorySize, second.Description], ['2', 512, '']);
      const kept = await client.send(
        new GetFunctionConfigurationCommand({ FunctionName: 'f', Qualifier: '1' }),
      );
      assert.deepEqual(
        [kept.MemorySize, kept.CodeSha256, kept.FunctionArn],
        [128, first.CodeSha256, `${arn}:1`],
      );
      assert.equal(((await invoke('f', '1')).payload as { answer: string }).answer, 'one');
      assert.equal(((await invoke('f', '2')).payload as { answer: string }).answer, 'two');
    }));

  test('run side by side, each warm and each with its own name', () =>
    withEngine([], {}, async ({ client, invoke }) => {
      await createFunction(client, 'f', 'one', { Publish: true });
      await update(client, 'two');
      const { RevisionId } = await publish(client);
      assert.ok(RevisionId);
      const pids: unknown[] = [];
      for (const name of ['f:1', 'f:2', 'f:1', 'f:2', `${arn}:1`]) {
        const { payload, version, log } = await invoke(name);
        const number = name.at(-1);
        const {
          functionVersion,
          arn: invoked,
          stream,
          pid,
          version: variable,
        } = payload as Record<string, string>;
        assert.deepEqual(
          [functionVersion, variable, version, invoked],
          [number, number, number, `${arn}:${number}`],
        );
        assert.match(stream ?? '', new RegExp(`^\\d{4}/\\d\\d/\\d\\d/\\[${number}\\][0-9a-f]{32}$`));
        assert.match(log, new RegExp(`START RequestId: .* Version: ${number}\\n`));
        pids.push(pid);
      }
      assert.deepEqual([pids[2], pids[3], pids[4]], [pids[0], pids[1], pids[0]]);
      assert.notEqual(pids[0], pids[1]);
    }));

  test('are the same again where nothing has changed', () =>
    withEngine([], {}, async ({ client }) => {
      await createFunction(client, 'f', 'one');
      const { $metadata: _first, ...first } = await publish(client, { Description: 'kept' });
      const { $metadata, ...second } = await publish(client, { Description: 'ignored' });
      assert.equal($metadata.httpStatusCode, 201);
      assert.deepEqual(second, first);
      assert.deepEqual((await numbers(client)).versions, ['$LATEST', '1']);
    }));

  test('are not published of other code than the caller has in mind', () =>
    withEngine([], {}, async ({ client }) => {
      const { CodeSha256 } = await createFunction(client, 'f', 'one');
      await assert.rejects(publish(client, { CodeSha256: 'x' }), {
        name: 'InvalidParameterValueException',
        message: `CodeSHA256 (x) is different from current CodeSHA256 in $LATEST (${CodeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
      });
      assert.equal((await publish(client, { CodeSha256 })).Version, '1');
      await assert.rejects(client.send(new PublishVersionCommand({ FunctionName: 'nope' })), {
        name: 'ResourceNotFoundException',
        message: 'Function not found: arn:aws:lambda:eu-west-1:123456789012:function:nope',
      });
    }));

  test('change the revision of $LATEST, and have one of their own', () =>
    withEngine([], {}, async ({ client }) => {
      await createFunction(client, 'f', 'one');
      const revision = async (Qualifier?: string) =>
        (await client.send(new GetFunctionConfigurationCommand({ FunctionName: 'f', Qualifier }))).RevisionId;
      const before = await revision();
      const { RevisionId } = await publish(client);
      const after = await revision();
      assert.equal(new Set([before, after, RevisionId]).size, 3);
      assert.equal(await revision('1'), RevisionId);
      await client.send(new CreateAliasCommand({ FunctionName: 'f', Name: 'live', FunctionVersion: '1' }));
      assert.equal(await revision(), after);
    }));

  test('are listed with $LATEST first, ascending, fifty to a page', () =>
    withEngine([], {}, async ({ client }) => {
      await createFunction(client, 'f', 'one');
      for (let index = 1; index <= 60; index++) {
        await client.send(
          new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Description: `${index}` }),
        );
        await publish(client);
      }
      const first = await numbers(client, { MaxItems: 10_000 });
      assert.equal(first.versions.length, 50);
      assert.deepEqual(first.versions.slice(0, 3), ['$LATEST', '1', '2']);
      assert.equal(first.Versions[0]?.FunctionArn, `${arn}:$LATEST`);
      assert.equal(first.Versions[0]?.State, undefined);
      const second = await numbers(client, { Marker: first.NextMarker });
      assert.deepEqual(
        [second.versions.length, second.versions[0], second.NextMarker],
        [11, '50', undefined],
      );
      const small = await numbers(client, { MaxItems: 1 });
      assert.deepEqual(small.versions, ['$LATEST']);
      assert.deepEqual((await numbers(client, { MaxItems: 1, Marker: small.NextMarker })).versions, ['1']);
      await assert.rejects(numbers(client, { MaxItems: 0 }), { name: 'ValidationException' });
      await assert.rejects(numbers(client, { Marker: 'nonsense' }), {
        name: 'InvalidParameterValueException',
      });
    })).timeout(30_000);

  test('are deleted one by one, unless an alias leads to them, and their numbers are not given out again', () =>
    withEngine([], {}, async ({ client, invoke }) => {
      await createFunction(client, 'f', 'one', { Publish: true });
      await update(client, 'two');
      await publish(client);
      await client.send(
        new CreateAliasCommand({
          FunctionName: 'f',
          Name: 'live',
          FunctionVersion: '2',
          RoutingConfig: { AdditionalVersionWeights: { 1: 0.1 } },
        }),
      );
      const remove = (Qualifier: string) =>
        client.send(new DeleteFunctionCommand({ FunctionName: 'f', Qualifier }));
      for (const version of ['1', '2']) {
        await assert.rejects(remove(version), {
          name: 'ResourceConflictException',
          message: 'Unable to delete version because the following aliases reference it: [live]',
        });
      }
      await assert.rejects(remove('live'), { name: 'InvalidParameterValueException' });
      await update(client, 'three');
      await publish(client);
      assert.equal((await remove('3')).$metadata.httpStatusCode, 204);
      assert.equal((await remove('3')).$metadata.httpStatusCode, 204);
      await assert.rejects(invoke('f', '3'), { message: `Function not found: ${arn}:3` });
      assert.equal((await publish(client)).Version, '4');
      assert.deepEqual((await numbers(client)).versions, ['$LATEST', '1', '2', '4']);
    }));

  test('a qualifier that leads nowhere is told with the ARN that was looked for', () =>
    withEngine([], {}, async ({ client, invoke }) => {
      await createFunction(client, 'f', 'one');
      for (const qualifier of ['1', 'live', '$latest']) {
        await assert.rejects(invoke('f', qualifier), {
          name: 'ResourceNotFoundException',
          message: `Function not found: ${arn}:${qualifier}`,
        });
      }
      await assert.rejects(
        client.send(new GetFunctionConfigurationCommand({ FunctionName: 'f', Qualifier: '7' })),
        { message: `Function not found: ${arn}:7` },
      );
      await assert.rejects(invoke('f:1', '2'), {
        message: 'The derived qualifier from the function name does not match the specified qualifier.',
      });
    }));
});
