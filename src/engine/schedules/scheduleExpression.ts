import { type CronFields, daysIn, parseCronFields } from './cronFields.ts';
import { type TimeZone, timeZoneOf } from './timeZone.ts';

/** When something is to happen. Times are epoch milliseconds. */
export interface Schedule {
  /**
   * The first time after another; undefined where there is none any more.
   *
   * @param since when the schedule began, from which a rate is counted
   */
  nextAfter(time: number, since: number): number | undefined;
}

/**
 * Reads `rate(...)`, `cron(...)` or `at(...)`.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 *
 * @param timezone an IANA name, for cron and at; rules of EventBridge go by UTC
 * @returns undefined where it is none
 */
export function parseSchedule(expression: string, timezone = 'UTC'): Schedule | undefined {
  const [, kind, content = ''] = /^(rate|cron|at)\(([^()]*)\)$/.exec(expression.trim()) ?? [];
  const zone = timeZoneOf(timezone);
  if (!zone) return undefined;
  if (kind === 'rate') return rate(content);
  if (kind === 'at') return at(content, zone);
  const fields = kind === 'cron' ? parseCronFields(content) : undefined;
  return fields && { nextAfter: time => nextOf(fields, zone, time) };
}

function rate(content: string): Schedule | undefined {
  const [, digits, unit, plural] = /^([1-9]\d*) (minute|hour|day)(s?)$/.exec(content.trim()) ?? [];
  // One is singular, all else is plural.
  if (digits === undefined || (digits === '1') === (plural === 's')) return undefined;
  const period = Number(digits) * (unitMs[unit ?? ''] ?? Number.NaN);
  return {
    nextAfter: (time, since) => since + (Math.floor(Math.max(0, time - since) / period) + 1) * period,
  };
}

const minuteMs = 60_000;
const unitMs: Readonly<Record<string, number>> = {
  minute: minuteMs,
  hour: 60 * minuteMs,
  day: 24 * 60 * minuteMs,
};

function at(content: string, zone: TimeZone): Schedule | undefined {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/.exec(content.trim());
  if (!found) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1).map(Number);
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const start = zone.timeOf({ year, month, day, hour, minute });
  if (start === undefined) return { nextAfter: () => undefined };
  const due = start + second * 1000;
  return { nextAfter: time => (due > time ? due : undefined) };
}

/** Days are gone through one by one: 63,000 of them are left at most, where there never is such a day. */
function nextOf({ minutes, hours, isDay, years }: CronFields, zone: TimeZone, after: number) {
  const today = zone.wallTimeAt(after);
  const lastYear = years.at(-1) ?? 0;
  for (
    let midnight = Date.UTC(today.year, today.month - 1, today.day);
    new Date(midnight).getUTCFullYear() <= lastYear;
    midnight += 24 * 60 * minuteMs
  ) {
    const date = new Date(midnight);
    const day = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
    if (!years.includes(day.year) || !isDay(day)) continue;
    for (const hour of hours) {
      for (const minute of minutes) {
        const time = zone.timeOf({ ...day, hour, minute });
        if (time !== undefined && time > after) return time;
      }
    }
  }
  return undefined;
}
