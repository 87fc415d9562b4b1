import { FromStringShapeDeserializer, JsonCodec2 } from '@smithy/core/protocols';
import { NormalizedSchema } from '@smithy/core/schema';
import type { StaticOperationSchema, TimestampEpochSecondsSchema } from '@smithy/types';
import type { HttpReply, HttpRequest } from './http.ts';
import { httpTrait } from './routes.ts';

/** The members of an operation's input or output by name. */
export type Members = Readonly<Record<string, unknown>>;

/**
 * Reads an operation's input from where the schema says that each member travels.
 * https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
 *
 * @throws SyntaxError when a JSON body does not parse.
 */
export async function readInput(
  operation: StaticOperationSchema,
  request: HttpRequest,
  labels: Readonly<Record<string, string>>,
): Promise<Members> {
  const input: Record<string, unknown> = {};
  const schema = NormalizedSchema.of(operation[4]);
  let hasBodyMembers = false;
  for (const [name, member] of schema.isUnitSchema() ? [] : schema.structIterator()) {
    const traits = member.getMergedTraits();
    if (traits.httpLabel) input[name] = scalars.read(member, labels[name] ?? '');
    else if (traits.httpQuery) assign(input, name, readQuery(member, request.query[traits.httpQuery]));
    else if (traits.httpHeader) {
      const value = request.headers[traits.httpHeader.toLowerCase()];
      assign(input, name, value === undefined ? undefined : scalars.read(member, value));
    } else if (traits.httpPayload) {
      if (request.body.length > 0) input[name] = await readPayload(member, request.body);
    } else hasBodyMembers = true;
  }
  if (hasBodyMembers && request.body.length > 0) {
    Object.assign(input, await codec.createDeserializer().read(schema, text(request.body)));
  }
  return input;
}

/** Writes an operation's output to where the schema says that each member travels. */
export function writeOutput(operation: StaticOperationSchema, output: Members): HttpReply {
  const [, , successStatus] = httpTrait(operation);
  let status = successStatus;
  const headers: Record<string, string> = {};
  const document: Record<string, unknown> = {};
  let payload: Uint8Array | undefined;
  let hasBodyMembers = false;
  const schema = NormalizedSchema.of(operation[5]);
  for (const [name, member] of schema.isUnitSchema() ? [] : schema.structIterator()) {
    const traits = member.getMergedTraits();
    const isInBody = !traits.httpResponseCode && !traits.httpHeader && !traits.httpPayload;
    hasBodyMembers ||= isInBody;
    const value = output[name];
    if (value === undefined || value === null) continue;
    if (traits.httpResponseCode) status = Number(value);
    else if (traits.httpHeader) headers[traits.httpHeader.toLowerCase()] = String(value);
    else if (value instanceof Uint8Array && traits.httpPayload) payload = value;
    else document[name] = value;
  }
  if (!hasBodyMembers && payload === undefined) return { status, headers, body: '' };
  headers['content-type'] = 'application/json';
  if (payload !== undefined) return { status, headers, body: payload };
  const serializer = codec.createSerializer();
  serializer.write(schema, document);
  return { status, headers, body: serializer.flush() };
}

const epochSeconds: TimestampEpochSecondsSchema = 7;
const settings = {
  timestampFormat: { useTrait: true, default: epochSeconds },
  httpBindings: true,
  jsonName: true,
};
const codec = new JsonCodec2(settings);
const scalars = new FromStringShapeDeserializer(settings);

function readQuery(member: NormalizedSchema, value: string | readonly string[] | undefined): unknown {
  if (value === undefined) return undefined;
  if (member.isListSchema()) {
    const element = member.getValueSchema();
    return (typeof value === 'string' ? [value] : value).map(item => scalars.read(element, item));
  }
  return scalars.read(member, typeof value === 'string' ? value : (value[0] ?? ''));
}

async function readPayload(member: NormalizedSchema, body: Uint8Array): Promise<unknown> {
  if (member.isBlobSchema()) return body;
  return codec.createDeserializer().read(member, text(body));
}

function assign(target: Record<string, unknown>, name: string, value: unknown): void {
  if (value !== undefined) target[name] = value;
}

function text(body: Uint8Array): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
}
