import assert from 'node:assert/strict';
import { literalPaths } from '../../../../../src/engine/runtime/bootstrap/literalPaths.ts';

suite('literal paths of Lambda', () => {
  const paths = literalPaths({ tmp: '/state/e-1/tmp', opt: [] }, ['/home/me/app', '/state/e-1/tmp']);
  const check = (given: string, expected: string, of = paths) =>
    test(`${given} is ${expected}`, () => assert.equal(of(given), expected));

  check('/tmp', '/state/e-1/tmp');
  check('/tmp/', '/state/e-1/tmp/');
  check('/tmp/a/b', '/state/e-1/tmp/a/b');
  check('/tmp/../tmp/a', '/state/e-1/tmp/a');
  check('/tmp/../etc/passwd', '/tmp/../etc/passwd');
  check('/tmpfile', '/tmpfile');
  check('/var/tmp/a', '/var/tmp/a');
  check('tmp/a', 'tmp/a');
  check('/opt/lib', '/opt/lib');

  const below = literalPaths({ tmp: '/tmp/lens/e-1/tmp', opt: [] }, ['/tmp/clone/app', '/tmp/lens/e-1/tmp']);
  check('/tmp/lens/e-1/tmp/a', '/tmp/lens/e-1/tmp/a', below);
  check('/tmp/clone/node_modules/x', '/tmp/clone/node_modules/x', below);
  check('/tmp/clonely', '/tmp/lens/e-1/tmp/clonely', below);
  check('/tmp', '/tmp/lens/e-1/tmp', below);
});
