import type { HttpReply, HttpRequest } from '../api/http.ts';
import { JsonNumber, type JsonValue, parseJsonValue } from '../patterns/jsonValue.ts';

/** A message that a topic has taken. */
export interface PublishedMessage {
  readonly topicArn: string;
  readonly messageId: string;
  readonly message: string;
  readonly subject?: string;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
}

export interface MessageAttribute {
  readonly type: string;
  /** Base64 where the type is binary. */
  readonly value: string;
}

/**
 * The messages of a Publish or a PublishBatch that SNS has answered; those of a batch that it refused are left out.
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export function publishedMessages(request: HttpRequest, reply: HttpReply): readonly PublishedMessage[] {
  if (reply.status >= 300) return [];
  const form = new URLSearchParams(new TextDecoder().decode(request.body));
  const answer = typeof reply.body === 'string' ? reply.body : new TextDecoder().decode(reply.body);
  const topicArn = form.get('TopicArn') ?? form.get('TargetArn') ?? '';
  if (form.get('Action') === 'Publish') {
    const messageId = /<MessageId>([^<]+)</.exec(answer)?.[1] ?? '';
    return [messageOf(form, '', topicArn, messageId)];
  }
  if (form.get('Action') !== 'PublishBatch') return [];
  const prefix = 'PublishBatchRequestEntries.member';
  return indices(form, prefix).flatMap(index => {
    const entry = `${prefix}.${index}.`;
    const id = form.get(`${entry}Id`);
    const members = [...answer.matchAll(/<member>(.*?)<\/member>/gs)].map(([, member = '']) => member);
    const taken = members.find(member => /<Id>([^<]*)</.exec(member)?.[1] === id);
    const messageId = /<MessageId>([^<]+)</.exec(taken ?? '')?.[1];
    return messageId === undefined ? [] : [messageOf(form, entry, topicArn, messageId)];
  });
}

/** What a filter policy of message attributes is matched with. */
export function attributeValues({ attributes }: PublishedMessage): JsonValue {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(
      ([name, { type, value }]): readonly (readonly [string, JsonValue])[] => {
        if (type === 'Number') return [[name, new JsonNumber(Number(value), value)]];
        if (type === 'String.Array') return [[name, parseJsonValue(value)]];
        return type.startsWith('Binary') ? [] : [[name, value]];
      },
    ),
  );
}

function messageOf(
  form: URLSearchParams,
  prefix: string,
  topicArn: string,
  messageId: string,
): PublishedMessage {
  const message = form.get(`${prefix}Message`) ?? '';
  const subject = form.get(`${prefix}Subject`);
  const attributes = `${prefix}MessageAttributes.entry`;
  return {
    topicArn,
    messageId,
    message: form.get(`${prefix}MessageStructure`) === 'json' ? messageForFunctions(message) : message,
    ...(subject === null ? {} : { subject }),
    attributes: Object.fromEntries(
      indices(form, attributes).map(index => {
        const entry = `${attributes}.${index}`;
        const value = form.get(`${entry}.Value.StringValue`) ?? form.get(`${entry}.Value.BinaryValue`) ?? '';
        return [form.get(`${entry}.Name`) ?? '', { type: form.get(`${entry}.Value.DataType`) ?? '', value }];
      }),
    ),
  };
}

/** The numbers that follow a name, in their order. */
function indices(form: URLSearchParams, prefix: string): readonly number[] {
  const found = new Set<number>();
  for (const name of form.keys()) {
    if (name.startsWith(`${prefix}.`)) found.add(Number.parseInt(name.slice(prefix.length + 1), 10));
  }
  return [...found].sort((a, b) => a - b);
}

/** A message that is another one for each protocol. */
function messageForFunctions(structure: string): string {
  const { lambda, default: fallback } = JSON.parse(structure) as Record<string, unknown>;
  return String(lambda ?? fallback);
}
