import { messageOf } from '../../../shared/errors.ts';
import type { HttpRequest } from '../../api/http.ts';
import { putEventsCall, putObjectCall } from '../../services/calls.ts';
import { latestVersion } from '../../versions/records.ts';
import { busEntry, deadLetter, destinationRecord, type EndedEvent, recordKey } from './messages.ts';
import type { Delivery } from './queuedEvent.ts';
import { createSender, type DeliveryOutcome, outcomeOf, type SenderParts, textOf } from './sender.ts';
import { parseTarget } from './targets.ts';

/** Sends what is told of an event to one target. Never rejects. */
export type Deliver = (
  event: EndedEvent,
  delivery: Pick<Delivery, 'kind' | 'targetArn'>,
  payload: Uint8Array,
) => Promise<DeliveryOutcome>;

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
export function createDeliver(parts: SenderParts): Deliver {
  const { home, ids, call } = parts;
  const sender = createSender(parts);
  return async (event, { kind, targetArn }, bytes) => {
    const target = parseTarget(targetArn);
    if (target === undefined) return { kind: 'refused', reason: `${targetArn} is no ARN of a destination.` };
    const { functionName, qualifier = latestVersion } = event;
    const functionArn = `arn:aws:lambda:${home.region}:${home.accountId}:function:${functionName}:${qualifier}`;
    const payload = new TextDecoder().decode(bytes);
    if (kind === 'deadLetter') return sender(target, deadLetter(event, payload));
    const body = destinationRecord(event, functionArn, payload);
    const { service, region, accountId, resource } = target;
    const send = (request: HttpRequest) => call({ service, region: region || home.region, request });
    try {
      switch (service) {
        case 'events': {
          const entry = busEntry(event, targetArn, functionArn, body);
          const reply = await send(putEventsCall({ region, accountId }, [entry]));
          const failed = /"FailedEntryCount":\s*[1-9]/.test(textOf(reply));
          return failed ? { kind: 'refused', reason: textOf(reply) } : outcomeOf(reply);
        }
        case 's3':
          return outcomeOf(await send(putObjectCall(home, resource, recordKey(event, ids.uuid()), body)));
        default:
          return await sender(target, { body });
      }
    } catch (error) {
      return { kind: 'unreachable', reason: messageOf(error) };
    }
  };
}
