import type { ShownMessage, ShownQueue } from '../../model/shownResource.ts';
import type { HttpReply } from '../api/http.ts';

/** Looks into the queues of the embedded SQS; nothing there changes by it. */
export interface QueueInspection {
  list(): Promise<readonly ShownQueue[]>;
  /** Undefined where there is no such queue. */
  messages(queueName: string): Promise<readonly ShownMessage[] | undefined>;
}

/** @param get asks the service itself, which has an API of its own for this */
export function createQueueInspection(get: (path: string) => Promise<HttpReply>): QueueInspection {
  return {
    async list() {
      const queues = parse<readonly FauxqsQueue[]>(await get('/_fauxqs/queues'));
      return (queues ?? []).map(queue => ({
        name: queue.name,
        visible: queue.approximateMessageCount,
        inFlight: queue.approximateInflightCount,
        delayed: queue.approximateDelayedCount,
      }));
    },
    async messages(queueName) {
      const found = parse<FauxqsInspection>(await get(`/_fauxqs/queues/${encodeURIComponent(queueName)}`));
      if (!found) return undefined;
      const { ready, delayed, inflight } = found.messages;
      return [
        ...ready.map(message => shown(message, 'visible')),
        ...inflight.map(({ message }) => shown(message, 'inFlight')),
        ...delayed.map(message => shown(message, 'delayed')),
      ];
    },
  };
}

interface FauxqsQueue {
  readonly name: string;
  readonly approximateMessageCount: number;
  readonly approximateInflightCount: number;
  readonly approximateDelayedCount: number;
}

interface FauxqsMessage {
  readonly messageId: string;
  readonly body: string;
  readonly messageAttributes?: Readonly<Record<string, { readonly StringValue?: string }>>;
  readonly sentTimestamp: number;
  readonly approximateReceiveCount: number;
}

interface FauxqsInspection {
  readonly messages: {
    readonly ready: readonly FauxqsMessage[];
    readonly delayed: readonly FauxqsMessage[];
    readonly inflight: readonly { readonly message: FauxqsMessage }[];
  };
}

function shown(message: FauxqsMessage, state: ShownMessage['state']): ShownMessage {
  const { messageId, body, messageAttributes = {}, sentTimestamp, approximateReceiveCount } = message;
  const attributes = Object.entries(messageAttributes).flatMap(([name, { StringValue }]) =>
    StringValue === undefined ? [] : [[name, StringValue] as const],
  );
  return {
    id: messageId,
    state,
    body,
    attributes: Object.fromEntries(attributes),
    sentAt: sentTimestamp,
    receiveCount: approximateReceiveCount,
  };
}

function parse<T>({ status, body }: HttpReply): T | undefined {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  return status === 200 ? (JSON.parse(text) as T) : undefined;
}
