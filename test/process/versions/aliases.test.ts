import assert from 'node:assert/strict';
import {
  CreateAliasCommand,
  type CreateAliasCommandInput,
  DeleteAliasCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  type LambdaClient,
  ListAliasesCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  type UpdateAliasCommandInput,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { removeDist } from '../runtime/support.ts';
import { codeThatAnswers, createFunction, withEngine } from './support.ts';

const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:f';
const create = (client: LambdaClient, Name: string, more: Partial<CreateAliasCommandInput> = {}) =>
  client.send(new CreateAliasCommand({ FunctionName: 'f', Name, FunctionVersion: '1', ...more }));
const point = (client: LambdaClient, Name: string, more: Partial<UpdateAliasCommandInput>) =>
  client.send(new UpdateAliasCommand({ FunctionName: 'f', Name, ...more }));

/** A function f with the versions 1 and 2. */
async function twoVersions(client: LambdaClient): Promise<void> {
  await createFunction(client, 'f', 'one', { Publish: true });
  await client.send(
    new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: await codeThatAnswers('two') }),
  );
  await client.send(new PublishVersionCommand({ FunctionName: 'f' }));
}

suite('aliases of functions', () => {
  suiteTeardown(removeDist);

  test('are created, read, listed and deleted', () =>
    withEngine([], {}, async ({ client }) => {
      await twoVersions(client);
      const { $metadata, RevisionId, ...created } = await create(client, 'live');
      assert.equal($metadata.httpStatusCode, 201);
      assert.ok(RevisionId);
      assert.deepEqual(created, {
        AliasArn: `${arn}:live`,
        Name: 'live',
        FunctionVersion: '1',
        Description: '',
      });
      const { $metadata: _metadata, ...read } = await client.send(
        new GetAliasCommand({ FunctionName: 'f', Name: 'live' }),
      );
      assert.deepEqual(read, { ...created, RevisionId });
      await create(client, 'dev', { FunctionVersion: '$LATEST' });
      await create(client, 'canary', {
        FunctionVersion: '1',
        RoutingConfig: { AdditionalVersionWeights: { 2: 0.25 } },
      });
      const names = async (FunctionVersion?: string) =>
        (await client.send(new ListAliasesCommand({ FunctionName: 'f', FunctionVersion }))).Aliases?.map(
          ({ Name }) => Name,
        );
      assert.deepEqual(await names(), ['canary', 'dev', 'live']);
      assert.deepEqual(await names('2'), ['canary']);
      assert.deepEqual(await names('$LATEST'), ['dev']);
      for (let times = 0; times < 2; times++) {
        const deleted = await client.send(new DeleteAliasCommand({ FunctionName: 'f', Name: 'live' }));
        assert.equal(deleted.$metadata.httpStatusCode, 204);
      }
      await assert.rejects(client.send(new GetAliasCommand({ FunctionName: 'f', Name: 'live' })), {
        name: 'ResourceNotFoundException',
        message: `Cannot find alias arn: ${arn}:live`,
      });
    }));

  test('run their version under their own ARN', () =>
    withEngine([], {}, async ({ client, invoke }) => {
      await twoVersions(client);
      await create(client, 'live', { FunctionVersion: '2' });
      const { payload, version, log } = await invoke('f', 'live');
      const { answer, functionVersion, arn: invoked } = payload as Record<string, string>;
      assert.deepEqual([answer, functionVersion, invoked, version], ['two', '2', `${arn}:live`, '2']);
      assert.match(log, /START RequestId: .* Version: 2\n/);
      const configuration = await client.send(
        new GetFunctionConfigurationCommand({ FunctionName: 'f:live' }),
      );
      assert.deepEqual([configuration.FunctionArn, configuration.Version], [`${arn}:live`, '2']);
    }));

  test('take a change of version or weight with the very next invocation', () =>
    withEngine([], {}, async ({ client, invoke }) => {
      await twoVersions(client);
      await create(client, 'live');
      const versions = async (times: number) => {
        const seen: (string | undefined)[] = [];
        for (let index = 0; index < times; index++) seen.push((await invoke('f', 'live')).version);
        return [...new Set(seen)].sort();
      };
      assert.deepEqual(await versions(3), ['1']);
      await point(client, 'live', { FunctionVersion: '2' });
      assert.deepEqual(await versions(1), ['2']);
      await point(client, 'live', { RoutingConfig: { AdditionalVersionWeights: { 1: 1 } } });
      assert.deepEqual(await versions(10), ['1']);
      await point(client, 'live', { RoutingConfig: { AdditionalVersionWeights: { 1: 0 } } });
      assert.deepEqual(await versions(10), ['2']);
      await point(client, 'live', { RoutingConfig: { AdditionalVersionWeights: { 1: 0.5 } } });
      // All forty the same: once in 500 thousand million times.
      assert.deepEqual(await versions(40), ['1', '2']);
      const cleared = await point(client, 'live', { RoutingConfig: { AdditionalVersionWeights: {} } });
      assert.equal(cleared.RoutingConfig, undefined);
      assert.deepEqual(await versions(10), ['2']);
    }));

  test('keep what an update does not name, and remember what they were', () =>
    withEngine([], {}, async engine => {
      const { client } = engine;
      await twoVersions(client);
      await create(client, 'live', { RoutingConfig: { AdditionalVersionWeights: { 2: 0.1 } } });
      const described = await point(client, 'live', { Description: 'the public one' });
      assert.deepEqual(
        [described.FunctionVersion, described.RoutingConfig?.AdditionalVersionWeights, described.Description],
        ['1', { 2: 0.1 }, 'the public one'],
      );
      await point(client, 'live', { FunctionVersion: '2', RoutingConfig: {} });
      const { body } = await engine.lens('GET', '/_lens/alias-changes?function=f&alias=live');
      const { changes } = body as { changes: readonly { alias: Record<string, unknown> }[] };
      assert.deepEqual(
        changes.map(({ alias }) => [alias.version, alias.additional, alias.revisionId]),
        [['1', { version: '2', weight: 0.1 }, described.RevisionId]],
      );
    }));

  test('are changed by those only who know the revision, where they say one', () =>
    withEngine([], {}, async ({ client }) => {
      await twoVersions(client);
      const { RevisionId } = await create(client, 'live');
      const changed = await point(client, 'live', { FunctionVersion: '2', RevisionId });
      assert.notEqual(changed.RevisionId, RevisionId);
      await assert.rejects(point(client, 'live', { FunctionVersion: '1', RevisionId }), {
        name: 'PreconditionFailedException',
      });
      const { FunctionVersion } = await client.send(new GetAliasCommand({ FunctionName: 'f', Name: 'live' }));
      assert.equal(FunctionVersion, '2');
    }));

  test('are refused in the words of AWS where they cannot be', () =>
    withEngine([], {}, async ({ client }) => {
      await twoVersions(client);
      await create(client, 'live');
      const refusals: readonly (readonly [
        string,
        Partial<CreateAliasCommandInput>,
        string,
        string | RegExp,
      ])[] = [
        ['live', {}, 'ResourceConflictException', `Alias already exists: ${arn}:live`],
        ['12', {}, 'ValidationException', /Value '12' at 'name' failed to satisfy constraint/],
        ['x', { FunctionVersion: '10' }, 'ResourceNotFoundException', `Function not found: ${arn}:10`],
        ['x', { FunctionVersion: 'live' }, 'ValidationException', /at 'functionVersion'/],
        [
          'x',
          { FunctionVersion: '$LATEST', RoutingConfig: { AdditionalVersionWeights: { 1: 0.1 } } },
          'InvalidParameterValueException',
          '$LATEST is not supported for an alias pointing to more than 1 version',
        ],
        [
          'x',
          { RoutingConfig: { AdditionalVersionWeights: { 1: 0.1, 2: 0.1 } } },
          'InvalidParameterValueException',
          'Number of items in AdditionalVersionWeights cannot be greater than 1',
        ],
        [
          'x',
          { RoutingConfig: { AdditionalVersionWeights: { 2: 1.5 } } },
          'ValidationException',
          /Member must have value less than or equal to 1/,
        ],
      ];
      for (const [name, more, error, message] of refusals) {
        await assert.rejects(create(client, name, more), { name: error, message });
      }
      await assert.rejects(point(client, 'none', { FunctionVersion: '1' }), {
        name: 'ResourceNotFoundException',
        message: `Alias not found: ${arn}:none`,
      });
    }));

  test('are still there after a restart, with their weights', () =>
    withEngine([], {}, async engine => {
      await twoVersions(engine.client);
      await create(engine.client, 'live', { RoutingConfig: { AdditionalVersionWeights: { 2: 1 } } });
      await engine.restart();
      assert.equal((await engine.invoke('f', 'live')).version, '2');
    }));
});
