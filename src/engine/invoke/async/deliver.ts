import { messageOf } from '../../../shared/errors.ts';
import type { HttpReply, HttpRequest } from '../../api/http.ts';
import type { Ids } from '../../ports.ts';
import { putEventsCall, putObjectCall, snsCall, sqsCall } from '../../services/calls.ts';
import { latestVersion } from '../../versions/records.ts';
import { busEntry, deadLetter, destinationRecord, type EndedEvent, recordKey } from './messages.ts';
import type { AsyncRequest, Delivery } from './queuedEvent.ts';
import { functionOf, isFifo, parseTarget } from './targets.ts';

/** Sends what is told of an event to one target. Never rejects. */
export type Deliver = (
  event: EndedEvent,
  delivery: Pick<Delivery, 'kind' | 'targetArn'>,
  payload: Uint8Array,
) => Promise<DeliveryOutcome>;

export type DeliveryOutcome =
  | { readonly kind: 'sent' }
  /** It would be refused again. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unreachable'; readonly reason: string };

export interface DeliverParts {
  readonly home: { readonly region: string; readonly accountId: string };
  readonly ids: Pick<Ids, 'uuid'>;
  /** Sends a request to a service. Rejects where there is no answer. */
  readonly send: (call: {
    readonly service: string;
    readonly region: string;
    readonly request: HttpRequest;
  }) => Promise<HttpReply>;
  /** Invokes another function asynchronously. */
  readonly invoke: (request: AsyncRequest) => Promise<void>;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
export function createDeliver({ home, ids, send, invoke }: DeliverParts): Deliver {
  return async (event, { kind, targetArn }, bytes) => {
    const target = parseTarget(targetArn);
    if (target === undefined) return { kind: 'refused', reason: `${targetArn} is no ARN of a destination.` };
    if (isFifo(target)) return fifoRefusal;
    const { service, region, accountId, resource } = target;
    const { functionName, qualifier = latestVersion } = event;
    const functionArn = `arn:aws:lambda:${home.region}:${home.accountId}:function:${functionName}:${qualifier}`;
    const payload = new TextDecoder().decode(bytes);
    const letter = kind === 'deadLetter' ? deadLetter(event, payload) : undefined;
    const body = letter?.body ?? destinationRecord(event, functionArn, payload);
    const there = { region, accountId };
    const call = (request: HttpRequest) => send({ service, region: region || home.region, request });
    try {
      switch (service) {
        case 'sqs': {
          const found = await call(sqsCall(there, 'GetQueueUrl', { QueueName: resource }));
          if (found.status !== 200) return failureOf(found);
          const { QueueUrl } = JSON.parse(textOf(found)) as { QueueUrl: string };
          const MessageAttributes = Object.fromEntries(
            Object.entries(letter?.attributes ?? {}).map(([name, { type, value }]) => [
              name,
              { DataType: type, StringValue: value },
            ]),
          );
          const input = { QueueUrl, MessageBody: body, MessageAttributes };
          return outcomeOf(await call(sqsCall(there, 'SendMessage', input)));
        }
        case 'sns': {
          const attributes = Object.entries(letter?.attributes ?? {}).flatMap(
            ([name, { type, value }], at) => {
              const prefix = `MessageAttributes.entry.${at + 1}`;
              return [
                [`${prefix}.Name`, name],
                [`${prefix}.Value.DataType`, type],
                [`${prefix}.Value.StringValue`, value],
              ];
            },
          );
          const input = { TopicArn: targetArn, Message: body, ...Object.fromEntries(attributes) };
          return outcomeOf(await call(snsCall(there, 'Publish', input)));
        }
        case 'lambda': {
          await invoke({ requestId: ids.uuid(), ...functionOf(target), payload: Buffer.from(body) });
          return { kind: 'sent' };
        }
        case 'events': {
          const reply = await call(putEventsCall(there, [busEntry(event, targetArn, functionArn, body)]));
          const failed = /"FailedEntryCount":\s*[1-9]/.test(textOf(reply));
          return failed ? { kind: 'refused', reason: textOf(reply) } : outcomeOf(reply);
        }
        case 's3':
          return outcomeOf(await call(putObjectCall(home, resource, recordKey(event, ids.uuid()), body)));
        default:
          return { kind: 'refused', reason: `Lambda sends nothing to ${service}.` };
      }
    } catch (error) {
      return { kind: 'unreachable', reason: messageOf(error) };
    }
  };
}

const fifoRefusal = {
  kind: 'refused',
  reason: 'Lambda does not send to FIFO queues and topics. Use a standard one.',
} as const;

function outcomeOf(reply: HttpReply): DeliveryOutcome {
  return reply.status < 300 ? { kind: 'sent' } : failureOf(reply);
}

/** What is not there now may be there later; what is refused stays refused. */
function failureOf(reply: HttpReply): DeliveryOutcome {
  const reason = textOf(reply).slice(0, 1_000);
  const mayPass = (reply.status >= 500 && reply.status !== 501) || reason.includes('ServiceUnavailable');
  return { kind: mayPass ? 'unreachable' : 'refused', reason };
}

function textOf({ body }: HttpReply): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body);
}
