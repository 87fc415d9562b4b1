import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { waitOffsetMark } from '../../../../src/engine/store/marks.ts';
import { migrate } from '../../../../src/engine/store/migrations.ts';
import { createWaitClock } from '../../../../src/engine/waits/waitClock.ts';
import type { WaitClockState } from '../../../../src/model/waitClock.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { silentLog } from '../../../support/silentLog.ts';

const start = Date.parse('2026-11-23T10:00:00Z');
const minute = 60_000;

function open(scale = 1) {
  const clock = createFakeClock(start);
  const told: WaitClockState[] = [];
  let saved = 0;
  const waits = createWaitClock({
    clock,
    scale,
    offset: {
      load: () => saved,
      save: offset => {
        saved = offset;
      },
    },
    onChange: state => told.push(state),
  });
  const rung: string[] = [];
  const set = (name: string, inMs: number) =>
    waits.at(start + inMs, () => rung.push(`${name} at ${(clock.now() - start) / 1000}`));
  return { clock, waits, told, rung, set, saved: () => saved };
}

suite('the clock of waits', () => {
  test('goes as the real one does, as long as nobody changes it', () => {
    const { clock, waits, rung, set } = open();
    set('a', minute);
    clock.pass(minute - 1);
    assert.deepEqual([waits.now(), rung], [start + minute - 1, []]);
    clock.pass(1);
    assert.deepEqual(rung, ['a at 60']);
  });

  test('makes a minute of waiting a second at the scale of 60, from the moment at which it is set', () => {
    const { clock, waits, rung, set } = open();
    set('a', 2 * minute);
    clock.pass(minute);
    waits.setScale(60);
    clock.pass(1_000);
    assert.deepEqual([waits.now(), rung], [start + 2 * minute, ['a at 61']]);
  });

  test('can go slower, too', () => {
    const { clock, rung, set } = open(0.5);
    set('a', minute);
    clock.pass(2 * minute);
    assert.deepEqual(rung, ['a at 120']);
  });

  test('stands still while it is paused, but what is due already is due', () => {
    const { clock, waits, rung, set } = open();
    clock.pass(minute);
    waits.pause();
    set('late', 0);
    set('a', 2 * minute);
    clock.pass(60 * minute);
    assert.deepEqual([waits.now(), rung], [start + minute, ['late at 60']]);
    waits.resume();
    clock.pass(minute);
    assert.deepEqual(rung, ['late at 60', 'a at 3720']);
  });

  test('can be set forward from deadline to deadline while it is paused, and never back', () => {
    const { clock, waits, rung, set } = open();
    waits.pause();
    set('a', minute);
    set('b', 2 * minute);
    waits.advanceTo(start + minute);
    clock.pass(0);
    assert.deepEqual(rung, ['a at 0']);
    waits.advanceTo(start);
    assert.equal(waits.now(), start + minute);
    waits.advanceTo(start + 2 * minute);
    clock.pass(0);
    assert.deepEqual([rung, waits.state().paused], [['a at 0', 'b at 0'], true]);
  });

  test('never rings early, and never what was taken back', () => {
    const { clock, waits, rung, set } = open(7);
    set('a', 1_000);
    set('b', 1_000).dispose();
    clock.pass(142);
    assert.deepEqual([rung, waits.now() < start + 1_000], [[], true]);
    clock.pass(1);
    assert.equal(rung.length, 1);
  });

  test('waits longer than a timer can', () => {
    const { clock, rung, set } = open();
    set('a', 40 * 24 * 60 * minute);
    clock.pass(40 * 24 * 60 * minute - 1);
    assert.deepEqual(rung, []);
    clock.pass(1);
    assert.equal(rung.length, 1);
  });

  test('tells of every change how it stands', () => {
    const { clock, waits, told } = open();
    clock.pass(1_000);
    waits.setScale(60);
    clock.pass(1_000);
    waits.pause();
    assert.deepEqual(told, [
      { now: start + 1_000, at: start + 1_000, scale: 60, paused: false },
      { now: start + 61_000, at: start + 2_000, scale: 60, paused: true },
    ]);
  });

  test('has no timer once it has ended, and has kept how far it is ahead', () => {
    const { clock, waits, set, saved } = open(60);
    set('a', 60 * minute);
    clock.pass(1_000);
    waits.dispose();
    assert.deepEqual([clock.pending(), saved()], [0, 59_000]);
  });

  test('is ahead by some seconds less after a crash, and by nothing where nothing waits', () => {
    const { clock, saved } = open(60);
    clock.pass(9_000);
    assert.equal(saved(), 8 * 59_000);

    const database = new DatabaseSync(':memory:');
    migrate(database, ':memory:');
    const mark = waitOffsetMark(database, silentLog);
    mark.save(59_000);
    assert.equal(mark.load(), 0);
    database.exec(
      "INSERT INTO async_event (request_id, function_name, due_at, event, payload) VALUES ('r', 'f', 0, '', '')",
    );
    assert.equal(mark.load(), 59_000);
  });
});
