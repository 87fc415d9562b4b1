import { messageOf } from '../../../shared/errors.ts';
import type { ServiceCaller } from '../../invoke/async/sender.ts';
import { parseTarget } from '../../invoke/async/targets.ts';
import { sqsCall } from '../../services/calls.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Message.html */
export interface QueueMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly MD5OfMessageAttributes?: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MessageAttributes?: Readonly<
    Record<
      string,
      { readonly DataType: string; readonly StringValue?: string; readonly BinaryValue?: string }
    >
  >;
}

/** A queue, as its poller uses it. Everything rejects with a {@link QueueFault} where the service refuses. */
export interface QueueClient {
  /** @param waitSeconds how long the call waits for a first message */
  receive(max: number, waitSeconds: number): Promise<readonly QueueMessage[]>;
  /** Rejects where a message could not be deleted. */
  remove(messages: readonly QueueMessage[]): Promise<void>;
  /** Lets messages be received again at once. */
  release(messages: readonly QueueMessage[]): Promise<void>;
  visibilityTimeoutSeconds(): Promise<number>;
}

/** What the queue's service has answered. */
export class QueueFault extends Error {
  override readonly name = 'QueueFault';
  /** For example `AWS.SimpleQueueService.NonExistentQueue`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** How many messages a request may be about. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
export const mostPerRequest = 10;

export function createQueueClient(arn: string, call: ServiceCaller): QueueClient {
  const target = parseTarget(arn);
  if (!target) throw new Error(`${arn} is no ARN`);
  const { region, accountId, resource } = target;
  let url: Promise<string> | undefined;

  async function ask<Output>(operation: string, input: object): Promise<Output> {
    const request = sqsCall({ region, accountId }, operation, input);
    const { status, body } = await call({ service: 'sqs', region, request });
    const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
    if (status === 200) return JSON.parse(text === '' ? '{}' : text) as Output;
    throw faultOf(text, status);
  }

  async function queueUrl(): Promise<string> {
    url ??= ask<{ QueueUrl: string }>('GetQueueUrl', { QueueName: resource }).then(found => found.QueueUrl);
    try {
      return await url;
    } catch (error) {
      // It may be there the next time.
      url = undefined;
      throw error;
    }
  }

  /** In requests of ten. */
  async function inBatches(
    operation: string,
    messages: readonly QueueMessage[],
    entryOf: (message: QueueMessage) => object,
  ): Promise<void> {
    const QueueUrl = await queueUrl();
    const requests = [];
    for (let at = 0; at < messages.length; at += mostPerRequest) {
      const Entries = messages
        .slice(at, at + mostPerRequest)
        .map((message, index) => ({ Id: String(index), ...entryOf(message) }));
      requests.push(ask<{ Failed?: readonly { Message?: string }[] }>(operation, { QueueUrl, Entries }));
    }
    const failures = (await Promise.all(requests)).flatMap(({ Failed = [] }) => Failed);
    const [first] = failures;
    if (first) throw new QueueFault(operation, first.Message ?? `${failures.length} messages failed.`);
  }

  return {
    async receive(max, waitSeconds) {
      const { Messages = [] } = await ask<{ Messages?: readonly QueueMessage[] }>('ReceiveMessage', {
        QueueUrl: await queueUrl(),
        MaxNumberOfMessages: Math.min(max, mostPerRequest),
        WaitTimeSeconds: waitSeconds,
        AttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      });
      return Messages;
    },
    remove: messages => inBatches('DeleteMessageBatch', messages, ({ ReceiptHandle }) => ({ ReceiptHandle })),
    release: messages =>
      inBatches('ChangeMessageVisibilityBatch', messages, ({ ReceiptHandle }) => ({
        ReceiptHandle,
        VisibilityTimeout: 0,
      })),
    async visibilityTimeoutSeconds() {
      const { Attributes = {} } = await ask<{ Attributes?: Record<string, string> }>('GetQueueAttributes', {
        QueueUrl: await queueUrl(),
        AttributeNames: ['VisibilityTimeout'],
      });
      return Number(Attributes.VisibilityTimeout ?? 30);
    },
  };
}

function faultOf(text: string, status: number): QueueFault {
  try {
    const { __type: type, message, Message } = JSON.parse(text) as Record<string, string | undefined>;
    const name = type?.slice(type.lastIndexOf('#') + 1) ?? String(status);
    const code = name === 'QueueDoesNotExist' ? 'AWS.SimpleQueueService.NonExistentQueue' : name;
    return new QueueFault(code, message ?? Message ?? `The service answered with ${status}.`);
  } catch (error) {
    return new QueueFault(String(status), `The service answered with ${status}: ${messageOf(error)}`);
  }
}
