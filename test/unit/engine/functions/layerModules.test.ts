import assert from 'node:assert/strict';
import { delimiter, join } from 'node:path';
import { layerModules } from '../../../../src/engine/functions/layerModules.ts';

suite('the packages of layers', () => {
  test('of the last layer are found first, those for the version of Node.js before the others', () => {
    const layers = [{ arn: 'a', directory: '/one' }, { arn: 'b' }, { arn: 'c', directory: '/two' }];
    assert.deepEqual(layerModules({ runtime: 'nodejs22.x', layers }), {
      NODE_PATH: [
        join('/two', 'nodejs', 'node22', 'node_modules'),
        join('/two', 'nodejs', 'node_modules'),
        join('/one', 'nodejs', 'node22', 'node_modules'),
        join('/one', 'nodejs', 'node_modules'),
      ].join(delimiter),
    });
  });

  test('are nowhere without layers', () => {
    assert.deepEqual(layerModules({ runtime: 'nodejs24.x' }), {});
    assert.deepEqual(layerModules({ runtime: 'nodejs24.x', layers: [{ arn: 'a' }] }), {});
  });
});
