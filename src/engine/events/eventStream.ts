import type { ServerResponse } from 'node:http';
import type { EngineEvent } from '../../model/engineEvent.ts';
import type { EventLog } from './eventLog.ts';

/**
 * Writes events to a client as they come, as server-sent events whose ids are the events' own.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html
 *
 * A client that resumes gets what it missed; where that is no longer known it gets an event called `reset`
 * instead, which means: read again whatever you show. The first block of every stream carries an id without
 * data, so that a client which resumes before its first event misses nothing.
 *
 * @param lastEventId absent: from now on.
 */
export function streamEvents(
  response: ServerResponse,
  log: Pick<EventLog, 'onDidEmit' | 'lastId' | 'since'>,
  lastEventId: number | undefined,
): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const backlog = lastEventId === undefined ? undefined : log.since(lastEventId);
  if (backlog?.kind === 'complete') {
    response.write(`id: ${lastEventId}\n\n${backlog.events.map(formatEvent).join('')}`);
  } else {
    const lastId = log.lastId();
    const reset = backlog ? `event: reset\ndata: {"lastId":${lastId}}\n` : '';
    response.write(`${reset}id: ${lastId}\n\n`);
  }
  const subscription = log.onDidEmit(event => {
    response.write(formatEvent(event));
    // A client that does not read must not grow the engine; it comes back with its last id.
    if (response.writableLength > maxBufferedBytes) response.destroy();
  });
  response.on('close', () => subscription.dispose());
}

const maxBufferedBytes = 4 * 1024 * 1024;

function formatEvent(event: EngineEvent): string {
  return `id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`;
}
