import { EventStreamCodec } from '@smithy/core/event-streams';

/**
 * The messages that `InvokeWithResponseStream` answers with, framed as `application/vnd.amazon.eventstream`.
 * https://docs.aws.amazon.com/lambda/latest/api/API_InvokeWithResponseStream.html
 * https://smithy.io/2.0/aws/amazon-eventstream.html
 */
export const eventStreamType = 'application/vnd.amazon.eventstream';

export function payloadChunk(payload: Uint8Array): Uint8Array {
  return message('PayloadChunk', 'application/octet-stream', payload);
}

/** The last message. */
export interface InvokeComplete {
  readonly ErrorCode?: string;
  readonly ErrorDetails?: string;
  readonly LogResult?: string;
}

export function invokeComplete(members: InvokeComplete): Uint8Array {
  return message('InvokeComplete', 'application/json', Buffer.from(JSON.stringify(members)));
}

const codec = new EventStreamCodec(
  input => Buffer.from(input).toString('utf8'),
  input => Buffer.from(input, 'utf8'),
);

function message(event: string, contentType: string, body: Uint8Array): Uint8Array {
  const text = (value: string) => ({ type: 'string' as const, value });
  const headers = {
    ':event-type': text(event),
    ':content-type': text(contentType),
    ':message-type': text('event'),
  };
  return codec.encode({ headers, body });
}
