import assert from 'node:assert/strict';
import { type BuildPlan, needsModule, planBuild } from '../../../../src/engine/functions/buildPlan.ts';
import type { FunctionDefinition } from '../../../../src/model/functionDefinition.ts';
import { definition } from './definition.ts';

suite('how a function is built', () => {
  const check = (given: Partial<FunctionDefinition>, expected: Partial<BuildPlan>, packageType?: string) => {
    const plan = planBuild(definition(given), packageType);
    const seen = Object.fromEntries(Object.keys(expected).map(key => [key, plan[key as keyof BuildPlan]]));
    assert.deepEqual(seen, expected);
  };

  test('TypeScript is bundled to where its handler string points', () =>
    check(
      {},
      {
        kind: 'bundle',
        entry: '/project/src/orders.ts',
        output: 'src/orders',
        format: 'cjs',
        target: 'node24',
        external: [],
        minify: false,
      },
    ));

  test('plain JavaScript runs where it is', () => {
    for (const extension of ['js', 'mjs', 'cjs']) {
      check({ entryFile: `/project/src/orders.${extension}` }, { kind: 'inPlace' });
    }
  });

  test('JavaScript that the template has bundled is bundled', () =>
    check({ entryFile: '/project/src/orders.js', bundling: {} }, { kind: 'bundle', format: 'cjs' }));

  test('extension and package decide on the format where the template is silent', () => {
    check({ entryFile: '/project/src/orders.mts' }, { format: 'esm', formatIsOpen: true });
    check({ entryFile: '/project/src/orders.cts' }, { format: 'cjs' }, 'module');
    check({}, { format: 'esm' }, 'module');
    check({}, { format: 'cjs', formatIsOpen: true }, 'commonjs');
  });

  test("the template's options are honoured", () =>
    check(
      {
        bundling: { format: 'esm', target: 'es2022', minify: true, external: ['@aws-sdk/*'] },
        runtime: 'nodejs22.x',
      },
      {
        format: 'esm',
        formatIsOpen: false,
        target: 'es2022',
        minify: true,
        external: ['@aws-sdk/*'],
      },
    ));

  test("a bundler's default format is CommonJS whatever the package says", () =>
    check({ bundling: { minify: true } }, { format: 'cjs', formatIsOpen: false }, 'module'));

  test('the target is the runtime of the function', () =>
    check({ runtime: 'nodejs20.x' }, { target: 'node20' }));

  test('no handler string leads out of the output folder', () => {
    for (const handler of ['../../etc/passwd.handler', '/abs/x.handler', '.handler', '..']) {
      const plan = planBuild(definition({ handler }), undefined);
      assert.ok(plan.kind === 'bundle');
      assert.equal(plan.output, 'index', handler);
    }
  });

  test('a handler without a file is told of with its folder', () => {
    const { entryFile, ...rest } = definition();
    assert.ok(entryFile);
    assert.deepEqual(planBuild(rest, undefined), {
      kind: 'missing',
      message:
        "Cannot find module 'src/orders': the handler \"src/orders.handler\" needs a file src/orders.ts, .js, .mts, .mjs, .cts or .cjs in /project. Correct the function's handler or its code folder in the template.",
    });
  });

  test('top-level await and import.meta need an ECMAScript module, but not in a package', () => {
    const finding = (id: string, text: string, file: string) => ({ id, text, location: { file } });
    const await_ = 'Top-level await is currently not supported with the "cjs" output format';
    assert.ok(needsModule([finding('', await_, 'src/orders.ts')]));
    assert.ok(needsModule([finding('empty-import-meta', '"import.meta" is not available', 'src/orders.ts')]));
    assert.ok(!needsModule([finding('empty-import-meta', 'x', 'node_modules/a/index.js')]));
    assert.ok(!needsModule([finding('', 'Unexpected "="', 'src/orders.ts')]));
  });
});
