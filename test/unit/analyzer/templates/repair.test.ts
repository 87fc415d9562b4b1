import assert from 'node:assert/strict';
import { repairHandler } from '../../../../src/analyzer/templates/repairHandler.ts';
import type { FunctionDefinition } from '../../../../src/model/functionDefinition.ts';
import type { RepairHandlerRequest } from '../../../../src/model/templateRequests.ts';
import { type Files, functionWith, memorySources } from './support.ts';

const typed = `import type { SQSEvent } from 'aws-lambda';
import { run } from './run';

export const handler = async (event: SQSEvent) => {
  await run(event);
};
`;

suite('a handler that does not exist', () => {
  const repair = (
    facts: Partial<FunctionDefinition>,
    files: Files,
    others: Partial<RepairHandlerRequest> = {},
  ) =>
    repairHandler(
      { definition: functionWith(facts), neighbours: [], open: [], ...others },
      memorySources(files),
    );

  test('can be replaced by those that do, the closest first', async () => {
    const { existing } = await repair(
      { handler: 'src/order.handler' },
      { '/app/src/a.ts': typed, '/app/src/orders.ts': typed, '/app/b.ts': typed },
    );
    assert.deepEqual(
      existing.map(({ handler }) => handler),
      ['src/orders.handler', 'src/a.handler', 'b.handler'],
    );
  });

  const created = (
    title: string,
    facts: Partial<FunctionDefinition>,
    files: Files,
    others: Partial<RepairHandlerRequest>,
    expected: readonly [file: string, text: string] | undefined,
  ) =>
    test(title, async () => {
      const { creation } = await repair(facts, files, others);
      if (!expected) assert.equal(creation, undefined);
      else assert.deepEqual(creation, { kind: 'file', file: expected[0], text: expected[1] });
    });

  created(
    'is written like its neighbours, with the types of what invokes it',
    {},
    { '/app/src/stock.ts': typed },
    { neighbours: ['/app/src/stock.ts'], trigger: 'httpApi' },
    [
      '/app/src/orders.ts',
      `import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

export const handler = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
  throw new Error('handler is not implemented yet');
};
`,
    ],
  );
  created(
    'has no types where the neighbours use none of Lambda',
    {},
    { '/app/src/stock.mts': 'export async function handler(event: unknown) {\n\treturn "x"\n}\n' },
    { neighbours: ['/app/src/stock.mts'], trigger: 'sqs' },
    [
      '/app/src/orders.mts',
      'export async function handler(event: unknown): Promise<unknown> {\n\tthrow new Error("handler is not implemented yet")\n}\n',
    ],
  );
  created(
    'is CommonJS among CommonJS',
    { handler: 'report.run' },
    { '/app/a.js': "const fs = require('fs')\nexports.handler = async event => {\n    return fs\n}\n" },
    { neighbours: ['/app/a.js'] },
    [
      '/app/report.js',
      "exports.run = async event => {\n    throw new Error('run is not implemented yet')\n}\n",
    ],
  );
  created('is TypeScript where there is a tsconfig.json', {}, { '/app/tsconfig.json': '{}' }, {}, [
    '/app/src/orders.ts',
    "export const handler = async (event: unknown): Promise<unknown> => {\n  throw new Error('handler is not implemented yet');\n};\n",
  ]);
  created('is a module where package.json says so', {}, { '/app/package.json': '{ "type": "module" }' }, {}, [
    '/app/src/orders.js',
    "export const handler = async (event) => {\n  throw new Error('handler is not implemented yet');\n};\n",
  ]);
  created('is CommonJS where nothing says otherwise', {}, {}, {}, [
    '/app/src/orders.js',
    "exports.handler = async (event) => {\n  throw new Error('handler is not implemented yet');\n};\n",
  ]);
  created(
    'is the entry point of a bundle',
    { handler: 'orders.handler', bundling: { entryPoints: ['lib/orders.ts'] } },
    {},
    {},
    [
      '/app/lib/orders.ts',
      "export const handler = async (event: unknown): Promise<unknown> => {\n  throw new Error('handler is not implemented yet');\n};\n",
    ],
  );
  created('is Python for Python', { handler: 'src.app.main', runtime: 'python3.13' }, {}, {}, [
    '/app/src/app.py',
    'def main(event, context):\n    raise NotImplementedError("main is not implemented yet")\n',
  ]);
  created(
    'is not written for a bundle that no entry point has',
    { handler: 'x.handler', bundling: { entryPoints: ['a.ts', 'b.ts'] } },
    {},
    {},
    undefined,
  );
  created('is not written outside of the code directory', { handler: '../a.handler' }, {}, {}, undefined);
  created('is not written where its name is none', { handler: 'a.in' }, {}, {}, undefined);
  created('is not written as a part of another value', { handler: 'a.api.handler' }, {}, {}, undefined);
  created(
    'is not written for runtimes that nothing is known of',
    { runtime: 'java21', handler: 'Orders.handler' },
    {},
    {},
    undefined,
  );

  test('is added to the file that lacks it, with what it has to import', async () => {
    const { creation } = await repair(
      { handler: 'src/orders.later', entryFile: '/app/src/orders.ts' },
      { '/app/src/orders.ts': typed },
      { trigger: 'sqs' },
    );
    assert.deepEqual(creation, {
      kind: 'export',
      file: '/app/src/orders.ts',
      insertions: [
        { line: 1, column: 1, text: "import type { SQSBatchResponse } from 'aws-lambda';\n" },
        {
          line: 7,
          column: 1,
          text: "\nexport const later = async (event: SQSEvent): Promise<SQSBatchResponse> => {\n  throw new Error('later is not implemented yet');\n};\n",
        },
      ],
    });
  });

  test('is added behind a last line without an end', async () => {
    const { creation } = await repair(
      { handler: 'a.later', entryFile: '/app/a.js' },
      { '/app/a.js': 'exports.handler = async event => 1;' },
    );
    assert.deepEqual(creation, {
      kind: 'export',
      file: '/app/a.js',
      insertions: [
        {
          line: 1,
          column: 36,
          text: "\n\nexports.later = async event => {\n  throw new Error('later is not implemented yet');\n};\n",
        },
      ],
    });
  });
});
