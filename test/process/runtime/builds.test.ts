import assert from 'node:assert/strict';
import { mkdir, readdir, symlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { functionIn, removeDist, withRuntime } from './support.ts';

interface ErrorPayload {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

suite('building handlers', () => {
  suiteTeardown(removeDist);

  test('what was saved is what is invoked, and other functions stay warm', () =>
    withRuntime(
      [
        { name: 'a', handler: 'a.handler', entryFile: 'a.ts' },
        { name: 'b', handler: 'b.handler', entryFile: 'b.ts' },
      ],
      {
        'shared.ts': "export const word = 'one';",
        'a.ts': "import { word } from './shared';\nexport const handler = async () => [word, process.pid];",
        'b.ts': 'let calls = 0;\nexport const handler = async () => ++calls;',
      },
      async ({ invoke, write }) => {
        const words: unknown[] = [];
        const processes = new Set<unknown>();
        for (const word of ['one', 'two', 'one', 'three']) {
          await write({ 'shared.ts': `export const word = '${word}';` });
          const [seen, pid] = (await invoke('a')).payload as [string, number];
          words.push(seen);
          processes.add(pid);
          await invoke('b');
        }
        assert.deepEqual(words, ['one', 'two', 'one', 'three']);
        assert.equal(processes.size, 4);
        assert.equal((await invoke('b')).payload, 5);
      },
    ));

  test('a file that was touched or only commented leaves the environment warm', () =>
    withRuntime(
      [{ entryFile: 'app.js' }],
      { 'app.js': 'let calls = 0;\nexports.handler = async () => ++calls;' },
      async ({ invoke, write, workspace }) => {
        await invoke('fn');
        await utimes(join(workspace, 'app.js'), new Date(), new Date());
        await invoke('fn');
        await write({
          'app.js': 'let calls = 0; // of this process\nexports.handler = async () => ++calls;',
        });
        assert.equal((await invoke('fn')).payload, 3);
      },
    ));

  test('an environment that is busy ends its invocation with the code that it has', () =>
    withRuntime(
      [{}],
      {
        'app.ts':
          "import { setTimeout } from 'node:timers/promises';\nexport const handler = async () => { await setTimeout(400); return 'old'; };",
      },
      async ({ invoke, write }) => {
        await invoke('fn');
        const running = invoke('fn');
        await new Promise(resolve => setTimeout(resolve, 100));
        await write({ 'app.ts': "export const handler = async () => 'new';" });
        assert.equal((await invoke('fn')).payload, 'new');
        assert.equal((await running).payload, 'old');
      },
    ));

  test('code that does not compile is a function error with its place, until it is mended', () =>
    withRuntime(
      [{}],
      { 'app.ts': 'export const handler = async () => {\n  const x: = 1;\n};' },
      async context => {
        const { invoke, write, workspace, events } = context;
        const broken = await invoke('fn');
        assert.equal(broken.functionError, 'Unhandled');
        assert.deepEqual(broken.payload, {
          errorType: 'Runtime.UserCodeSyntaxError',
          errorMessage: 'SyntaxError: app.ts:2:12: Unexpected "="',
          trace: [
            'Runtime.UserCodeSyntaxError: SyntaxError: app.ts:2:12: Unexpected "="',
            `    at ${workspace}/app.ts:2:12`,
          ],
        });
        assert.match(
          broken.log,
          /\tERROR\tBuild Error \t\{.*\}\nSTART RequestId: .*\nEND .*\nREPORT .*\tStatus: error\tError Type: Runtime\.UserCodeSyntaxError\n$/,
        );
        assert.deepEqual(
          events.filter(event => event.type === 'buildFailed'),
          [{ type: 'buildFailed', functionName: 'fn', message: 'SyntaxError: app.ts:2:12: Unexpected "="' }],
        );
        await write({ 'app.ts': "export const handler = async () => 'mended';" });
        assert.equal((await invoke('fn')).payload, 'mended');
      },
    ));

  test('a save that does not compile keeps what did, and the log says so', () =>
    withRuntime(
      [{}],
      { 'app.ts': "export const handler = async () => 'good';" },
      async ({ invoke, write, events }) => {
        assert.equal((await invoke('fn')).payload, 'good');
        await write({ 'app.ts': 'export const handler = async () => {\n  const x: = 1;\n};' });
        const kept = await invoke('fn');
        assert.deepEqual([kept.payload, kept.functionError, kept.coldStart], ['good', undefined, false]);
        assert.match(
          kept.log,
          /\tWARN\tBuild Error: the last code that could be built runs \t\{.*app\.ts:2:12.*\}\nSTART /,
        );
        assert.equal(events.filter(event => event.type === 'buildFailed').length, 1);
        await write({ 'app.ts': "export const handler = async () => 'mended';" });
        assert.equal((await invoke('fn')).payload, 'mended');
      },
    ));

  test('an import that leads nowhere is an import error, until the file is there', () =>
    withRuntime(
      [{}],
      { 'app.ts': "import { x } from './later';\nexport const handler = async () => x;" },
      async ({ invoke, write }) => {
        const { errorType, errorMessage } = (await invoke('fn')).payload as ErrorPayload;
        assert.deepEqual(
          [errorType, errorMessage],
          ['Runtime.ImportModuleError', 'Error: app.ts:1:19: Could not resolve "./later"'],
        );
        await write({ 'later.ts': 'export const x = 1;' });
        assert.equal((await invoke('fn')).payload, 1);
      },
    ));

  test('a handler without a file is told of', () =>
    withRuntime([], {}, async ({ runtime, invoke, workspace }) => {
      const { entryFile, ...definition } = functionIn(workspace, { handler: 'src/nope.handler' });
      assert.ok(entryFile);
      runtime.update([definition]);
      const { errorType, errorMessage } = (await invoke('fn')).payload as ErrorPayload;
      assert.equal(errorType, 'Runtime.ImportModuleError');
      assert.match(
        errorMessage,
        /^Error: Cannot find module 'src\/nope': the handler "src\/nope\.handler" needs a file/,
      );
    }));

  const kinds: Readonly<Record<string, readonly [string, Readonly<Record<string, string>>]>> = {
    'an ECMAScript module by its extension': [
      'app.mts',
      {
        'app.mts':
          "import { join } from 'node:path';\nexport const handler = async () => typeof require + join('a', 'b') + typeof import.meta.url;",
      },
    ],
    'an ECMAScript module by its package': [
      'app.ts',
      {
        'package.json': '{"type":"module"}',
        'app.ts':
          'const x = await Promise.resolve(1);\nexport const handler = async () => x + typeof import.meta.url;',
      },
    ],
    'top-level await': [
      'app.ts',
      { 'app.ts': 'const x = await Promise.resolve(1);\nexport const handler = async () => x;' },
    ],
    'import.meta': [
      'app.ts',
      { 'app.ts': 'export const handler = async () => import.meta.url.slice(0, 5);' },
    ],
    'CommonJS in TypeScript': [
      'app.cts',
      { 'app.cts': "import os = require('node:os');\nexports.handler = async () => typeof os.EOL;" },
    ],
    'an import that is decided on at run time': [
      'app.ts',
      { 'app.ts': "export const handler = async () => (await import('node:path')).basename('a/b');" },
    ],
    'paths of a tsconfig': [
      'app.ts',
      {
        'tsconfig.json': '{"compilerOptions":{"paths":{"@lib/*":["./lib/*"]}}}',
        'lib/x.ts': "export const x = 'lib';",
        'app.ts': "import { x } from '@lib/x';\nexport const handler = async () => x;",
      },
    ],
    'a JavaScript module where it is': [
      'app.mjs',
      {
        'app.mjs':
          'const x = await Promise.resolve(import.meta.dirname);\nexport const handler = async () => x === process.env.LAMBDA_TASK_ROOT;',
      },
    ],
    'CommonJS where it is': [
      'app.js',
      {
        'data.txt': 'data',
        'app.js':
          "const { readFileSync } = require('node:fs');\nexports.handler = async () => readFileSync(__dirname + '/data.txt', 'utf8');",
      },
    ],
    'a handler in a default export': [
      'app.js',
      { 'app.js': 'module.exports = { default: { handler: async () => 7 } };' },
    ],
  };
  const answers: Readonly<Record<string, unknown>> = {
    'an ECMAScript module by its extension': 'functiona/bstring',
    'an ECMAScript module by its package': '1string',
    'top-level await': 1,
    'import.meta': 'file:',
    'CommonJS in TypeScript': 'string',
    'an import that is decided on at run time': 'b',
    'paths of a tsconfig': 'lib',
    'a JavaScript module where it is': true,
    'CommonJS where it is': 'data',
    'a handler in a default export': 7,
  };
  for (const [what, [entryFile, files]] of Object.entries(kinds)) {
    test(`runs ${what}`, () =>
      withRuntime([{ entryFile }], files, async ({ invoke }) =>
        assert.deepEqual((await invoke('fn')).payload, answers[what]),
      ));
  }

  test('packages that are not bundled are found as from the source, the nearest first', () =>
    withRuntime(
      [],
      {
        'node_modules/outer/index.js': "module.exports = 'outer';",
        'node_modules/both/index.js': "module.exports = 'wrong';",
        'service/node_modules/both/index.js': "module.exports = 'inner';",
        'service/node_modules/both/package.json': '{"name":"both"}',
        'service/src/cjs.ts':
          "import outer from 'outer';\nimport both from 'both';\nexport const handler = async () => [outer, both];",
        'service/src/esm.mts':
          "import outer from 'outer';\nimport both from 'both';\nexport const handler = async () => [outer, both];",
      },
      async ({ runtime, invoke, workspace }) => {
        const bundling = { external: ['outer', 'both'] };
        const common = { codeDirectory: join(workspace, 'service'), timeoutSeconds: 10 };
        runtime.update([
          functionIn(workspace, {
            ...common,
            name: 'cjs',
            handler: 'src/cjs.handler',
            entryFile: 'service/src/cjs.ts',
            bundling,
          }),
          functionIn(workspace, {
            ...common,
            name: 'esm',
            handler: 'src/esm.handler',
            entryFile: 'service/src/esm.mts',
            bundling: { ...bundling, format: 'esm' },
          }),
        ]);
        assert.deepEqual((await invoke('cjs')).payload, ['outer', 'inner']);
        assert.deepEqual((await invoke('esm')).payload, ['outer', 'inner']);
      },
    ));

  test('nothing is written into the workspace, and a linked package is rebuilt with its source', () =>
    withRuntime(
      [{}],
      {
        'packages/lib/index.ts': "export const x = 'one';",
        'app.ts': "import { x } from 'lib';\nexport const handler = async () => x;",
      },
      async ({ invoke, write, workspace }) => {
        await mkdir(join(workspace, 'node_modules'));
        await symlink(join(workspace, 'packages/lib'), join(workspace, 'node_modules/lib'));
        assert.equal((await invoke('fn')).payload, 'one');
        await write({ 'packages/lib/index.ts': "export const x = 'two';" });
        assert.equal((await invoke('fn')).payload, 'two');
        assert.deepEqual((await readdir(workspace)).sort(), ['app.ts', 'node_modules', 'packages']);
      },
    ));

  test('a function whose definition changes is run as it says now', () =>
    withRuntime(
      [{}],
      { 'app.ts': 'export const handler = async () => process.env.TABLE ?? null;' },
      async ({ runtime, invoke, workspace, events }) => {
        assert.equal((await invoke('fn')).payload, null);
        runtime.update([functionIn(workspace, { environment: { TABLE: 'orders' } })]);
        const outcome = await invoke('fn');
        assert.deepEqual([outcome.payload, outcome.coldStart], ['orders', true]);
        runtime.update([functionIn(workspace, { environment: { TABLE: 'orders' } })]);
        assert.equal((await invoke('fn')).coldStart, false);
        runtime.update([]);
        assert.equal(runtime.check('fn')?.name, 'ResourceNotFoundException');
        const changes = events.filter(event => event.type === 'functionsChanged');
        assert.deepEqual(
          changes.map(change => change.functions),
          [['fn'], ['fn'], []],
        );
      },
    ));
});
