import assert from 'node:assert/strict';
import { join } from 'node:path';
import {
  CreateAliasCommand,
  CreateFunctionCommand,
  GetAliasCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  type LambdaClient,
  ListFunctionsCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import type { SavedFunction } from '../../../src/model/savedFunction.ts';
import type { AliasDefinition, VersionDefinition } from '../../../src/model/versions.ts';
import { readZip } from '../../../src/shared/readZip.ts';
import { until } from '../../support/until.ts';
import { removeDist } from '../runtime/support.ts';
import { codeThatAnswers, role, withEngine } from './support.ts';

const handler = (word: string) =>
  `import { suffix } from './lib/suffix';
export const handler = async () => [${JSON.stringify(word)} + suffix, process.env.AWS_LAMBDA_FUNCTION_VERSION];`;
const files = { 'app.ts': handler('one'), 'lib/suffix.ts': "export const suffix = '!';" };
const broken = 'export const handler = async () => {\n  const x: = 1;\n};';
const publish = (client: LambdaClient, more: object = {}) =>
  client.send(new PublishVersionCommand({ FunctionName: 'fn', ...more }));
const latest = (client: LambdaClient) =>
  client.send(new GetFunctionConfigurationCommand({ FunctionName: 'fn' }));
const resource = {
  stackId: 'template.yaml',
  definedAt: { file: 'template.yaml', startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
};
const autoPublished: AliasDefinition = {
  ...resource,
  logicalId: 'fnAliaslive',
  name: 'live',
  functionName: 'fn',
  target: { kind: 'published' },
};

suite('functions of the workspace', () => {
  suiteTeardown(removeDist);

  test('have what was saved last as $LATEST, and published versions stay as they were', () =>
    withEngine([{}], files, async ({ client, invoke, write }) => {
      const before = await latest(client);
      assert.deepEqual((await publish(client)).Version, '1');
      await write({ 'app.ts': handler('two') });
      const after = await latest(client);
      assert.notEqual(after.CodeSha256, before.CodeSha256);
      assert.notEqual(after.RevisionId, before.RevisionId);
      assert.deepEqual((await invoke('fn')).payload, ['two!', '$LATEST']);
      assert.deepEqual((await invoke('fn', '1')).payload, ['one!', '1']);
      await write({ 'app.ts': handler('one') });
      const back = await latest(client);
      assert.equal(back.CodeSha256, before.CodeSha256);
      assert.equal((await publish(client)).Version, '1');
    }));

  test('keep in a version the sources, the code and a source map that leads to them', () =>
    withEngine([{}], files, async ({ client, lens }) => {
      await publish(client);
      const { body } = await lens('GET', '/_lens/sources?function=fn&version=1');
      assert.deepEqual(await textsOf(body as Buffer), {
        'app.ts': handler('one'),
        'lib/suffix.ts': "export const suffix = '!';",
      });
      const { Code } = await client.send(new GetFunctionCommand({ FunctionName: 'fn', Qualifier: '1' }));
      const code = await textsOf(Buffer.from(await (await fetch(Code?.Location ?? '')).arrayBuffer()));
      assert.deepEqual(Object.keys(code), ['app.cjs', 'app.cjs.map']);
      assert.deepEqual(JSON.parse(code['app.cjs.map'] ?? '').sources, ['app.ts', 'lib/suffix.ts']);
    }));

  test('keep what was built last where a save does not build, and say so', () =>
    withEngine([{}], files, async ({ client, invoke, write }) => {
      const { CodeSha256 } = await latest(client);
      await write({ 'app.ts': broken });
      const failed = await latest(client);
      assert.deepEqual(
        [failed.State, failed.LastUpdateStatus, failed.LastUpdateStatusReason, failed.CodeSha256],
        ['Active', 'Failed', 'SyntaxError: app.ts:2:12: Unexpected "="', CodeSha256],
      );
      assert.deepEqual((await invoke('fn')).payload, ['one!', '$LATEST']);
      assert.equal((await publish(client)).CodeSha256, CodeSha256);
    }));

  test('that were never built are failed, and cannot be published', () =>
    withEngine([{}], { 'app.ts': broken }, async ({ client, write }) => {
      const { State, StateReason, CodeSha256 } = await latest(client);
      assert.deepEqual(
        [State, StateReason, CodeSha256],
        ['Failed', 'SyntaxError: app.ts:2:12: Unexpected "="', undefined],
      );
      await assert.rejects(publish(client), {
        name: 'ResourceConflictException',
        message: /in the following state: Failed\. SyntaxError: app\.ts:2:12/,
      });
      await write({ ...files });
      assert.equal((await publish(client)).Version, '1');
    }));

  test('run in a version what they ran beside: packages, and other files of a plain folder', () =>
    withEngine(
      [
        {
          name: 'bundled',
          handler: 'src/cjs.handler',
          entryFile: 'src/cjs.ts',
          bundling: { external: ['outer'] },
        },
        { name: 'plain', handler: 'plain/app.handler', entryFile: 'plain/app.js' },
      ],
      {
        'node_modules/outer/index.js': "module.exports = 'outer';",
        'src/cjs.ts': "import outer from 'outer';\nexport const handler = async () => outer;",
        'plain/data.txt': 'data',
        'plain/app.js':
          "const { readFileSync } = require('node:fs');\nconst outer = require('outer');\nexports.handler = async () => outer + readFileSync(__dirname + '/data.txt', 'utf8');",
      },
      async ({ client, invoke, write }) => {
        for (const FunctionName of ['bundled', 'plain'])
          await client.send(new PublishVersionCommand({ FunctionName }));
        await write({ 'plain/data.txt': 'other', 'src/cjs.ts': 'export const handler = async () => 1;' });
        assert.equal((await invoke('bundled', '1')).payload, 'outer');
        assert.equal((await invoke('plain', '1')).payload, 'outerdata');
        assert.equal((await invoke('plain')).payload, 'outerother');
        // Only the data has changed.
        const second = await client.send(new PublishVersionCommand({ FunctionName: 'plain' }));
        assert.equal(second.Version, '2');
      },
    ));

  test('are listed beside those of the API, and versions outlive a restart', () =>
    withEngine([{}], files, async engine => {
      await publish(engine.client);
      await engine.client.send(
        new CreateFunctionCommand({
          FunctionName: 'api',
          Role: role,
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Code: { ZipFile: await codeThatAnswers('api') },
        }),
      );
      const known = await latest(engine.client);
      await engine.write({ 'app.ts': handler('two') });
      await engine.restart();
      const { Functions } = await engine.client.send(new ListFunctionsCommand({}));
      assert.deepEqual(
        Functions?.map(({ FunctionName }) => FunctionName),
        ['api', 'fn'],
      );
      assert.deepEqual((await engine.invoke('fn', '1')).payload, ['one!', '1']);
      await engine.write({ 'app.ts': handler('one') });
      assert.equal((await latest(engine.client)).CodeSha256, known.CodeSha256);
      assert.equal((await publish(engine.client)).Version, '1');
      // Nothing of the template is left.
      engine.define([]);
      await assert.rejects(latest(engine.client), { name: 'ResourceNotFoundException' });
      await assert.rejects(engine.invoke('fn', '1'), { name: 'ResourceNotFoundException' });
      engine.define([{}]);
      assert.deepEqual((await engine.invoke('fn', '1')).payload, ['one!', '1']);
    }));

  test('that the API has updated stay so, until somebody gives them back to the workspace', () =>
    withEngine([{ environment: { WORD: 'template' } }], files, async engine => {
      const { client, invoke, write, lens } = engine;
      await client.send(
        new UpdateFunctionConfigurationCommand({
          FunctionName: 'fn',
          Environment: { Variables: { WORD: 'api' } },
        }),
      );
      assert.deepEqual((await lens('GET', '/_lens/latest?function=fn')).body, {
        heldBy: 'api',
        contested: false,
      });
      assert.deepEqual((await invoke('fn')).payload, ['one!', '$LATEST']);
      await write({ 'app.ts': handler('two') });
      assert.deepEqual((await invoke('fn')).payload, ['one!', '$LATEST']);
      await until('the question', () => engine.events.some(({ type }) => type === 'latestContested'));
      assert.deepEqual((await lens('GET', '/_lens/latest?function=fn')).body, {
        heldBy: 'api',
        contested: true,
      });
      const kept = await lens('POST', '/_lens/latest?function=fn&keep=api');
      assert.deepEqual(kept.body, { heldBy: 'api', contested: false });
      assert.deepEqual((await latest(client)).Environment?.Variables, { WORD: 'api' });
      const given = await lens('POST', '/_lens/latest?function=fn&keep=workspace');
      assert.deepEqual(given.body, { heldBy: 'workspace', contested: false });
      assert.deepEqual((await invoke('fn')).payload, ['two!', '$LATEST']);
      assert.deepEqual((await latest(client)).Environment?.Variables, { WORD: 'template' });
      assert.equal((await lens('POST', '/_lens/latest?function=fn&keep=api')).status, 404);
      assert.equal((await lens('POST', '/_lens/latest?function=fn&keep=both')).status, 400);
    }));

  test('are built with each save of one of their files, and what does not build changes nothing', () =>
    withEngine(
      [{}, { name: 'other', handler: 'other.handler', entryFile: 'other.ts' }],
      { ...files, 'other.ts': handler('other') },
      async engine => {
        const saved = async (file: string) => {
          const path = `/_lens/saved?file=${encodeURIComponent(join(engine.workspace, file))}`;
          return ((await engine.lens('POST', path)).body as { functions: readonly SavedFunction[] })
            .functions;
        };
        assert.deepEqual(await saved('README.md'), []);
        assert.deepEqual(await saved('app.ts'), [{ functionName: 'fn' }]);
        // Both were built, and only one of them from other.ts.
        await engine.invoke('other');
        assert.deepEqual(
          (await saved('lib/suffix.ts')).map(({ functionName }) => functionName),
          ['fn', 'other'],
        );
        await engine.write({ 'app.ts': broken });
        const [failed] = await saved('app.ts');
        assert.equal(failed?.failure?.message, 'SyntaxError: app.ts:2:12: Unexpected "="');
        assert.match(failed?.failure?.trace.at(-1) ?? '', /^ {4}at \/.*\/app\.ts:2:12$/);
        assert.ok(engine.events.some(event => event.type === 'buildFailed' && event.functionName === 'fn'));
        assert.deepEqual((await engine.invoke('fn')).payload, ['one!', '$LATEST']);
        await engine.write(files);
        // It did not build, so that any file may have been what it wanted.
        assert.deepEqual(await saved('lib/new.ts'), [{ functionName: 'fn' }]);
        assert.deepEqual(await saved('lib/new.ts'), []);
      },
    ));

  test('that the API has updated are asked about with the next save', () =>
    withEngine([{}], files, async engine => {
      await engine.client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'fn', Timeout: 7 }));
      const path = `/_lens/saved?file=${encodeURIComponent(join(engine.workspace, 'lib/suffix.ts'))}`;
      await engine.lens('POST', path);
      await engine.write({ 'lib/suffix.ts': "export const suffix = '?';" });
      assert.equal(engine.events.filter(({ type }) => type === 'latestContested').length, 0);
      await engine.lens('POST', path);
      await until('the question', () => engine.events.some(({ type }) => type === 'latestContested'));
      await engine.lens('POST', '/_lens/latest?function=fn&keep=workspace');
      assert.deepEqual((await engine.invoke('fn')).payload, ['one?', '$LATEST']);
    }));

  test('that the API has updated are asked about when their template changes', () =>
    withEngine([{}], files, async engine => {
      await engine.client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'fn', Timeout: 7 }));
      engine.define([{}]);
      assert.deepEqual((await engine.lens('GET', '/_lens/latest?function=fn')).body, {
        heldBy: 'api',
        contested: false,
      });
      engine.define([{ timeoutSeconds: 9 }]);
      await until('the question', () => engine.events.some(({ type }) => type === 'latestContested'));
      assert.equal((await latest(engine.client)).Timeout, 7);
      await engine.lens('POST', '/_lens/latest?function=fn&keep=workspace');
      assert.equal((await latest(engine.client)).Timeout, 9);
    }));

  test('with AutoPublishAlias are published at the start, and the alias follows $LATEST', () =>
    withEngine(
      [{}],
      files,
      async engine => {
        const { write } = engine;
        assert.deepEqual((await engine.invoke('fn', 'live')).payload, ['one!', '1']);
        const alias = async () =>
          (await engine.client.send(new GetAliasCommand({ FunctionName: 'fn', Name: 'live' })))
            .FunctionVersion;
        assert.equal(await alias(), '1');
        await write({ 'app.ts': handler('two') });
        assert.deepEqual((await engine.invoke('fn', 'live')).payload, ['two!', '$LATEST']);
        await engine.restart();
        assert.deepEqual((await engine.invoke('fn', 'live')).payload, ['two!', '2']);
        assert.equal(await alias(), '2');
        await engine.client.send(
          new UpdateAliasCommand({ FunctionName: 'fn', Name: 'live', FunctionVersion: '1' }),
        );
        assert.deepEqual((await engine.invoke('fn', 'live')).payload, ['one!', '1']);
        await engine.restart();
        assert.deepEqual((await engine.invoke('fn', 'live')).payload, ['one!', '1']);
      },
      { aliases: [autoPublished] },
    ));

  test('have the versions and aliases that templates define', () => {
    const version: VersionDefinition = { ...resource, logicalId: 'Stable', functionName: 'fn' };
    const stable: AliasDefinition = {
      ...autoPublished,
      logicalId: 'StableAlias',
      name: 'stable',
      target: { kind: 'definition', logicalId: 'Stable' },
    };
    const dev: AliasDefinition = {
      ...autoPublished,
      logicalId: 'Dev',
      name: 'dev',
      target: { kind: 'latest' },
    };
    return withEngine(
      [{}],
      files,
      async ({ client, invoke, write }) => {
        assert.deepEqual((await invoke('fn', 'stable')).payload, ['one!', '1']);
        await write({ 'app.ts': handler('two') });
        assert.deepEqual((await invoke('fn', 'stable')).payload, ['one!', '1']);
        assert.deepEqual((await invoke('fn', 'dev')).payload, ['two!', '$LATEST']);
        assert.equal((await invoke('fn', 'dev')).version, '$LATEST');
        const { Description } = await client.send(
          new GetAliasCommand({ FunctionName: 'fn', Name: 'stable' }),
        );
        assert.equal(Description, '');
      },
      { versions: [version], aliases: [stable, dev] },
    );
  });

  test('whose alias leads to code that does not build show why, until it does', () =>
    withEngine(
      [{}],
      { 'app.ts': broken },
      async ({ invoke, write }) => {
        const failed = await invoke('fn', 'live');
        assert.equal(failed.functionError, 'Unhandled');
        assert.match(JSON.stringify(failed.payload), /app\.ts:2:12/);
        await write(files);
        assert.deepEqual((await invoke('fn', 'live')).payload, ['one!', '1']);
      },
      { aliases: [autoPublished] },
    ));

  test('that do not build any more have their versions and aliases all the same', () =>
    withEngine([{}], files, async engine => {
      await publish(engine.client);
      await engine.client.send(
        new CreateAliasCommand({ FunctionName: 'fn', Name: 'mine', FunctionVersion: '1' }),
      );
      await engine.write({ 'app.ts': broken });
      await engine.restart();
      const { FunctionVersion } = await engine.client.send(
        new GetAliasCommand({ FunctionName: 'fn', Name: 'mine' }),
      );
      assert.equal(FunctionVersion, '1');
      assert.deepEqual((await engine.invoke('fn', 'mine')).payload, ['one!', '1']);
      const kept = await engine.invoke('fn');
      assert.deepEqual(kept.payload, ['one!', '$LATEST']);
      assert.match(kept.log, /\tWARN\tBuild Error: the last code that could be built runs \t.*app\.ts:2:12/);
      const { LastUpdateStatus, CodeSize } = await latest(engine.client);
      assert.equal(LastUpdateStatus, 'Failed');
      assert.ok((CodeSize ?? 0) > 0);
    }));

  test('have aliases of the API, too', () =>
    withEngine([{}], files, async ({ client, invoke }) => {
      await publish(client);
      await client.send(new CreateAliasCommand({ FunctionName: 'fn', Name: 'mine', FunctionVersion: '1' }));
      assert.deepEqual((await invoke('fn:mine')).payload, ['one!', '1']);
    }));
});

async function textsOf(archive: Buffer): Promise<Readonly<Record<string, string>>> {
  const contents = readZip(archive);
  assert.ok(contents.kind === 'entries');
  const entries = await Promise.all(
    contents.entries.map(async entry => [entry.name, (await entry.read()).toString()] as const),
  );
  return Object.fromEntries(entries);
}
