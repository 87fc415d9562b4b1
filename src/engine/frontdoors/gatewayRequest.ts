import type { Readable } from 'node:stream';

/** Headers in their order, spelled as they were sent; a name may occur more than once. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** A request as it stands before an API, whichever way it came there. */
export interface GatewayRequest {
  readonly method: string;
  /** Percent-encoded, without the query and without what led to the API. */
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query: string;
  readonly headers: HeaderList;
  readonly body: Uint8Array;
  /** For example `HTTP/1.1`. */
  readonly protocol: string;
  readonly sourceIp: string;
  readonly requestId: string;
  readonly extendedRequestId: string;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
}

/** What is sent back; `content-length` is not among the headers. */
export interface GatewayReply {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: Uint8Array | string;
  /** What is sent in the place of the body, as it is written. */
  readonly stream?: StreamedBody;
}

export interface StreamedBody {
  /** Ends with the function, however that ends. */
  readonly readable: Readable;
  /** Settles with it. */
  readonly ended: Promise<StreamEnd>;
}

export interface StreamEnd {
  readonly byteLength: number;
  /** Why that is not all. */
  readonly problem?: string;
}

/** The account that everything runs in. */
export interface Home {
  readonly region: string;
  readonly accountId: string;
}

/** The last value of a header: what is said twice counts as it was said last. */
export function headerOf(headers: HeaderList, name: string): string | undefined {
  return headers.findLast(([given]) => given.toLowerCase() === name)?.[1];
}

/** Everything but the named headers, given in lower case. */
export function without(headers: HeaderList, names: ReadonlySet<string>): HeaderList {
  return headers.filter(([name]) => !names.has(name.toLowerCase()));
}

/** The parameters of a query, decoded; what cannot be decoded stays as it is. */
export function queryParameters(query: string): readonly (readonly [name: string, value: string])[] {
  return query
    .split('&')
    .filter(pair => pair !== '')
    .map(pair => {
      const equals = pair.indexOf('=');
      const [name, value] = equals === -1 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
      return [decode(name.replaceAll('+', ' ')), decode(value.replaceAll('+', ' '))];
    });
}

/** @returns the text as it is where it is no valid percent-encoding. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The values of each name, in the order in which names occur first. */
export function grouped(
  pairs: readonly (readonly [name: string, value: string])[],
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const values = groups.get(name);
    if (values) values.push(value);
    else groups.set(name, [value]);
  }
  return groups;
}

/** A record of the values; one that a name such as `__proto__` cannot harm. */
export function record<Value>(entries: Iterable<readonly [string, Value]>): Record<string, Value> {
  const values = Object.create(null) as Record<string, Value>;
  for (const [name, value] of entries) values[name] = value;
  return values;
}
