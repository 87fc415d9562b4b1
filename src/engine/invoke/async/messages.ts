import type { Ended, LastResponse, QueuedEvent } from './queuedEvent.ts';
import type { TargetMessage } from './sender.ts';

/** What is told of an event that is tried no more. */
export interface EndedEvent extends QueuedEvent {
  readonly ended: Ended;
}

/**
 * What a destination is sent, as JSON text; its members are in the order of those that were recorded on AWS.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 *
 * @param functionArn with a qualifier
 * @param payload the event, JSON text
 */
export function destinationRecord(
  { requestId, progress, response, ended }: EndedEvent,
  functionArn: string,
  payload: string,
): string {
  const head = {
    version: '1.0',
    timestamp: new Date(ended.at).toISOString(),
    requestContext: {
      requestId,
      functionArn,
      condition: ended.condition,
      approximateInvokeCount: progress.invokeCount,
    },
  };
  const context = response && {
    statusCode: 200,
    executedVersion: response.executedVersion,
    ...(response.functionError === undefined ? {} : { functionError: response.functionError }),
  };
  const members = [
    JSON.stringify(head).slice(1, -1),
    // Numbers of any size and the order of members stay as they were sent.
    `"requestPayload":${payload}`,
    ...(response
      ? [`"responseContext":${JSON.stringify(context)}`, `"responsePayload":${response.payload}`]
      : []),
  ];
  return `{${members.join(',')}}`;
}

/**
 * What a dead-letter queue is sent.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-dlq
 *
 * Not known from a recording: the code and the message of an event that no attempt has answered. Here they are
 * those of the throttle that turned it away.
 *
 * @param payload the event, JSON text
 */
export function deadLetter({ requestId, response }: QueuedEvent, payload: string): Required<TargetMessage> {
  return {
    body: payload,
    attributes: {
      RequestID: { type: 'String', value: requestId },
      ErrorCode: { type: 'Number', value: response ? '200' : '429' },
      ErrorMessage: {
        type: 'String',
        value: firstKilobyte(response ? errorMessageOf(response) : 'Rate Exceeded.'),
      },
    },
  };
}

/** An entry for `PutEvents` with a destination's record. */
export interface BusEntry {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
  readonly Resources: readonly string[];
  readonly EventBusName: string;
}

/** @param functionArn with a qualifier */
export function busEntry(
  { ended }: EndedEvent,
  busArn: string,
  functionArn: string,
  record: string,
): BusEntry {
  const result = ended.condition === 'Success' ? 'Success' : 'Failure';
  return {
    Source: 'lambda',
    DetailType: `Lambda Function Invocation Result - ${result}`,
    Detail: record,
    Resources: [busArn, functionArn],
    EventBusName: busArn,
  };
}

/**
 * Where in a bucket a record is put.
 *
 * @param uuid makes the key a key of its own
 */
export function recordKey({ functionName, ended }: EndedEvent, uuid: string): string {
  const [day = '', time = ''] = new Date(ended.at).toISOString().split(/[T.]/);
  return `aws/lambda/async/${functionName}/${day.replaceAll('-', '/')}/${day}T${time.replaceAll(':', '.')}-${uuid}`;
}

function errorMessageOf({ payload }: LastResponse): string {
  try {
    const error: unknown = JSON.parse(payload);
    const isObject = typeof error === 'object' && error !== null;
    if (isObject && 'errorMessage' in error && typeof error.errorMessage === 'string') {
      return error.errorMessage;
    }
  } catch {
    // A custom runtime may answer anything.
  }
  return payload;
}

/** Cut between characters. */
function firstKilobyte(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= 1024) return text;
  let end = 1024;
  // The bytes of a character after its first one begin with 10.
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.toString('utf8', 0, end);
}
