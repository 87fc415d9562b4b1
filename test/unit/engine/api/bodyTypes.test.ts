import assert from 'node:assert/strict';
import * as lambda from '@aws-sdk/client-lambda';
import fc from 'fast-check';
import { createLambdaService } from '../../../../src/engine/api/lambdaService.ts';
import { deploymentOperations } from '../../../../src/engine/api/operations/deploymentOperations.ts';
import { deriveRoutes, httpTrait, operationName } from '../../../../src/engine/api/routes.ts';
import { bodyText, httpRequest } from '../../../support/engine/requests.ts';
import { silentLog } from '../../../support/silentLog.ts';
import { createTestService } from '../versions/service.ts';

const handlers = deploymentOperations(createTestService());
const send = async (method: string, target: string, body: string) => {
  const reply = await createLambdaService(handlers, silentLog).handle(
    httpRequest({ method, target, body }),
    'r',
  );
  assert.ok('body' in reply);
  return { status: reply.status, error: reply.headers['x-amzn-errortype'], text: bodyText(reply) };
};
const create = (members: object) => send('POST', '/2015-03-31/functions', JSON.stringify(members));

suite('the types of JSON bodies', () => {
  for (const [what, members, message] of [
    ['a text for a number', { Timeout: '3' }, 'STRING_VALUE can not be converted to a Number'],
    ['a number for a text', { FunctionName: 3 }, 'NUMBER_VALUE can not be converted to a String'],
    ['a structure for a text', { Handler: {} }, 'START_OBJECT can not be converted to a String'],
    ['a text for a list', { Layers: 'a' }, 'Expected list or null'],
    ['a list for a structure', { Environment: [] }, 'Unexpected START_ARRAY: expected a structure or a map'],
    [
      'a number in a map',
      { Environment: { Variables: { A: 1 } } },
      'NUMBER_VALUE can not be converted to a String',
    ],
    ['a text for a boolean', { Publish: 'true' }, 'STRING_VALUE can not be converted to a Boolean'],
    ['a number for an archive', { Code: { ZipFile: 1 } }, 'NUMBER_VALUE can not be converted to a String'],
  ] as const) {
    test(`${what} is no input`, async () => {
      const { status, error, text } = await create(members);
      assert.deepEqual([status, error, JSON.parse(text).message], [400, 'SerializationException', message]);
    });
  }

  test('null is nothing, and members that nobody knows are passed over', async () => {
    const { error, text } = await create({ Layers: null, Unknown: { deep: [1] }, FunctionName: 'f' });
    assert.equal(error, 'ValidationException');
    assert.match(text, /Value null at 'role'/);
  });

  test('whatever is sent, no operation fails inside the engine', async () => {
    const operations = deriveRoutes(lambda).operations.filter(
      operation => operationName(operation) in handlers,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...operations),
        fc.dictionary(
          fc.constantFrom(
            'FunctionName',
            'Name',
            'FunctionVersion',
            'Layers',
            'Environment',
            'Code',
            'Tags',
            'Cors',
            'RoutingConfig',
            'Content',
            'AuthType',
            'Role',
            'Description',
          ),
          fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<unknown>,
        ),
        fc.stringMatching(/^[a-zA-Z0-9:$._-]{1,12}$/),
        fc.option(fc.stringMatching(/^[a-zA-Z0-9$]{0,6}$/), { nil: undefined }),
        async (operation, body, label, query) => {
          const [method, template] = httpTrait(operation);
          const path = template.replaceAll(/\{\w+\+?\}/g, encodeURIComponent(label));
          const target =
            query === undefined
              ? path
              : `${path}${path.includes('?') ? '&' : '?'}Qualifier=${query}&Marker=${query}&MaxItems=${query}`;
          const { status, text } = await send(method, target, JSON.stringify(body));
          assert.ok(status < 500 || status === 501, `${operationName(operation)} ${target}: ${text}`);
        },
      ),
      { numRuns: 1500 },
    );
  });
});
