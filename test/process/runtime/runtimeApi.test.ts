import assert from 'node:assert/strict';
import { removeDist, withRuntime } from './support.ts';

/** A handler that speaks to its Runtime API itself, and answers with what it was told. */
const client = `
const base = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2018-06-01/runtime';
const call = async (method: string, path: string, headers: Record<string, string> = {}) => {
  const body = method === 'POST' ? { body: '"from the handler"' } : {};
  const response = await fetch(base + path, { method, headers, ...body });
  return [response.status, await response.json()];
};
export const handler = async (event: { calls: [string, string, Record<string, string>?][] }, context: any) => {
  const told: unknown[] = [];
  for (const [method, path, headers] of event.calls) {
    told.push(await call(method, path.replace('{id}', context.awsRequestId), headers));
  }
  return told;
};`;

suite('the Runtime API', () => {
  suiteTeardown(removeDist);

  const invalidState = (from: string, to: string) => [
    403,
    {
      errorMessage: `State transition from ${from} to ${to} failed for runtime. Error: State transition is not allowed`,
      errorType: 'InvalidStateTransition',
    },
  ];

  const wrong: Readonly<Record<string, readonly [readonly unknown[], readonly unknown[]]>> = {
    'a response to an invocation that is not': [
      ['POST', '/invocation/8476a536-e9f4-11e8-9739-2dfe598c3fcd/response'],
      [400, { errorMessage: 'Invalid request ID', errorType: 'InvalidRequestID' }],
    ],
    'an error for an invocation that is not': [
      ['POST', '/invocation/nope/error'],
      [400, { errorMessage: 'Invalid request ID', errorType: 'InvalidRequestID' }],
    ],
    'asking for the next event before this one is answered': [
      ['GET', '/invocation/next'],
      invalidState('Running', 'Ready'),
    ],
    'an init error after the init': [['POST', '/init/error'], invalidState('Running', 'InitError')],
    'an unknown operation': [
      ['POST', '/restore/error'],
      [
        404,
        { errorType: 'NotFound', errorMessage: 'No such operation: POST /2018-06-01/runtime/restore/error' },
      ],
    ],
  };
  for (const [what, [call, expected]] of Object.entries(wrong)) {
    test(`${what} is refused, and the invocation goes on`, () =>
      withRuntime([{}], { 'app.ts': client }, async ({ invoke }) => {
        assert.deepEqual((await invoke('fn', { calls: [call] })).payload, [expected]);
        assert.deepEqual((await invoke('fn', { calls: [] })).payload, []);
      }));
  }

  test('what a browser sends is refused', () =>
    withRuntime(
      [{}],
      {
        'app.ts': [
          "import { request } from 'node:http';",
          'const ask = (headers: Record<string, string>) => new Promise(resolve => {',
          "  const [hostname, port] = process.env.AWS_LAMBDA_RUNTIME_API!.split(':');",
          "  request({ hostname, port, path: '/2018-06-01/runtime/invocation/next', headers }, r => { r.resume(); resolve(r.statusCode); }).end();",
          '});',
          "export const handler = async () => [await ask({ origin: 'http://evil' }), await ask({ host: 'evil:80' })];",
        ].join('\n'),
      },
      async ({ invoke }) => assert.deepEqual((await invoke('fn')).payload, [403, 403]),
    ));

  test('the first answer counts: a handler that answers itself is answered with that', () =>
    withRuntime([{}], { 'app.ts': client }, async ({ invoke }) => {
      const calls = [
        ['POST', '/invocation/{id}/response'],
        ['POST', '/invocation/{id}/response'],
      ];
      assert.equal((await invoke('fn', { calls })).payload, 'from the handler');
      assert.deepEqual((await invoke('fn', { calls: [] })).payload, []);
    }));

  test('an error that the handler posts itself keeps its type and its body', () =>
    withRuntime([{}], { 'app.ts': client }, async ({ invoke, events }) => {
      const calls = [
        ['POST', '/invocation/{id}/error', { 'Lambda-Runtime-Function-Error-Type': 'Custom.Reason' }],
      ];
      const { payload, functionError } = await invoke('fn', { calls });
      assert.deepEqual([payload, functionError], ['from the handler', 'Unhandled']);
      const ended = events.find(event => event.type === 'invocationEnded');
      assert.equal(ended?.errorType, 'Custom.Reason');
    }));
});
