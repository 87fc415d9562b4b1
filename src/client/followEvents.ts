import type { EngineEvent } from '../model/engineEvent.ts';
import type { Clock } from '../shared/clock.ts';
import { type Disposable, toDisposable } from '../shared/disposable.ts';
import type { Log } from '../shared/log.ts';
import { createEventParser } from './serverSentEvents.ts';
import type { SignedHttp } from './signedHttp.ts';

export interface FollowOptions {
  readonly http: Pick<SignedHttp, 'send'>;
  readonly clock: Pick<Clock, 'after'>;
  readonly log: Log;
  readonly onEvent: (event: EngineEvent) => void;
  /** Events were missed that the engine no longer knows. */
  readonly onDidReset?: () => void;
  /** The stream is open: no event is missed from now on. */
  readonly onDidOpen?: () => void;
  /** Absent: from now on. */
  readonly lastEventId?: number;
  /** Whether the engine is gone, so that there is nothing to come back to. */
  readonly isOver: () => boolean;
}

/** Follows the engine's events until disposed; a connection that breaks is taken up again where it broke. */
export function followEvents(options: FollowOptions): Disposable {
  const { http, clock, log, isOver } = options;
  const ending = new AbortController();
  let lastId = options.lastEventId?.toString();

  const parse = createEventParser(event => {
    lastId = event.id ?? lastId;
    try {
      if (event.type === 'reset') options.onDidReset?.();
      else if (event.data !== undefined) options.onEvent(JSON.parse(event.data) as EngineEvent);
    } catch (error) {
      log.error('A listener for events failed', error);
    }
  });

  async function readStream(): Promise<void> {
    const response = await http.send(
      'GET',
      { path: '/_lens/events' },
      { signal: ending.signal, headers: lastId === undefined ? {} : { 'last-event-id': lastId } },
    );
    if (response.statusCode !== 200) throw new Error(`The engine answered ${response.statusCode}`);
    response.setEncoding('utf8');
    parse.restart();
    options.onDidOpen?.();
    for await (const chunk of response) parse.push(String(chunk));
  }

  async function follow(): Promise<void> {
    while (!ending.signal.aborted && !isOver()) {
      try {
        await readStream();
      } catch (error) {
        if (ending.signal.aborted || isOver()) return;
        log.debug(`The engine's events broke off: ${String(error)}`);
      }
      await new Promise<void>(resolve => {
        clock.after(reconnectMs, resolve);
      });
    }
  }

  void follow();
  return toDisposable(() => ending.abort());
}

const reconnectMs = 200;
