import { isTimeScale, largestTimeScale } from '../../model/waitClock.ts';
import type { AsyncInvocations } from '../invoke/async/asyncInvocations.ts';
import { invalidParameterValue } from '../invoke/serviceErrors.ts';
import type { WaitClock } from '../waits/waitClock.ts';
import { type HttpReply, type HttpRequest, jsonReply, queryValue } from './http.ts';
import { errorReply } from './serviceErrors.ts';

export interface WaitRouteParts {
  readonly async: Pick<AsyncInvocations, 'queued' | 'skipWaits'>;
  readonly waits: Pick<WaitClock, 'state' | 'setScale' | 'pause' | 'resume' | 'advanceTo'>;
  /** When the next of all that waits is due, by the clock of waits. */
  readonly nextDeadline: () => number | undefined;
}

/** What waits, and the clock that it waits by. */
export function waitRoutes({ async, waits, nextDeadline }: WaitRouteParts) {
  const clock = (more: object = {}) =>
    jsonReply(200, { ...waits.state(), nextDeadline: nextDeadline(), ...more });

  return {
    'GET /_lens/async-events': (request: HttpRequest): HttpReply =>
      jsonReply(200, { events: async.queued(queryValue(request, 'function')) }),
    'POST /_lens/skip-waits': (request: HttpRequest): HttpReply =>
      jsonReply(200, { skipped: async.skipWaits(queryValue(request, 'request')) }),
    'GET /_lens/clock': (): HttpReply => clock(),
    'POST /_lens/clock': (request: HttpRequest): HttpReply => {
      const fault = faultOf(request);
      if (fault !== undefined) return errorReply(invalidParameterValue(fault));
      const scale = queryValue(request, 'scale');
      const paused = queryValue(request, 'paused');
      if (scale !== undefined) waits.setScale(Number(scale));
      if (paused === 'true') waits.pause();
      if (paused === 'false') waits.resume();
      return clock();
    },
    // To the next deadline and no further; the clock goes on, or does not, as before.
    'POST /_lens/clock/step': (): HttpReply => {
      const next = nextDeadline();
      if (next !== undefined) waits.advanceTo(next);
      return clock({ stepped: next !== undefined });
    },
  };
}

function faultOf(request: HttpRequest): string | undefined {
  const scale = queryValue(request, 'scale');
  const paused = queryValue(request, 'paused');
  if (scale === undefined && paused === undefined) return 'Give "scale", "paused", or both.';
  if (scale !== undefined && !isTimeScale(Number(scale))) {
    return `"scale" must be a number above 0, at most ${largestTimeScale}, not '${scale}'.`;
  }
  return paused === undefined || paused === 'true' || paused === 'false'
    ? undefined
    : `"paused" must be true or false, not '${paused}'.`;
}
