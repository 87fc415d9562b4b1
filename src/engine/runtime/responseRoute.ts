import type { Clock } from '../../shared/clock.ts';
import type { Ending } from './environmentLifecycle.ts';
import type { HeldInvocation } from './heldInvocation.ts';
import { StreamedResponse } from './streamedResponse.ts';

/** What was read to its end goes where the rest of a response would, if that goes on as it is written. */
export function passOn(
  held: HeldInvocation | undefined,
  ending: Ending,
  contentType: string | undefined,
  executedVersion: string,
): Ending {
  const sink = held?.assignment.response;
  if (sink === undefined || held?.streams || ending.kind !== 'response') return ending;
  sink.begin({ contentType: contentType ?? 'application/octet-stream', executedVersion });
  void sink.write(ending.body);
  return { kind: 'response', body: new Uint8Array() };
}

/** Where a response goes that begins; undefined where it is to be read to its end first. */
export function openStream(
  held: HeldInvocation | undefined,
  requestId: string,
  contentType: string,
  executedVersion: string,
  clock: Clock,
): StreamedResponse | undefined {
  const sink = held?.assignment.response;
  if (held === undefined || sink === undefined || held.streams) return undefined;
  if (held.assignment.requestId !== requestId) return undefined;
  held.streams = true;
  return new StreamedResponse(sink, { contentType, executedVersion }, clock);
}
