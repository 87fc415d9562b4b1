import assert from 'node:assert/strict';
import { disabledFlags, nodeFlags } from '../../../../src/engine/runtime/nodeFlags.ts';

suite('flags of Node.js', () => {
  const flagsOf = (runtime: string, nodeOptions = '', known = disabledFlags(runtime)) =>
    nodeFlags({ runtime, memorySizeMb: 128, nodeOptions, known: new Set(known) }).filter(flag =>
      flag.startsWith('--no-'),
    );
  const noRequireModule = '--no-experimental-require-module';
  const noDetectModule = '--no-experimental-detect-module';

  test('the heap is limited by the memory of the function', () => {
    const limits = (memorySizeMb: number) =>
      nodeFlags({ runtime: 'nodejs24.x', memorySizeMb, nodeOptions: '', known: new Set() });
    assert.deepEqual(limits(128), [
      '--max-semi-space-size=6',
      '--max-old-space-size=115',
      '--v8-pool-size=1',
    ]);
    assert.deepEqual(limits(1769).slice(0, 2), ['--max-semi-space-size=88', '--max-old-space-size=1592']);
  });

  test('Lambda disables require(esm) on nodejs20.x and nodejs22.x, and module detection on nodejs22.x', () => {
    assert.deepEqual(flagsOf('nodejs20.x'), [noRequireModule]);
    assert.deepEqual(flagsOf('nodejs22.x'), [noRequireModule, noDetectModule]);
    assert.deepEqual(flagsOf('nodejs24.x'), []);
  });

  test('NODE_OPTIONS of the function enables them again', () =>
    assert.deepEqual(flagsOf('nodejs22.x', '--trace-warnings --experimental-require-module'), [
      noDetectModule,
    ]));

  test('what the executable does not know is left out', () =>
    assert.deepEqual(flagsOf('nodejs22.x', '', []), []));
});
