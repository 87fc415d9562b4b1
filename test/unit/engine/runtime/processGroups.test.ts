import assert from 'node:assert/strict';
import { ProcessGroups } from '../../../../src/engine/runtime/processGroups.ts';

/** Groups of processes that the test makes up, by their ids. */
function start(processes: Map<number, number>) {
  let now = 0;
  const asked: number[] = [];
  const groups = new ProcessGroups(
    () => [...processes.keys()],
    pid => {
      asked.push(pid);
      return processes.get(pid);
    },
    () => now,
  );
  return {
    groups,
    pass(ms: number) {
      now += ms;
    },
    askedSince: () => asked.splice(0),
  };
}

suite('groups of processes', () => {
  test('are those of the moment', () => {
    const { groups } = start(
      new Map([
        [1, 1],
        [2, 1],
        [3, 3],
      ]),
    );
    assert.deepEqual([groups.members(1), groups.members(3), groups.members(9)], [[1, 2], [3], []]);
  });

  test('are looked at once for all that ask at one moment', () => {
    const { groups, askedSince, pass } = start(
      new Map([
        [1, 1],
        [2, 2],
      ]),
    );
    groups.members(1);
    pass(100);
    groups.members(2);
    assert.deepEqual(askedSince(), [1, 2]);
  });

  test('lose what has ended and gain what has begun', () => {
    const processes = new Map([
      [1, 1],
      [2, 1],
    ]);
    const { groups, pass } = start(processes);
    groups.members(1);
    processes.delete(2);
    processes.set(3, 1);
    pass(150);
    assert.deepEqual(groups.members(1), [1, 3]);
  });

  test('are asked of each process until it has settled', () => {
    const processes = new Map([
      [1, 1],
      [2, 1],
    ]);
    const { groups, pass, askedSince } = start(processes);
    groups.members(1);
    processes.set(2, 2);
    pass(200);
    assert.deepEqual(groups.members(1), [1]);
    pass(1_000);
    askedSince();
    processes.set(3, 1);
    assert.deepEqual(groups.members(1), [1, 3]);
    assert.deepEqual(askedSince(), [3]);
  });

  test('leave out a process that ends while it is looked at', () => {
    const processes = new Map([[1, 1]]);
    const groups = new ProcessGroups(
      () => [1, 2],
      pid => processes.get(pid),
      () => 0,
    );
    assert.deepEqual(groups.members(1), [1]);
  });
});
