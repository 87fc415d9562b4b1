import { type Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { buffer } from 'node:stream/consumers';
import type { HttpHead, HttpReply, HttpRequest, StreamedReply } from '../api/http.ts';

/** Where a request is passed on to. */
export interface Upstream {
  /** Without it: a connection of its own, by the address. */
  readonly agent?: Agent;
  /** For example `http://127.0.0.1:8000`; what is requested comes after its path. */
  readonly address: URL;
}

/** Sends a request on; rejects when there is no answer. */
export async function send(upstream: Upstream, request: HttpRequest): Promise<IncomingMessage> {
  const { agent, address } = upstream;
  const send = address.protocol === 'https:' ? httpsRequest : httpRequest;
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const outgoing = send(
    {
      ...(agent === undefined ? {} : { agent }),
      protocol: address.protocol,
      hostname: address.hostname,
      port: address.port,
      method: request.method,
      path: address.pathname.replace(/\/$/, '') + targetOf(request),
      headers: {
        ...withoutHopByHop(request.headers),
        host: address.host,
        'content-length': request.body.length,
      },
    },
    resolve,
  );
  outgoing.on('error', reject);
  outgoing.end(request.body);
  return promise;
}

/** The whole answer, for what is small or still to be changed. */
export async function readReply(message: IncomingMessage): Promise<HttpReply> {
  const body = await buffer(message);
  const { 'content-length': _length, ...headers } = singleHeaders(message);
  return { status: message.statusCode ?? 502, headers, body };
}

/** The answer as it comes in, for what may be large. */
export function passReply(message: IncomingMessage): StreamedReply {
  const status = message.statusCode ?? 502;
  return {
    status,
    stream(response) {
      response.writeHead(status, singleHeaders(message));
      // Whoever reads a part of an object only closes the connection.
      response.on('close', () => message.destroy());
      message.on('error', () => response.destroy());
      message.pipe(response);
    },
  };
}

/** Path and query as they stand on the wire. */
export function targetOf({ path, query }: Pick<HttpHead, 'path' | 'query'>): string {
  const pairs = Object.entries(query).flatMap(([name, values]) =>
    (typeof values === 'string' ? [values] : values).map(value => `${encode(name)}=${encode(value)}`),
  );
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function singleHeaders(message: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return withoutHopByHop(headers);
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
const hopByHop: ReadonlySet<string> = new Set([
  ':authority',
  'connection',
  'expect',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

function withoutHopByHop(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name)));
}
