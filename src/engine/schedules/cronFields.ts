/** A day of the calendar; months count from 1. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The six fields of a cron expression, read. */
export interface CronFields {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly isDay: (day: Day) => boolean;
  readonly years: readonly number[];
}

/**
 * Reads the fields of a cron expression as EventBridge has them: minutes, hours, day of month, month, day of week (1 is
 * Sunday), year. One of the two days has to be `?`.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 *
 * @returns undefined where it is none
 */
export function parseCronFields(text: string): CronFields | undefined {
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = '', ...more] = text
    .trim()
    .toUpperCase()
    .split(/\s+/);
  if (more.length > 0 || (dayOfMonth === '?') === (dayOfWeek === '?')) return undefined;
  const minutes = numbers(minute, { from: 0, to: 59 });
  const hours = numbers(hour, { from: 0, to: 23 });
  const months = numbers(month, { from: 1, to: 12, names: monthNames });
  const years = numbers(year, { from: 1970, to: 2199 });
  const isOfMonth = dayOfMonth === '?' ? always : monthDays(dayOfMonth);
  const isOfWeek = dayOfWeek === '?' ? always : weekDays(dayOfWeek);
  if (!minutes || !hours || !months || !years || !isOfMonth || !isOfWeek) return undefined;
  const isDay = (day: Day) => months.includes(day.month) && isOfMonth(day) && isOfWeek(day);
  return { minutes, hours, isDay, years };
}

type DayTest = (day: Day) => boolean;

const always: DayTest = () => true;

/** 1 for Sunday. */
function weekDayOf({ year, month, day }: Day): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
}

export function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function monthDays(field: string): DayTest | undefined {
  return anyOf(field, part => {
    if (part === 'L') return ({ year, month, day }) => day === daysIn(year, month);
    const weekday = /^(\d{1,2})W$/.exec(part)?.[1];
    if (weekday !== undefined) {
      const wanted = Number(weekday);
      return wanted >= 1 && wanted <= 31 ? day => day.day === nearestWorkday(day, wanted) : undefined;
    }
    const days = numbers(part, { from: 1, to: 31 });
    return days && (({ day }) => days.includes(day));
  });
}

function weekDays(field: string): DayTest | undefined {
  return anyOf(field, part => {
    // The last day of the week is Saturday.
    if (part === 'L') return day => weekDayOf(day) === 7;
    const [, lastName] = /^(\w+)L$/.exec(part) ?? [];
    if (lastName !== undefined) {
      const wanted = numberOf(lastName, dayField);
      return wanted === undefined
        ? undefined
        : day => weekDayOf(day) === wanted && day.day > daysIn(day.year, day.month) - 7;
    }
    const [, nthName, nth] = /^(\w+)#([1-5])$/.exec(part) ?? [];
    if (nthName !== undefined) {
      const wanted = numberOf(nthName, dayField);
      return wanted === undefined
        ? undefined
        : day => weekDayOf(day) === wanted && Math.ceil(day.day / 7) === Number(nth);
    }
    const days = numbers(part, dayField);
    return days && (day => days.includes(weekDayOf(day)));
  });
}

function anyOf(field: string, testOf: (part: string) => DayTest | undefined): DayTest | undefined {
  const tests = field.split(',').map(testOf);
  return tests.every(test => test !== undefined) ? day => tests.some(test => test(day)) : undefined;
}

/** The workday that is nearest to a day and in the same month; none where the month has no such day. */
function nearestWorkday({ year, month }: Day, wanted: number): number | undefined {
  const last = daysIn(year, month);
  if (wanted > last) return undefined;
  const weekDay = weekDayOf({ year, month, day: wanted });
  if (weekDay === 7) return wanted > 1 ? wanted - 1 : wanted + 2;
  if (weekDay === 1) return wanted < last ? wanted + 1 : wanted - 2;
  return wanted;
}

interface Field {
  readonly from: number;
  readonly to: number;
  /** From the first value on. */
  readonly names?: readonly string[];
}

const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const dayField: Field = { from: 1, to: 7, names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] };

/** In ascending order. */
function numbers(field: string, of: Field): readonly number[] | undefined {
  const found = new Set<number>();
  for (const part of field.split(',')) {
    const [, range = '', step] = /^([^/]+)(?:\/([1-9]\d*))?$/.exec(part) ?? [];
    const [first = '', last, ...more] = range.split('-');
    const from = first === '*' && last === undefined ? of.from : numberOf(first, of);
    // A step begins at its value and goes on to the end.
    const to = last === undefined ? (first === '*' || step !== undefined ? of.to : from) : numberOf(last, of);
    if (from === undefined || to === undefined || more.length > 0) return undefined;
    for (const value of through(from, to, of)) {
      if (value.index % Number(step ?? 1) === 0) found.add(value.number);
    }
  }
  return [...found].sort((a, b) => a - b);
}

/** From one value to another; days and months may go over the end, as in FRI-MON. */
function through(from: number, to: number, { from: lowest, to: highest }: Field) {
  const count = from <= to ? to - from + 1 : highest - from + 1 + to - lowest + 1;
  return Array.from({ length: count }, (_, index) => ({
    index,
    number: lowest + ((from - lowest + index) % (highest - lowest + 1)),
  }));
}

function numberOf(text: string, { from, to, names = [] }: Field): number | undefined {
  const named = names.indexOf(text);
  if (named >= 0) return from + named;
  const value = Number(text);
  return /^\d+$/.test(text) && value >= from && value <= to ? value : undefined;
}
