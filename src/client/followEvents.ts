import type { EngineEvent } from '../model/engineEvent.ts';
import { type Disposable, toDisposable } from '../shared/disposable.ts';
import type { Log } from '../shared/log.ts';
import { createEventParser } from './serverSentEvents.ts';
import type { SignedHttp } from './signedHttp.ts';

export interface EventListeners {
  readonly onEvent: (event: EngineEvent) => void;
  /** Events were missed that the engine no longer knows. */
  readonly onDidReset?: () => void;
}

/**
 * Follows the engine's events until disposed or until `isOver` says that the engine is gone; a connection that
 * breaks is taken up again where it broke.
 */
export function followEvents(
  http: SignedHttp,
  listeners: EventListeners,
  lastEventId: number | undefined,
  isOver: () => boolean,
  log: Log,
): Disposable {
  const ending = new AbortController();
  let lastId = lastEventId?.toString();

  async function readStream(): Promise<void> {
    const response = await http.send(
      'GET',
      { path: '/_lens/events' },
      { signal: ending.signal, headers: lastId === undefined ? {} : { 'last-event-id': lastId } },
    );
    if (response.statusCode !== 200) throw new Error(`The engine answered ${response.statusCode}`);
    response.setEncoding('utf8');
    const parse = createEventParser(event => {
      lastId = event.id ?? lastId;
      try {
        if (event.type === 'reset') listeners.onDidReset?.();
        else if (event.data !== undefined) listeners.onEvent(JSON.parse(event.data) as EngineEvent);
      } catch (error) {
        log.error('A listener for events failed', error);
      }
    });
    for await (const chunk of response) parse(String(chunk));
  }

  async function follow(): Promise<void> {
    while (!ending.signal.aborted && !isOver()) {
      try {
        await readStream();
      } catch (error) {
        if (ending.signal.aborted || isOver()) return;
        log.debug(`The engine's events broke off: ${String(error)}`);
      }
      await new Promise(resolve => setTimeout(resolve, reconnectMs));
    }
  }

  void follow();
  return toDisposable(() => ending.abort());
}

const reconnectMs = 200;
