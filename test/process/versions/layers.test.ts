import assert from 'node:assert/strict';
import {
  CreateFunctionCommand,
  DeleteLayerVersionCommand,
  GetFunctionConfigurationCommand,
  GetLayerVersionByArnCommand,
  GetLayerVersionCommand,
  type LambdaClient,
  ListLayersCommand,
  ListLayerVersionsCommand,
  PublishLayerVersionCommand,
  type PublishLayerVersionCommandInput,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { removeDist } from '../runtime/support.ts';
import { createFunction, role, withEngine, zipOf } from './support.ts';

const layerArn = 'arn:aws:lambda:eu-west-1:123456789012:layer:words';
const publish = async (
  client: LambdaClient,
  word: string,
  more: Partial<PublishLayerVersionCommandInput> = {},
) =>
  client.send(
    new PublishLayerVersionCommand({
      LayerName: 'words',
      Content: {
        ZipFile: await zipOf({
          'nodejs/node_modules/words/index.js': `module.exports = '${word}';`,
          'word.txt': word,
        }),
      },
      ...more,
    }),
  );

suite('layers', () => {
  suiteTeardown(removeDist);

  test('are published, read, listed and deleted', () =>
    withEngine([], {}, async ({ client }) => {
      const first = await publish(client, 'one', {
        Description: 'words',
        CompatibleRuntimes: ['nodejs24.x'],
        LicenseInfo: 'MIT',
      });
      assert.deepEqual(
        [
          first.$metadata.httpStatusCode,
          first.Version,
          first.LayerArn,
          first.LayerVersionArn,
          first.Description,
        ],
        [201, 1, layerArn, `${layerArn}:1`, 'words'],
      );
      assert.equal((await fetch(first.Content?.Location ?? '')).status, 200);
      await publish(client, 'two', { CompatibleRuntimes: ['python3.13'] });
      const {
        $metadata: _metadata,
        Content: _content,
        ...read
      } = await client.send(new GetLayerVersionCommand({ LayerName: layerArn, VersionNumber: 1 }));
      assert.deepEqual(read, {
        LayerArn: layerArn,
        LayerVersionArn: `${layerArn}:1`,
        Description: 'words',
        CreatedDate: first.CreatedDate,
        Version: 1,
        CompatibleRuntimes: ['nodejs24.x'],
        LicenseInfo: 'MIT',
      });
      const byArn = await client.send(new GetLayerVersionByArnCommand({ Arn: `${layerArn}:2` }));
      assert.equal(byArn.Version, 2);
      const latest = async (CompatibleRuntime?: 'nodejs24.x') =>
        (await client.send(new ListLayersCommand({ CompatibleRuntime }))).Layers?.map(
          ({ LayerName, LatestMatchingVersion }) => [LayerName, LatestMatchingVersion?.Version],
        );
      assert.deepEqual(await latest(), [['words', 2]]);
      assert.deepEqual(await latest('nodejs24.x'), [['words', 1]]);
      const page = await client.send(new ListLayerVersionsCommand({ LayerName: 'words', MaxItems: 1 }));
      assert.deepEqual(
        page.LayerVersions?.map(({ Version }) => Version),
        [2],
      );
      const rest = await client.send(
        new ListLayerVersionsCommand({ LayerName: 'words', Marker: page.NextMarker }),
      );
      assert.deepEqual(
        [rest.LayerVersions?.map(({ Version }) => Version), rest.NextMarker],
        [[1], undefined],
      );
      for (let times = 0; times < 2; times++) {
        const deleted = await client.send(
          new DeleteLayerVersionCommand({ LayerName: 'words', VersionNumber: 2 }),
        );
        assert.equal(deleted.$metadata.httpStatusCode, 204);
      }
      await assert.rejects(
        client.send(new GetLayerVersionCommand({ LayerName: 'words', VersionNumber: 2 })),
        {
          name: 'ResourceNotFoundException',
          message: 'The resource you requested does not exist.',
        },
      );
      assert.equal((await publish(client, 'three')).Version, 3);
    }));

  test('lie over /opt of the functions that name them, in each version as it was published', () =>
    withEngine([], {}, async ({ client, invoke }) => {
      await publish(client, 'one');
      await publish(client, 'two');
      await client.send(
        new CreateFunctionCommand({
          FunctionName: 'f',
          Role: role,
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Layers: [`${layerArn}:1`],
          Code: {
            ZipFile: await zipOf({
              'index.js':
                "exports.handler = async () => require('words') + require('node:fs').readFileSync('/opt/word.txt', 'utf8');",
            }),
          },
        }),
      );
      assert.equal((await invoke('f')).payload, 'oneone');
      await client.send(new PublishVersionCommand({ FunctionName: 'f' }));
      await client.send(
        new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Layers: [`${layerArn}:2`] }),
      );
      assert.equal((await invoke('f')).payload, 'twotwo');
      assert.equal((await invoke('f', '1')).payload, 'oneone');
      const { Layers } = await client.send(
        new GetFunctionConfigurationCommand({ FunctionName: 'f', Qualifier: '1' }),
      );
      assert.deepEqual(
        Layers?.map(({ Arn, CodeSize }) => [Arn, (CodeSize ?? 0) > 0]),
        [[`${layerArn}:1`, true]],
      );
    }));

  test('that are not there, and more than five, are refused', () =>
    withEngine([], {}, async ({ client }) => {
      await publish(client, 'one');
      await assert.rejects(createFunction(client, 'f', 'one', { Layers: [`${layerArn}:2`] }), {
        name: 'InvalidParameterValueException',
        message: `Layer version ${layerArn}:2 does not exist.`,
      });
      const many = Array.from({ length: 6 }, () => `${layerArn}:1`);
      await assert.rejects(createFunction(client, 'f', 'one', { Layers: many }), {
        name: 'InvalidParameterValueException',
        message: 'Cannot reference more than 5 layers.',
      });
      await assert.rejects(createFunction(client, 'f', 'one', { Layers: ['words'] }), {
        name: 'ValidationException',
      });
    }));
});
