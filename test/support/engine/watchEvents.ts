import { followEvents } from '../../../src/client/followEvents.ts';
import { createSignedHttp } from '../../../src/client/signedHttp.ts';
import type { EngineEvent } from '../../../src/model/engineEvent.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import type { Disposable } from '../../../src/shared/disposable.ts';
import { silentLog } from '../silentLog.ts';
import type { ServeLine } from './cli.ts';

/** Every event of an engine since its start, as they come in. */
export function watchEvents(line: ServeLine): Disposable & { readonly events: readonly EngineEvent[] } {
  const events: EngineEvent[] = [];
  const http = createSignedHttp({ ...line, pid: 0, startedAt: 0, buildId: '', root: '', stateDirectory: '' });
  const following = followEvents({
    http,
    clock: systemClock,
    log: silentLog,
    lastEventId: 0,
    isOver: () => false,
    onEvent: event => events.push(event),
  });
  return { events, dispose: () => following.dispose() };
}
