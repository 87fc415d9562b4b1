import assert from 'node:assert/strict';
import * as lambda from '@aws-sdk/client-lambda';
import { deriveRoutes, httpTrait, operationName } from '../../../../src/engine/api/routes.ts';
import { httpRequest } from '../../../support/engine/requests.ts';

const routes = deriveRoutes(lambda);

function operationAt(method: string, target: string): string {
  const match = routes.match(httpRequest({ method, target }));
  return match.kind === 'matched' ? operationName(match.operation) : match.kind;
}

suite('routes derived from the schemas of the Lambda client', () => {
  test('every command of the client is routed to its own operation', () => {
    const commands = Object.keys(lambda)
      .filter(name => /^[A-Z]\w+Command$/.test(name) && name !== '$Command')
      .map(name => name.replace(/Command$/, ''));
    const routed = routes.operations.map(operation => {
      const [method, template] = httpTrait(operation);
      return operationAt(method, template.replaceAll(/\{\w+\}/g, 'label'));
    });
    assert.ok(commands.length > 80);
    assert.deepEqual(routed.sort(), commands.sort());
  });

  test('a label is decoded, an encoded slash included', () => {
    const target = '/2015-03-31/functions/arn%3Aaws%3Alambda%2Fx/invocations';
    const match = routes.match(httpRequest({ method: 'POST', target }));
    assert.deepEqual(match.kind === 'matched' && match.labels, { FunctionName: 'arn:aws:lambda/x' });
  });

  test('a literal query parameter tells operations of one path apart', () => {
    const path = '/2019-09-30/functions/f/provisioned-concurrency';
    assert.equal(operationAt('GET', path), 'GetProvisionedConcurrencyConfig');
    assert.equal(operationAt('GET', `${path}?List=ALL`), 'ListProvisionedConcurrencyConfigs');
  });

  test('a slash at the end of a path changes nothing', () =>
    assert.equal(operationAt('GET', '/2015-03-31/functions/'), 'ListFunctions'));

  test('an empty label matches nothing', () =>
    assert.equal(operationAt('POST', '/2015-03-31/functions//invocations'), 'unmatched'));

  test('another method or path matches nothing', () => {
    assert.equal(operationAt('GET', '/2015-03-31/functions/f/invocations'), 'unmatched');
    assert.equal(operationAt('GET', '/2015-03-30/functions'), 'unmatched');
    assert.equal(operationAt('GET', '/'), 'unmatched');
  });
});
