/** A time of day that a clock on a wall shows. */
export interface WallTime {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** What clocks on walls show in a time zone. */
export interface TimeZone {
  wallTimeAt(time: number): WallTime;
  /** When a clock shows it: the first time where it shows it twice, undefined where it skips it. Epoch milliseconds. */
  timeOf(wall: WallTime): number | undefined;
}

/** @returns undefined where there is no time zone of that name */
export function timeZoneOf(name: string): TimeZone | undefined {
  if (name === 'UTC') return utc;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: name, hourCycle: 'h23', ...parts });
  } catch {
    return undefined;
  }
  const wallTimeAt = (time: number): WallTime => {
    const found = Object.fromEntries(
      format.formatToParts(time).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = found;
    return { year, month, day, hour, minute };
  };
  return {
    wallTimeAt,
    timeOf(wall) {
      const asUtc = utcTimeOf(wall);
      // No clock is further from UTC than a day; around a change there are two distances.
      const distances = [asUtc - dayMs, asUtc + dayMs].map(near => utcTimeOf(wallTimeAt(near)) - near);
      return distances
        .map(distance => asUtc - distance)
        .sort((a, b) => a - b)
        .find(time => utcTimeOf(wallTimeAt(time)) === asUtc);
    },
  };
}

const parts = {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
} as const;

const dayMs = 24 * 60 * 60_000;

function utcTimeOf({ year, month, day, hour, minute }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute);
}

const utc: TimeZone = {
  wallTimeAt(time) {
    const date = new Date(time);
    return {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      hour: date.getUTCHours(),
      minute: date.getUTCMinutes(),
    };
  },
  timeOf: utcTimeOf,
};
