import type { Disposable } from '../../shared/disposable.ts';
import type { WaitClock } from '../waits/waitClock.ts';
import type { Schedule } from './scheduleExpression.ts';

/** Something that happens again and again. */
export interface Scheduled {
  /** The same as long as it is the same schedule; another one begins anew. */
  readonly key: string;
  readonly schedule: Schedule;
  /** Epoch milliseconds; absent: at once, and for ever. */
  readonly startsAt?: number;
  readonly endsAt?: number;
  /** @param time at which it was due, by the clock of waits */
  readonly run: (time: number) => void;
}

/** Runs what is scheduled, by the clock of waits. */
export interface Schedules extends Disposable {
  update(scheduled: readonly Scheduled[]): void;
  /** When the next one is due, by the clock of waits. */
  nextDeadline(): number | undefined;
}

interface Entry {
  scheduled: Scheduled;
  readonly since: number;
  due?: number;
  alarm?: Disposable;
}

export function createSchedules(waits: Pick<WaitClock, 'now' | 'at'>): Schedules {
  const entries = new Map<string, Entry>();

  /** What was missed, as nobody was there, is not made up for. */
  const plan = (entry: Entry, after: number) => {
    const { schedule, startsAt = 0, endsAt = Number.POSITIVE_INFINITY } = entry.scheduled;
    const due = schedule.nextAfter(Math.max(after, startsAt - 1), entry.since);
    if (due === undefined || due > endsAt) {
      delete entry.due;
      return;
    }
    entry.due = due;
    entry.alarm = waits.at(due, () => {
      plan(entry, waits.now());
      entry.scheduled.run(due);
    });
  };

  return {
    update(scheduled) {
      const wanted = new Map(scheduled.map(each => [each.key, each]));
      for (const [key, entry] of entries) {
        if (wanted.has(key)) continue;
        entry.alarm?.dispose();
        entries.delete(key);
      }
      for (const [key, each] of wanted) {
        const known = entries.get(key);
        if (known) known.scheduled = each;
        else {
          const entry: Entry = { scheduled: each, since: waits.now() };
          entries.set(key, entry);
          plan(entry, entry.since);
        }
      }
    },
    nextDeadline() {
      const due = [...entries.values()].flatMap(entry => entry.due ?? []);
      return due.length === 0 ? undefined : Math.min(...due);
    },
    dispose() {
      for (const { alarm } of entries.values()) alarm?.dispose();
      entries.clear();
    },
  };
}
