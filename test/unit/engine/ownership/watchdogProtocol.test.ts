import assert from 'node:assert/strict';
import {
  formatCommand,
  noteCommand,
  nothingLeft,
  parseCommand,
  type WatchdogCommand,
} from '../../../../src/engine/ownership/watchdogProtocol.ts';

suite('what a watchdog is told', () => {
  const commands: readonly WatchdogCommand[] = [
    { kind: 'add', group: 42 },
    { kind: 'remove', group: 42 },
    { kind: 'folder', path: '/tmp/a\nb "c"' },
  ];
  for (const command of commands) {
    test(`${command.kind} is one line`, () => {
      const line = formatCommand(command);
      assert.equal(line.indexOf('\n'), line.length - 1);
      assert.deepEqual(parseCommand(line.trimEnd()), command);
    });
  }

  for (const line of [
    '',
    '{"kind":"add","gro',
    '{"kind":"add","group":0}',
    '{"kind":"add","group":1}',
    '{"kind":"add","group":-5}',
    '{"kind":"folder"}',
    'null',
  ]) {
    test(`"${line}" is no command`, () => assert.equal(parseCommand(line), undefined));
  }

  test('what was added and not removed is left', () => {
    const left = [
      { kind: 'add', group: 5 },
      { kind: 'add', group: 6 },
      { kind: 'folder', path: '/tmp/x' },
      { kind: 'remove', group: 5 },
      { kind: 'remove', group: 7 },
    ] satisfies readonly WatchdogCommand[];
    assert.deepEqual(left.reduce(noteCommand, nothingLeft), {
      groups: new Set([6]),
      folders: new Set(['/tmp/x']),
    });
  });
});
