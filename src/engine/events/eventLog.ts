import type { EngineEvent, EngineEventBody } from '../../model/engineEvent.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { Emitter } from '../../shared/emitter.ts';
import type { EventSink } from '../ports.ts';

/** Where the ids go on after a restart. */
export interface EventIdMark {
  /** No id up to this one may be given out again; 0 at the very first start. */
  load(): number;
  save(id: number): void;
}

export interface EventLog extends EventSink, Disposable {
  readonly onDidEmit: (listener: (event: EngineEvent) => void) => Disposable;
  /** The id of the newest event; 0 before the first. */
  lastId(): number;
  /** What a client that has seen `lastEventId` has missed. */
  since(lastEventId: number): Backlog;
}

export type Backlog =
  | { readonly kind: 'complete'; readonly events: readonly EngineEvent[] }
  /** Some of it is no longer known, or the id is none of this log's. */
  | { readonly kind: 'lost' };

/**
 * The newest events, with ids that grow by one and never repeat. After a crash some ids may be missing: they
 * are reserved in blocks, so that an event costs no write.
 *
 * @param capacity how many events are kept for clients that resume.
 */
export function createEventLog(clock: Pick<Clock, 'now'>, mark: EventIdMark, capacity = 10_000): EventLog {
  const emitter = new Emitter<EngineEvent>();
  const events: EngineEvent[] = [];
  let lastId = mark.load();
  let reserved = lastId;
  return {
    onDidEmit: emitter.event,
    lastId: () => lastId,
    emit(body: EngineEventBody) {
      lastId++;
      if (lastId > reserved) {
        reserved = lastId + blockSize;
        mark.save(reserved);
      }
      const event = { ...body, id: lastId, at: clock.now() };
      events.push(event);
      // In blocks, because removing from the front of an array moves all of it.
      if (events.length >= capacity * 2) events.splice(0, events.length - capacity);
      emitter.fire(event);
    },
    since(lastEventId) {
      const kept = events.slice(-capacity);
      const floor = (kept[0]?.id ?? lastId + 1) - 1;
      if (lastEventId < floor || lastEventId > lastId) return { kind: 'lost' };
      return { kind: 'complete', events: kept.slice(lastEventId - floor) };
    },
    dispose() {
      mark.save(lastId);
      emitter.dispose();
    },
  };
}

const blockSize = 1_000;
