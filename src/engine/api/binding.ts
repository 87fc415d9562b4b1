import { FromStringShapeDeserializer, JsonCodec2 } from '@smithy/core/protocols';
import { NormalizedSchema } from '@smithy/core/schema';
import type { StaticOperationSchema, TimestampEpochSecondsSchema } from '@smithy/types';
import { checkTypes } from './bodyTypes.ts';
import type { HttpReply, HttpRequest } from './http.ts';
import { httpTrait } from './routes.ts';

/** The members of an operation's input or output by name. */
export type Members = Readonly<Record<string, unknown>>;

/** How the members of one operation travel. */
export interface Binding {
  /** @throws SyntaxError when a JSON body does not parse; WrongType when its members have other types. */
  readInput(request: HttpRequest, labels: Readonly<Record<string, string>>): Members | Promise<Members>;
  writeOutput(output: Members): HttpReply;
}

/**
 * Asks the schema once where each member travels, which takes longer than to read them.
 * https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
 */
export function bindOperation(operation: StaticOperationSchema): Binding {
  const input = NormalizedSchema.of(operation[4]);
  const inputPlaces = placesOf(input);
  const inputInBody = inputPlaces.some(each => each.place === 'body');
  const output = NormalizedSchema.of(operation[5]);
  const outputPlaces = placesOf(output);
  const outputInBody = outputPlaces.some(each => each.place === 'body');
  const [, , successStatus] = httpTrait(operation);
  return {
    readInput(request, labels) {
      const members: Record<string, unknown> = {};
      for (const { name, member, place, wireName } of inputPlaces) {
        const value = readMember(member, place, wireName, request, labels[name]);
        if (value !== undefined) members[name] = value;
      }
      return inputInBody && request.body.length > 0 ? withBody(input, members, request.body) : members;
    },
    writeOutput(members) {
      let status = successStatus;
      const headers: Record<string, string> = {};
      const document: Record<string, unknown> = {};
      let payload: Uint8Array | undefined;
      for (const { name, place, wireName } of outputPlaces) {
        const value = members[name];
        if (value === undefined || value === null) continue;
        if (place === 'status') status = Number(value);
        else if (place === 'header') headers[wireName] = String(value);
        else if (value instanceof Uint8Array && place === 'payload') payload = value;
        else document[name] = value;
      }
      if (!outputInBody && payload === undefined) return { status, headers, body: '' };
      headers['content-type'] = 'application/json';
      if (payload !== undefined) return { status, headers, body: payload };
      const serializer = codec.createSerializer();
      serializer.write(output, document);
      return { status, headers, body: serializer.flush() };
    },
  };
}

type Place = 'label' | 'query' | 'header' | 'payload' | 'status' | 'body';

interface MemberPlace {
  readonly name: string;
  readonly member: NormalizedSchema;
  readonly place: Place;
  /** Of a header, in lower case, or of a query parameter. */
  readonly wireName: string;
}

function placesOf(schema: NormalizedSchema): readonly MemberPlace[] {
  if (schema.isUnitSchema()) return [];
  return [...schema.structIterator()].map(([name, member]) => {
    const traits = member.getMergedTraits();
    const at = (place: Place, wireName = '') => ({ name, member, place, wireName });
    if (traits.httpLabel) return at('label');
    if (traits.httpQuery) return at('query', traits.httpQuery);
    if (traits.httpHeader) return at('header', traits.httpHeader.toLowerCase());
    if (traits.httpPayload) return at('payload');
    return at(traits.httpResponseCode ? 'status' : 'body');
  });
}

function readMember(
  member: NormalizedSchema,
  place: Place,
  wireName: string,
  request: HttpRequest,
  label: string | undefined,
): unknown {
  switch (place) {
    case 'label':
      return scalars.read(member, label ?? '');
    case 'query':
      return readQuery(member, request.query[wireName]);
    case 'header': {
      const value = request.headers[wireName];
      return value === undefined ? undefined : scalars.read(member, value);
    }
    case 'payload':
      return request.body.length > 0 ? request.body : undefined;
    default:
      return undefined;
  }
}

async function withBody(schema: NormalizedSchema, members: Members, body: Uint8Array): Promise<Members> {
  const json = text(body);
  checkTypes(schema, JSON.parse(json));
  const read: unknown = await codec.createDeserializer().read(schema, json);
  return { ...members, ...(read as Members) };
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

function text(body: Uint8Array): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
}
