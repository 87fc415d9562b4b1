import { messageOf } from '../../../shared/errors.ts';
import type { HttpReply, HttpRequest } from '../../api/http.ts';
import type { Ids } from '../../ports.ts';
import { snsCall, sqsCall } from '../../services/calls.ts';
import type { AsyncRequest } from './queuedEvent.ts';
import { functionOf, isFifo, type Target } from './targets.ts';

export type DeliveryOutcome =
  | { readonly kind: 'sent' }
  /** It would be refused again. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unreachable'; readonly reason: string };

export interface TargetMessage {
  readonly body: string;
  readonly attributes?: Readonly<
    Record<string, { readonly type: 'String' | 'Number'; readonly value: string }>
  >;
}

export interface SenderParts {
  readonly home: { readonly region: string; readonly accountId: string };
  readonly ids: Pick<Ids, 'uuid'>;
  /** Calls a service. Rejects where there is no answer. */
  readonly call: ServiceCaller;
  /** Invokes a function asynchronously. */
  readonly invoke: (request: AsyncRequest) => Promise<void>;
}

export type ServiceCaller = (call: {
  readonly service: string;
  readonly region: string;
  readonly request: HttpRequest;
}) => Promise<HttpReply>;

/** Sends a message to a queue, a topic or a function. Never rejects. */
export type Sender = (target: Target, message: TargetMessage) => Promise<DeliveryOutcome>;

export function createSender({ ids, call, invoke }: SenderParts): Sender {
  async function toQueue(
    { service, region, accountId, resource }: Target,
    { body, attributes = {} }: TargetMessage,
  ): Promise<DeliveryOutcome> {
    const there = { region, accountId };
    const found = await call({
      service,
      region,
      request: sqsCall(there, 'GetQueueUrl', { QueueName: resource }),
    });
    if (found.status !== 200) return failureOf(found);
    const { QueueUrl } = JSON.parse(textOf(found)) as { QueueUrl: string };
    const MessageAttributes = Object.fromEntries(
      Object.entries(attributes).map(([name, { type, value }]) => [
        name,
        { DataType: type, StringValue: value },
      ]),
    );
    const request = sqsCall(there, 'SendMessage', { QueueUrl, MessageBody: body, MessageAttributes });
    return outcomeOf(await call({ service, region, request }));
  }

  async function toTopic(
    { service, region, accountId, resource }: Target,
    { body, attributes = {} }: TargetMessage,
  ): Promise<DeliveryOutcome> {
    const named = Object.entries(attributes).flatMap(([name, { type, value }], at) => {
      const prefix = `MessageAttributes.entry.${at + 1}`;
      return [
        [`${prefix}.Name`, name],
        [`${prefix}.Value.DataType`, type],
        [`${prefix}.Value.StringValue`, value],
      ];
    });
    const TopicArn = `arn:aws:sns:${region}:${accountId}:${resource}`;
    const input = { TopicArn, Message: body, ...Object.fromEntries(named) };
    return outcomeOf(
      await call({ service, region, request: snsCall({ region, accountId }, 'Publish', input) }),
    );
  }

  return async (target, message) => {
    if (isFifo(target)) return fifoRefusal;
    try {
      switch (target.service) {
        case 'sqs':
          return await toQueue(target, message);
        case 'sns':
          return await toTopic(target, message);
        case 'lambda':
          await invoke({ requestId: ids.uuid(), ...functionOf(target), payload: Buffer.from(message.body) });
          return { kind: 'sent' };
        default:
          return { kind: 'refused', reason: `Nothing is sent to ${target.service}.` };
      }
    } catch (error) {
      return { kind: 'unreachable', reason: messageOf(error) };
    }
  };
}

const fifoRefusal = {
  kind: 'refused',
  reason: 'FIFO queues and topics are no targets. Use a standard one.',
} as const;

export function outcomeOf(reply: HttpReply): DeliveryOutcome {
  return reply.status < 300 ? { kind: 'sent' } : failureOf(reply);
}

export function textOf({ body }: HttpReply): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body);
}

/** What is not there now may be there later; what is refused stays refused. */
function failureOf(reply: HttpReply): DeliveryOutcome {
  const reason = textOf(reply).slice(0, 1_000);
  const mayPass = (reply.status >= 500 && reply.status !== 501) || reason.includes('ServiceUnavailable');
  return { kind: mayPass ? 'unreachable' : 'refused', reason };
}
