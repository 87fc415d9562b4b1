// What a deployment publishes and provisions is there from the engine's start on.
import assert from 'node:assert/strict';
import {
  DeleteProvisionedConcurrencyConfigCommand,
  GetAliasCommand,
  GetProvisionedConcurrencyConfigCommand,
  ListProvisionedConcurrencyConfigsCommand,
  PublishVersionCommand,
  PutProvisionedConcurrencyConfigCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import type { AliasDefinition, VersionDefinition } from '../../../src/model/versions.ts';
import { until } from '../../support/until.ts';
import { removeDist } from '../runtime/support.ts';
import { type TestEngine, withEngine } from './support.ts';

const handler = (word: string) =>
  `export const handler = async () => [${JSON.stringify(word)}, process.env.AWS_LAMBDA_FUNCTION_VERSION, process.env.AWS_LAMBDA_INITIALIZATION_TYPE];`;
const files = { 'app.ts': handler('one') };
const broken = 'export const handler = async () => {\n  const x: = 1;\n};';
const resource = {
  stackId: 'template.yaml',
  definedAt: { file: 'template.yaml', startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
};
const live: AliasDefinition = {
  ...resource,
  logicalId: 'fnAliaslive',
  name: 'live',
  functionName: 'fn',
  target: { kind: 'published' },
};
const provisioned = (count: number): AliasDefinition => ({ ...live, provisionedConcurrency: count });
const named = (Qualifier: string) => ({ FunctionName: 'fn', Qualifier });

const aliasVersion = async ({ client }: TestEngine, Name = 'live') =>
  (await client.send(new GetAliasCommand({ FunctionName: 'fn', Name }))).FunctionVersion;
const statusOf = ({ client }: TestEngine, qualifier = 'live') =>
  client.send(new GetProvisionedConcurrencyConfigCommand(named(qualifier)));
const untilReady = (engine: TestEngine, qualifier = 'live') =>
  until('environments are ready', async () => {
    const { Status } = await statusOf(engine, qualifier).catch(() => ({ Status: undefined }));
    return Status === 'READY';
  });

suite('what a deployment publishes', () => {
  suiteTeardown(removeDist);

  test('is published at the start, without anybody asking for it', () =>
    withEngine(
      [{}],
      files,
      async engine => {
        await until('the version', () =>
          engine.events.some(event => event.type === 'versionsChanged' && event.functionName === 'fn'),
        );
        await engine.write({ 'app.ts': handler('two') });
        assert.equal(await aliasVersion(engine), '1');
        assert.deepEqual((await engine.invoke('fn', '1')).payload, ['one', '1', 'on-demand']);
        assert.deepEqual((await engine.invoke('fn', 'live')).payload, ['two', '$LATEST', 'on-demand']);
      },
      { aliases: [live] },
    ));

  test('does not keep the engine from starting where it does not build, and is published when it does', () =>
    withEngine(
      [{}, { name: 'other' }],
      { 'app.ts': broken },
      async engine => {
        await until('the warning', () => engine.warnings.length > 0);
        assert.match(
          engine.warnings.join(),
          /^fn \(live\) could not be published at the start, since it does not build: SyntaxError: app\.ts:2:12/,
        );
        assert.ok(engine.events.some(event => event.type === 'buildFailed' && event.functionName === 'fn'));
        await engine.write(files);
        assert.deepEqual((await engine.invoke('fn', 'live')).payload, ['one', '1', 'on-demand']);
        assert.equal(await aliasVersion(engine), '1');
      },
      { aliases: [live] },
    ));

  test('stays where it was pointed, until the template says another thing of it', () => {
    const stable: AliasDefinition = { ...live, target: { kind: 'number', version: '1' } };
    return withEngine(
      [{}],
      files,
      async engine => {
        const { write, define } = engine;
        await engine.client.send(new PublishVersionCommand({ FunctionName: 'fn' }));
        assert.equal(await aliasVersion(engine), '1');
        await write({ 'app.ts': handler('two') });
        await engine.client.send(new PublishVersionCommand({ FunctionName: 'fn' }));
        await engine.client.send(
          new UpdateAliasCommand({ FunctionName: 'fn', Name: 'live', FunctionVersion: '2' }),
        );
        define([{}], { aliases: [{ ...stable }] });
        await engine.restart();
        assert.equal(await aliasVersion(engine), '2');
        const shifted = { target: { kind: 'number', version: '2' }, weight: 0.5 } as const;
        define([{}], { aliases: [{ ...stable, additionalVersion: shifted }] });
        const { FunctionVersion, RoutingConfig } = await engine.client.send(
          new GetAliasCommand({ FunctionName: 'fn', Name: 'live' }),
        );
        assert.deepEqual([FunctionVersion, RoutingConfig?.AdditionalVersionWeights], ['1', { 2: 0.5 }]);
        define([{}], { aliases: [live] });
        assert.equal(await aliasVersion(engine), '2');
        assert.deepEqual((await engine.invoke('fn', 'live')).payload, ['two', '2', 'on-demand']);
      },
      { aliases: [stable] },
    );
  });

  test('is kept initialised as the template provisions it, and with the code of each save', () =>
    withEngine(
      [{}],
      files,
      async engine => {
        const { client, invoke, write, lens } = engine;
        await untilReady(engine);
        const status = await statusOf(engine);
        assert.equal(status.AvailableProvisionedConcurrentExecutions, 2);
        const first = await invoke('fn', 'live');
        assert.deepEqual(first.payload, ['one', '1', 'provisioned-concurrency']);
        assert.doesNotMatch(first.log, /INIT_START/);
        // The version itself has environments of its own.
        assert.deepEqual((await invoke('fn', '1')).payload, ['one', '1', 'on-demand']);
        assert.equal((await statusOf(engine)).Status, 'READY');
        await write({ 'app.ts': handler('two') });
        await lens('GET', '/_lens/latest?function=fn');
        await until('the new code is initialised', async () => {
          const { payload } = await invoke('fn', 'live');
          return JSON.stringify(payload) === '["two","$LATEST","provisioned-concurrency"]';
        });
        await write({ 'app.ts': broken });
        assert.deepEqual((await invoke('fn', 'live')).payload, ['two', '$LATEST', 'provisioned-concurrency']);
        const { ProvisionedConcurrencyConfigs } = await client.send(
          new ListProvisionedConcurrencyConfigsCommand({ FunctionName: 'fn' }),
        );
        assert.deepEqual(
          ProvisionedConcurrencyConfigs?.map(({ FunctionArn }) => FunctionArn),
          ['arn:aws:lambda:eu-west-1:123456789012:function:fn:live'],
        );
      },
      { aliases: [provisioned(2)] },
    ));

  test('shares the traffic of its alias with another version where the template says so', () => {
    const shared: AliasDefinition = {
      ...live,
      additionalVersion: { target: { kind: 'number', version: '1' }, weight: 1 },
    };
    return withEngine([{}], files, async engine => {
      await engine.client.send(new PublishVersionCommand({ FunctionName: 'fn' }));
      await engine.write({ 'app.ts': handler('two') });
      engine.define([{}], { aliases: [shared] });
      assert.equal(await aliasVersion(engine), '2');
      assert.deepEqual((await engine.invoke('fn', 'live')).payload, ['one', '1', 'on-demand']);
      engine.define([{}], { aliases: [live] });
      assert.equal(await aliasVersion(engine), '2');
      assert.deepEqual((await engine.invoke('fn', 'live')).payload, ['two', '2', 'on-demand']);
    });
  });

  test('is kept initialised for a version of the template, too', () => {
    const version: VersionDefinition = {
      ...resource,
      logicalId: 'Stable',
      functionName: 'fn',
      provisionedConcurrency: 1,
    };
    return withEngine(
      [{}],
      files,
      async engine => {
        await untilReady(engine, '1');
        assert.deepEqual((await engine.invoke('fn', '1')).payload, ['one', '1', 'provisioned-concurrency']);
      },
      { versions: [version] },
    );
  });

  test('leaves half of the environments to others, and says what it does not get', () =>
    withEngine(
      [{}],
      files,
      async engine => {
        await until('three of them', async () => {
          const { AvailableProvisionedConcurrentExecutions } = await statusOf(engine).catch(() => ({
            AvailableProvisionedConcurrentExecutions: 0,
          }));
          return AvailableProvisionedConcurrentExecutions === 3;
        });
        const { Status, StatusReason, RequestedProvisionedConcurrentExecutions } = await statusOf(engine);
        assert.deepEqual(
          [Status, StatusReason, RequestedProvisionedConcurrentExecutions],
          [
            'FAILED',
            'Lambda Lens keeps 3 of 50: templates may have half of lambdaLens.engine.maxEnvironments.',
            50,
          ],
        );
        assert.match(
          engine.warnings.join(),
          /\(live: 3 of 50\): templates may have half of .*, which is 6\./,
        );
        assert.deepEqual((await engine.invoke('fn')).payload, ['one', '$LATEST', 'on-demand']);
      },
      { aliases: [provisioned(50)] },
    ));

  test('is provisioned as the API says, until the template says another thing', () =>
    withEngine(
      [{}],
      files,
      async engine => {
        await untilReady(engine);
        await engine.client.send(
          new PutProvisionedConcurrencyConfigCommand({
            ...named('live'),
            ProvisionedConcurrentExecutions: 2,
          }),
        );
        await untilReady(engine);
        assert.equal((await statusOf(engine)).RequestedProvisionedConcurrentExecutions, 2);
        await engine.client.send(new DeleteProvisionedConcurrencyConfigCommand(named('live')));
        await engine.restart();
        const missing = { name: 'ProvisionedConcurrencyConfigNotFoundException' };
        await assert.rejects(statusOf(engine), missing);
        await assert.rejects(
          engine.client.send(new DeleteProvisionedConcurrencyConfigCommand(named('live'))),
          missing,
        );
        engine.define([{}], { aliases: [provisioned(3)] });
        await untilReady(engine);
        assert.equal((await statusOf(engine)).RequestedProvisionedConcurrentExecutions, 3);
        engine.define([{}], { aliases: [live] });
        await assert.rejects(statusOf(engine), missing);
      },
      { aliases: [provisioned(1)] },
    ));
});
