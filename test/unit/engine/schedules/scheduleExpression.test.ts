import assert from 'node:assert/strict';
import { parseSchedule } from '../../../../src/engine/schedules/scheduleExpression.ts';

const from = '2026-11-23T10:00:00Z';

/** The first times of a schedule that begins at a time. */
function times(expression: string, count: number, timezone?: string, start = from): readonly string[] {
  const schedule = parseSchedule(expression, timezone);
  assert.ok(schedule, `${expression} is none`);
  const since = Date.parse(start);
  const found: string[] = [];
  let time: number | undefined = since;
  while (found.length < count) {
    time = schedule.nextAfter(time, since);
    if (time === undefined) break;
    found.push(new Date(time).toISOString().replace(':00.000Z', ''));
  }
  return found;
}

suite('a schedule', () => {
  // The first ones are AWS's own examples.
  for (const [expression, expected] of [
    ['rate(1 minute)', ['2026-11-23T10:01', '2026-11-23T10:02']],
    ['rate(5 minutes)', ['2026-11-23T10:05', '2026-11-23T10:10']],
    ['rate(1 hour)', ['2026-11-23T11:00', '2026-11-23T12:00']],
    ['rate(7 days)', ['2026-11-30T10:00', '2026-12-07T10:00']],
    ['cron(0 10 * * ? *)', ['2026-11-24T10:00', '2026-11-25T10:00']],
    ['cron(15 12 * * ? *)', ['2026-11-23T12:15', '2026-11-24T12:15']],
    ['cron(0 18 ? * MON-FRI *)', ['2026-11-23T18:00', '2026-11-24T18:00']],
    ['cron(0 8 1 * ? *)', ['2026-12-01T08:00', '2027-01-01T08:00']],
    [
      'cron(0/15 * * * ? *)',
      ['2026-11-23T10:15', '2026-11-23T10:30', '2026-11-23T10:45', '2026-11-23T11:00'],
    ],
    ['cron(0/5 8-17 ? * MON-FRI *)', ['2026-11-23T10:05', '2026-11-23T10:10']],
    ['cron(0/30 20-2 ? * MON-FRI *)', ['2026-11-23T20:00', '2026-11-23T20:30']],
    ['cron(15 10 ? * 6L 2026-2027)', ['2026-11-27T10:15', '2026-12-25T10:15', '2027-01-29T10:15']],
    ['cron(0 9 ? * 2#1 *)', ['2026-12-07T09:00', '2027-01-04T09:00']],
    ['cron(0 9 ? * mon#1 *)', ['2026-12-07T09:00']],
    ['cron(0 9 ? * L *)', ['2026-11-28T09:00', '2026-12-05T09:00']],
    ['cron(0 9 ? * 1 *)', ['2026-11-29T09:00']],
    ['cron(0 9 ? * SAT-SUN *)', ['2026-11-28T09:00', '2026-11-29T09:00', '2026-12-05T09:00']],
    ['cron(0 9 L * ? *)', ['2026-11-30T09:00', '2026-12-31T09:00', '2027-01-31T09:00', '2027-02-28T09:00']],
    // 2026-11-29 is a Sunday, 2027-05-15 a Saturday, 2027-05-01 a Saturday, 2027-01-31 a Sunday.
    ['cron(0 9 29W * ? *)', ['2026-11-30T09:00', '2026-12-29T09:00']],
    ['cron(0 9 15W 5 ? *)', ['2027-05-14T09:00']],
    ['cron(0 9 1W 5 ? *)', ['2027-05-03T09:00']],
    ['cron(0 9 31W 1 ? *)', ['2027-01-29T09:00']],
    ['cron(0 0 29 2 ? *)', ['2028-02-29T00:00', '2032-02-29T00:00']],
    ['cron(0 0 30 2 ? *)', []],
    ['cron(0 12 1 1 ? 2025)', []],
    ['cron(0 12 1 1 ? 2026-2199/2)', ['2028-01-01T12:00', '2030-01-01T12:00']],
    ['cron(0,30 10,11 24 NOV,DEC ? *)', ['2026-11-24T10:00', '2026-11-24T10:30', '2026-11-24T11:00']],
    ['at(2026-11-24T00:00:00)', ['2026-11-24T00:00']],
    ['at(2026-11-22T00:00:00)', []],
  ] as const) {
    test(`${expression} is due at ${expected.join(', ') || 'no time'}`, () => {
      assert.deepEqual(times(expression, Math.max(expected.length, 1)), expected);
    });
  }

  test('with a time zone goes by its clocks, in summer and in winter', () => {
    const daily = 'cron(30 2 * * ? *)';
    assert.deepEqual(times(daily, 1, 'Europe/Berlin'), ['2026-11-24T01:30']);
    assert.deepEqual(times(daily, 1, 'Europe/Berlin', '2026-07-01T10:00:00Z'), ['2026-07-02T00:30']);
    assert.deepEqual(times(daily, 1, 'Asia/Kolkata'), ['2026-11-23T21:00']);
    assert.deepEqual(times('at(2026-12-24T18:00:00)', 1, 'America/New_York'), ['2026-12-24T23:00']);
  });

  test('leaves out a time that the clocks skip, and happens once where they show it twice', () => {
    const daily = 'cron(30 2 * * ? *)';
    assert.deepEqual(times(daily, 2, 'Europe/Berlin', '2026-03-28T12:00:00Z'), [
      '2026-03-30T00:30',
      '2026-03-31T00:30',
    ]);
    assert.deepEqual(times(daily, 2, 'Europe/Berlin', '2026-10-24T12:00:00Z'), [
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
  });

  for (const expression of [
    '',
    'rate(0 minutes)',
    'rate(1 minutes)',
    'rate(5 minute)',
    'rate(1.5 hours)',
    'rate(-1 minutes)',
    'rate(5 seconds)',
    'rate(5)',
    'rate 5 minutes',
    'every(5 minutes)',
    'cron()',
    'cron(0 12 * * *)',
    'cron(0 12 * * * *)',
    'cron(0 12 ? * ? *)',
    'cron(0 12 1 * MON *)',
    'cron(60 12 * * ? *)',
    'cron(0 24 * * ? *)',
    'cron(0 12 32 * ? *)',
    'cron(0 12 0 * ? *)',
    'cron(0 12 ? 13 MON *)',
    'cron(0 12 ? * 0 *)',
    'cron(0 12 ? * 8 *)',
    'cron(0 12 ? * 2#6 *)',
    'cron(0 12 ? * MOON *)',
    'cron(0 12 32W * ? *)',
    'cron(0 12 * * ? 1969)',
    'cron(0 12 * * ? 2200)',
    'cron(0/0 12 * * ? *)',
    'cron(1-2-3 12 * * ? *)',
    'cron(0 12 * * ? * *)',
    'at(2026-13-01T00:00:00)',
    'at(2026-02-30T00:00:00)',
    'at(2026-11-24)',
  ]) {
    test(`'${expression}' is none`, () => assert.equal(parseSchedule(expression), undefined));
  }

  test('of a time zone that there is not is none', () => {
    assert.equal(parseSchedule('rate(1 minute)', 'Mars/Olympus'), undefined);
  });
});
