import assert from 'node:assert/strict';
import { createProjectReader, readProject } from '../../../src/project/readProject.ts';
import { check, type Project } from './support/check.ts';
import { memoryFiles } from './support/memoryFiles.ts';

/** Modules in `src/orders.ts`, or the file named, and the exports that are functions of Lambda's. */
const modules: Readonly<Record<string, readonly [text: string, handlers: readonly string[], file?: string]>> =
  {
    'a type of a handler': [
      `import type { SQSHandler } from 'aws-lambda';\nexport const work: SQSHandler = async () => {};`,
      ['work'],
    ],
    'a type of a handler under another name': [
      `import { type APIGatewayProxyHandlerV2 as Http } from 'aws-lambda';\nexport const get: Http<string> = async () => 'a';`,
      ['get'],
    ],
    'a type of a namespace': [
      `import * as lambda from 'aws-lambda';\nexport const get: lambda.Handler = async () => 'a';`,
      ['get'],
    ],
    'a type of the default': [
      `import AWSLambda from 'aws-lambda';\nexport let get: AWSLambda.Handler = async () => 'a';`,
      ['get'],
    ],
    'types of the event and the context': [
      `import { Context, S3Event } from 'aws-lambda';\nexport async function resize(event: S3Event, context: Context) { return 1; }`,
      ['resize'],
    ],
    'types of the event and the answer': [
      `import { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
export const get = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => ({ statusCode: 200, body: '' });`,
      ['get'],
    ],
    'a destructured event in several lines': [
      `import type {
  KinesisStreamEvent,
} from 'aws-lambda';
export async function handler({
  Records,
}: KinesisStreamEvent): Promise<void> {}`,
      ['handler'],
    ],
    'a name that says it': [
      `import { SNSEvent } from 'aws-lambda';\nexport const newsHandler = (event: SNSEvent) => 1;`,
      ['newsHandler'],
    ],
    'a helper that takes an event': [
      `import { SNSEvent } from 'aws-lambda';\nexport const countRecords = (event: SNSEvent) => 1;`,
      [],
    ],
    'a middleware': [
      `import middy from '@middy/core';\nexport const get = middy(async () => 1).use({});`,
      ['get'],
    ],
    'a middleware with types': [
      `import middy from '@middy/core';\nexport const get = middy<number, string>()\n  .handler(async () => 'a');`,
      ['get'],
    ],
    'a web framework': [
      `import serverlessExpress from '@codegenie/serverless-express';\nimport { app } from './app';\nexport const main = serverlessExpress({ app });`,
      ['main'],
    ],
    'a framework that has an adapter of its own': [
      `import { handle } from 'hono/aws-lambda';\nimport { app } from './app';\nexport const run = handle(app);`,
      ['run'],
    ],
    'a response that is streamed': [
      `export const stream = awslambda.streamifyResponse(async (event, out) => out.end());`,
      ['stream'],
    ],
    'the usual name beside a package of Lambda': [
      `import { Logger } from '@aws-lambda-powertools/logger';\nexport const handler = async () => 1;`,
      ['handler'],
    ],
    'the usual name alone': [`export const handler = async () => 1;`, []],
    'another name beside a package of Lambda': [
      `import { Logger } from '@aws-lambda-powertools/logger';\nexport const logger = new Logger();`,
      [],
    ],
    'exported apart': [
      `import { Handler } from 'aws-lambda';\nconst run: Handler = async () => 1;\nconst other = 1;\nexport { run as handler, other };`,
      ['handler'],
    ],
    'exported in CommonJS': [
      `/** @type {import('aws-lambda').Handler} */\nexports.work = async () => 1;`,
      ['work'],
      'src/orders.js',
    ],
    'exported as an object of CommonJS': [
      `const middy = require('@middy/core');\nconst work = middy(async () => 1);\nmodule.exports = { work, jobs: work, limit: 3 };`,
      ['work', 'jobs'],
      'src/orders.cjs',
    ],
    'a constant that is assigned to exports': [
      `const { wrap } = require('serverless-http');\nconst work = wrap({});\nexports.handler = work;`,
      ['handler'],
      'src/orders.js',
    ],
    'documented parameters': [
      `/**
 * @param {import('aws-lambda').SQSEvent} event
 * @param {import('aws-lambda').Context} context
 */
export async function work(event, context) {}`,
      ['work'],
      'src/orders.mjs',
    ],
    'the default': [
      `import type { Handler } from 'aws-lambda';\nconst run: Handler = async () => 1;\nexport default run;`,
      ['default'],
    ],
    'a default function': [
      `import type { SQSEvent, Context } from 'aws-lambda';\nexport default async function run(event: SQSEvent, context: Context) {}`,
      ['default'],
    ],
    'what comments and texts hold': [
      `import type { Handler } from 'aws-lambda';
// export const a: Handler = async () => 1;
/* export const b: Handler = async () => 1; */
const text = \`export const c: Handler = async () => 1;\`;`,
      [],
    ],
    'what is within other functions': [
      `import type { Handler } from 'aws-lambda';\nexport function make() { const a: Handler = async () => 1; exports.b = a; return a; }`,
      [],
    ],
    'what is not exported': [
      `import type { Handler } from 'aws-lambda';\nconst work: Handler = async () => 1;`,
      [],
    ],
    'exported again from elsewhere': [
      `import type { Handler } from 'aws-lambda';\nexport { handler } from './other';\nexport type Own = Handler;`,
      [],
    ],
    'several of one module': [
      `import type { Handler } from 'aws-lambda';\nexport const get: Handler = async () => 1, limit = 1;\nexport const put: Handler = async () => 1;`,
      ['get', 'put'],
    ],
  };

interface Workspace extends Project {
  /** Of each function: its name, handler, source and, where it is not the root, code folder. */
  readonly functions: readonly string[];
}

const handler = `import type { Handler } from 'aws-lambda';\nexport const handler: Handler = async () => 1;\n`;

const workspaces: Readonly<Record<string, Workspace>> = {
  'names of files, and of folders of what is called index': {
    files: {
      'package.json': '{ "name": "@print/shop", "dependencies": { "@aws-sdk/client-sqs": "3" } }',
      'index.ts': handler,
      'src/orders.ts': handler,
      'src/clicks/index.ts': handler,
      'src/stock/src/handler.mts': handler,
    },
    functions: [
      'shop index.handler index.ts',
      'orders src/orders.handler src/orders.ts',
      'clicks src/clicks/index.handler src/clicks/index.ts',
      'stock src/stock/src/handler.handler src/stock/src/handler.mts',
    ],
  },
  'names that several would have': {
    files: { 'eu/orders.ts': handler, 'us/orders.ts': handler },
    functions: ['eu-orders eu/orders.handler eu/orders.ts', 'us-orders us/orders.handler us/orders.ts'],
  },
  'packages within': {
    files: {
      'package.json': '{ "devDependencies": { "@types/aws-lambda": "8" } }',
      'packages/orders/package.json': '{ "name": "orders", "engines": { "node": ">=22.1" } }',
      'packages/orders/src/index.ts': handler,
      'packages/site/package.json': '{ "name": "site" }',
      'packages/site/index.js': 'exports.handler = async () => 1;',
    },
    functions: ['orders src/index.handler packages/orders/src/index.ts packages/orders'],
    model: {
      functions: [{ runtime: 'nodejs22.x', timeoutSeconds: 3, memorySizeMb: 128 }],
      stacks: [{ id: 'packages/orders/package.json', name: 'orders', dialect: 'convention' }],
      files: ['/project/packages/orders/package.json', '/project/packages/orders/src/index.ts'],
    },
  },
  'a dependency says that handlers are Lambda’s': {
    files: {
      'package.json': '{ "devDependencies": { "@types/aws-lambda": "8" } }',
      '.nvmrc': 'v20.11.0\n',
      'orders.js': 'exports.handler = async () => 1;\nexports.other = async () => 1;\n',
    },
    functions: ['orders orders.handler orders.js'],
    model: {
      functions: [
        {
          runtime: 'nodejs20.x',
          definedAt: { file: '/project/orders.js', startLine: 1, startColumn: 9, endColumn: 16 },
        },
      ],
    },
  },
  'samconfig.toml says so too': {
    files: { 'samconfig.toml': 'version = 0.1\n', 'orders.js': 'exports.handler = async () => 1;\n' },
    functions: ['orders orders.handler orders.js'],
  },
  'a handler in package.json': {
    files: {
      'package.json': '{ "name": "orders", "description": "d", "handler": "src/orders.run" }',
      'src/orders.js': 'exports.run = async () => 1;\n',
    },
    functions: ['orders src/orders.run src/orders.js'],
    model: { functions: [{ description: 'd', definedAt: { startLine: 1, startColumn: 52 } }] },
  },
  'settings in package.json': {
    files: {
      'package.json': `{
  "lambda": { "name": "get-orders", "handler": "src/orders.get", "timeout": 9, "memory": 512, "runtime": "nodejs20.x", "environment": { "A": "b" } }
}`,
      'src/orders.ts': `import type { Handler } from 'aws-lambda';\nexport const get: Handler = async () => 1;\n`,
    },
    functions: ['get-orders src/orders.get src/orders.ts'],
    model: {
      functions: [{ timeoutSeconds: 9, memorySizeMb: 512, runtime: 'nodejs20.x', environment: { A: 'b' } }],
    },
  },
  'a function.json': {
    files: {
      'functions/hello/function.json': '{ "handler": "index.handle", "memory": 256 }',
      'functions/hello/index.js': 'exports.handle = async () => 1;\n',
    },
    functions: ['hello index.handle functions/hello/index.js functions/hello'],
  },
  'a handler that does not exist': {
    files: { 'package.json': '{ "name": "orders", "handler": "src/orders.run" }' },
    problems: ['package.json:1:32-48 error: No source file for the handler src/orders.run is in project'],
    functions: ['orders src/orders.run'],
  },
  'tests, configurations, declarations and what was compiled': {
    files: {
      'orders.ts': handler,
      'orders.js': handler,
      'orders.test.ts': handler,
      'test/orders.ts': handler,
      'vite.config.ts': handler,
      'orders.d.ts': handler,
      'dist/orders.js': handler,
      'node_modules/a/orders.js': handler,
    },
    functions: ['orders orders.handler orders.ts'],
  },
  'a template goes first': {
    files: {
      'template.yaml': `Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: { Handler: orders.handler, Runtime: nodejs24.x }
`,
      'orders.ts': handler,
      'clicks.ts': handler,
    },
    functions: ['Orders orders.handler orders.ts'],
  },
  'files that only have the name of a template do not': {
    files: { 'template.yaml': 'hello: world\n', 'orders.ts': handler },
    functions: ['orders orders.handler orders.ts'],
  },
  'packages that do not parse, and sources without an end': {
    files: {
      'package.json': '{ "name": ',
      'orders.ts': `import type { Handler } from 'aws-lambda';\nexport const a: Handler = \`\${`,
      'clicks.ts': `import type { Handler } from 'aws-lambda';\nexport const ${'('.repeat(5_000)}`,
    },
    functions: ['orders-a orders.a orders.ts'],
  },
};

suite('Functions without templates', () => {
  for (const [name, [text, handlers, file = 'src/orders.ts']] of Object.entries(modules)) {
    test(name, async () => {
      const { functions } = await check({ files: { [file]: `${text}\n` } });
      assert.deepEqual(
        functions.map(definition => definition.handler.split('.')[1]),
        handlers,
      );
    });
  }

  for (const [name, { functions, ...project }] of Object.entries(workspaces)) {
    test(name, async () => {
      const model = await check(project);
      assert.deepEqual(
        model.functions.map(({ name, handler, entryFile = '', codeDirectory }) =>
          [name, handler, ...[entryFile, codeDirectory].map(path => path.replace(/^\/project\/?/, ''))]
            .join(' ')
            .trimEnd(),
        ),
        functions,
      );
    });
  }

  test('the sources of a package that has nothing to do with AWS are not read', async () => {
    const files = memoryFiles(
      new Map([
        ['package.json', '{ "dependencies": { "react": "19" } }'],
        ['orders.ts', handler],
      ]),
    );
    const read: string[] = [];
    const { functions } = await readProject('/project', {
      ...files,
      read: file => {
        read.push(file);
        return files.read(file);
      },
    });
    assert.deepEqual([functions, read], [[], ['/project/package.json']]);
  });

  test('a changed source, a new one, and a template that comes and goes are followed', async () => {
    const texts = new Map([['src/orders.ts', handler]]);
    const reader = createProjectReader('/project', memoryFiles(texts));
    const namesAfter = async (...changed: readonly string[]) => {
      const model = await reader.read(new Set(changed.map(path => `/project/${path}`)));
      return model.functions.map(({ name }) => name);
    };
    assert.deepEqual(await namesAfter(), ['orders']);
    texts.set('src/clicks.ts', handler);
    assert.deepEqual(await namesAfter('src/clicks.ts'), ['clicks', 'orders']);
    texts.set('src/orders.ts', 'export const a = 1;\n');
    assert.deepEqual(await namesAfter('src/orders.ts'), ['clicks']);
    texts.set(
      'template.yaml',
      `Resources:
  Hello:
    Type: AWS::Lambda::Function
    Properties: { Handler: src/clicks.handler, Runtime: nodejs24.x }
`,
    );
    assert.deepEqual(await namesAfter('template.yaml'), ['Hello']);
    texts.delete('template.yaml');
    assert.deepEqual(await namesAfter('template.yaml'), ['clicks']);
  });

  test('a workspace without functions is empty, and has no problem', async () => {
    const files = memoryFiles(
      new Map([
        ['package.json', '{}'],
        ['src/index.ts', 'export const a = 1;\n'],
      ]),
    );
    const model = await readProject('/project', files);
    assert.deepEqual([model.functions, model.problems, model.files], [[], [], []]);
  });
});
