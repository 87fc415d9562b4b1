import assert from 'node:assert/strict';
import { parseSchedule } from '../../../../src/engine/schedules/scheduleExpression.ts';
import { createSchedules, type Scheduled } from '../../../../src/engine/schedules/schedules.ts';
import { createWaitClock } from '../../../../src/engine/waits/waitClock.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';

const start = Date.parse('2026-11-23T10:00:00Z');
const minute = 60_000;

function open() {
  const clock = createFakeClock(start);
  const waits = createWaitClock({ clock, scale: 1, offset: { load: () => 0, save() {} }, onChange() {} });
  const schedules = createSchedules(waits);
  const runs: string[] = [];
  const scheduled = (expression: string, more: Partial<Scheduled> = {}): Scheduled => ({
    key: expression,
    schedule: parseSchedule(expression) ?? assert.fail(expression),
    run: time => runs.push(`${expression} at ${new Date(time).toISOString().slice(11, 16)}`),
    ...more,
  });
  return { clock, waits, schedules, runs, scheduled };
}

suite('schedules', () => {
  test('run what is due, again and again', () => {
    const { clock, schedules, runs, scheduled } = open();
    schedules.update([scheduled('rate(2 minutes)'), scheduled('cron(3 10 * * ? *)')]);
    clock.pass(4 * minute);
    assert.deepEqual(runs, [
      'rate(2 minutes) at 10:02',
      'cron(3 10 * * ? *) at 10:03',
      'rate(2 minutes) at 10:04',
    ]);
  });

  test('go by the clock of waits, from deadline to deadline where it is paused', () => {
    const { clock, waits, schedules, runs, scheduled } = open();
    schedules.update([scheduled('rate(1 minute)')]);
    waits.setScale(60);
    clock.pass(3_000);
    assert.equal(runs.length, 3);
    waits.pause();
    clock.pass(60 * minute);
    assert.equal(runs.length, 3);
    const next = schedules.nextDeadline();
    assert.equal(next, start + 4 * minute);
    waits.advanceTo(next);
    clock.pass(0);
    assert.equal(runs.at(-1), 'rate(1 minute) at 10:04');
  });

  test('a rate goes on from when it began, whatever else changes', () => {
    const { clock, schedules, runs, scheduled } = open();
    schedules.update([scheduled('rate(2 minutes)')]);
    clock.pass(minute);
    schedules.update([scheduled('rate(2 minutes)'), scheduled('rate(1 hour)')]);
    clock.pass(minute);
    assert.deepEqual(runs, ['rate(2 minutes) at 10:02']);
  });

  test('what is no longer scheduled is no longer run', () => {
    const { clock, schedules, runs, scheduled } = open();
    schedules.update([scheduled('rate(1 minute)')]);
    schedules.update([]);
    clock.pass(10 * minute);
    assert.deepEqual([runs, schedules.nextDeadline(), clock.pending()], [[], undefined, 0]);
  });

  test('begin and end when they are told to', () => {
    const { clock, schedules, runs, scheduled } = open();
    schedules.update([
      scheduled('rate(1 minute)', { startsAt: start + 3 * minute, endsAt: start + 4 * minute }),
    ]);
    clock.pass(10 * minute);
    assert.deepEqual(runs, ['rate(1 minute) at 10:03', 'rate(1 minute) at 10:04']);
  });

  test('what was missed while the machine slept is not made up for', () => {
    const { clock, waits, schedules, runs, scheduled } = open();
    waits.pause();
    schedules.update([scheduled('rate(1 minute)')]);
    waits.advanceTo(start + 10 * minute);
    clock.pass(0);
    assert.deepEqual([runs, schedules.nextDeadline()], [['rate(1 minute) at 10:01'], start + 11 * minute]);
  });
});
