import assert from 'node:assert/strict';
import { closestFirst, editDistance } from '../../../../src/analyzer/templates/closest.ts';
import { findCandidates, type HandlerPlace } from '../../../../src/analyzer/templates/handlerCandidates.ts';
import { type Files, functionWith, memorySources } from './support.ts';

suite('the handlers of a code directory', () => {
  const handler = 'export const handler = async () => 1;';
  const check = (title: string, place: Partial<HandlerPlace>, files: Files, expected: readonly string[]) =>
    test(title, async () => {
      const found = await findCandidates(functionWith(place), memorySources(files));
      assert.deepEqual(
        found.map(each => each.handler),
        expected,
      );
    });

  check(
    'are what its files export',
    {},
    { '/app/a.ts': handler, '/app/src/b.js': 'exports.run = async () => 1;' },
    ['a.handler', 'src/b.run'],
  );
  check(
    'come first where they are called so',
    {},
    { '/app/a.ts': 'export const first = () => 1;', '/app/x/b.ts': handler },
    ['x/b.handler', 'a.first'],
  );
  check(
    'are told once where JavaScript was made of TypeScript',
    {},
    { '/app/a.js': 'exports.handler = () => 1;', '/app/a.ts': handler },
    ['a.handler'],
  );
  check(
    'are not in packages, tests, declarations or what is hidden',
    {},
    {
      '/app/node_modules/b/index.js': 'exports.handler = () => 1;',
      '/app/.aws-sam/build/a.js': 'exports.handler = () => 1;',
      '/app/a.test.ts': handler,
      '/app/a.d.ts': 'export declare const handler: () => void;',
      '/app/orders.api.ts': handler,
    },
    [],
  );
  check(
    'are not what Lambda cannot call',
    {},
    { '/app/a.ts': "export const NAME = 'x';\nexport class A {}\nexport default () => 1;" },
    [],
  );
  check(
    'are those of the entry points, by the names of their bundles',
    {
      bundling: { entryPoints: ['src/api/orders.ts', 'src/jobs/report.ts'] },
    },
    { '/app/src/api/orders.ts': handler, '/app/src/jobs/report.ts': handler, '/app/src/other.ts': handler },
    ['api/orders.handler', 'jobs/report.handler'],
  );
  check(
    'of Python are functions',
    { runtime: 'python3.13' },
    { '/app/a.py': 'def handler(event, context): ...', '/app/a.ts': handler },
    ['a.handler'],
  );
  check(
    'are not told of runtimes that nothing is known of',
    { runtime: 'provided.al2023' },
    { '/app/a.ts': handler },
    [],
  );

  test('are searched for in a bounded number of files', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 700 }, (_, index) => [`/app/f${index}.ts`, handler]),
    );
    assert.equal((await findCandidates(functionWith({}), memorySources(files))).length, 500);
  });

  test('are no longer searched for once the request is cancelled', async () => {
    const checkpoint = () => {
      throw new Error('cancelled');
    };
    const sources = { ...memorySources({ '/app/a.ts': handler }), checkpoint };
    await assert.rejects(findCandidates(functionWith({}), sources), /cancelled/);
  });
});

suite('the closest name', () => {
  const check = (from: string, to: string, distance: number) =>
    test(`of ${from || 'nothing'} and ${to || 'nothing'} is ${distance} away`, () => {
      assert.equal(editDistance(from, to), distance);
      assert.equal(editDistance(to, from), distance);
    });
  check('', '', 0);
  check('', 'abc', 3);
  check('handler', 'handler', 0);
  check('handlr', 'handler', 1);
  check('hanlder', 'handler', 1);
  check('Handler', 'handler', 0.5);
  check('src/order.handler', 'src/orders.handler', 1);
  check('kitten', 'sitting', 3);

  test('comes first; of several the order stays', () => {
    const names = ['b.handler', 'orders.handler', 'a.handler'];
    assert.deepEqual(
      closestFirst('order.handler', names, name => name),
      ['orders.handler', 'b.handler', 'a.handler'],
    );
  });
});
