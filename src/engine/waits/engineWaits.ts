import type { DatabaseSync } from 'node:sqlite';
import type { EventSink, Ports } from '../ports.ts';
import { waitOffsetMark } from '../store/marks.ts';
import { createWaitClock, type WaitClock } from './waitClock.ts';

/** The clock of waits of an engine, which tells of its changes. @param scale 1 unless stated */
export function createEngineWaits(
  {
    clock,
    log,
    events,
    database,
  }: Pick<Ports, 'clock' | 'log'> & { readonly events: EventSink; readonly database: DatabaseSync },
  scale = 1,
): WaitClock {
  return createWaitClock({
    clock,
    scale,
    offset: waitOffsetMark(database, log),
    onChange: ({ at: _at, ...figures }) => events.emit({ type: 'waitClockChanged', ...figures }),
  });
}

/** The first of several deadlines, of which some may not be. */
export function earliest(...times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter(time => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
