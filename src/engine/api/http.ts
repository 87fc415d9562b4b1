import type { ServerResponse } from 'node:http';
import { pipeline, type Readable } from 'node:stream';

/** A request as it stands on the wire, with its whole body. */
export interface HttpRequest extends HttpHead {
  readonly body: Uint8Array;
}

export interface HttpHead {
  readonly method: string;
  /** Percent-encoded, without the query. */
  readonly path: string;
  /** Decoded; a name that occurs more than once has all of its values. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** A reply that goes on: the callee writes the head and owns the response from then on. */
export interface StreamingReply {
  readonly stream: (response: ServerResponse) => void;
}

/** An answer whose body is still to come, with the status that it begins with. */
export interface StreamedReply extends StreamingReply {
  readonly status: number;
}

/** The head of a reply at once, and the body as it comes; a body that fails cuts the connection. */
export function streamedReply(
  { status, headers }: Pick<HttpReply, 'status' | 'headers'>,
  body: Readable,
): StreamedReply {
  return {
    status,
    stream(response) {
      response.writeHead(status, headers);
      response.flushHeaders();
      // How it ended is seen by the client; who has gone away needs no answer.
      pipeline(body, response, () => {});
    },
  };
}

/** Splits a request target in origin form (`/path?query`); undefined for any other form or bad encoding. */
export function parseTarget(target: string): Pick<HttpHead, 'path' | 'query'> | undefined {
  if (!target.startsWith('/')) return undefined;
  const mark = target.indexOf('?');
  const path = mark === -1 ? target : target.slice(0, mark);
  // Without a prototype, so that a parameter called __proto__ is only a parameter.
  const query = Object.create(null) as Record<string, string | readonly string[]>;
  try {
    decodeURIComponent(path);
    for (const pair of mark === -1 ? [] : target.slice(mark + 1).split('&')) {
      if (pair === '') continue;
      const equals = pair.indexOf('=');
      const name = decodeURIComponent(equals === -1 ? pair : pair.slice(0, equals));
      const value = equals === -1 ? '' : decodeURIComponent(pair.slice(equals + 1));
      const earlier = query[name];
      query[name] =
        earlier === undefined ? value : [...(Array.isArray(earlier) ? earlier : [earlier]), value];
    }
  } catch {
    return undefined;
  }
  return { path, query };
}

/** The first value of a query parameter. */
export function queryValue(request: Pick<HttpHead, 'query'>, name: string): string | undefined {
  const value = request.query[name];
  return typeof value === 'string' ? value : value?.[0];
}

export function jsonReply(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpReply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
