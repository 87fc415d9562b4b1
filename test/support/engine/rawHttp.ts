import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import type { Credentials } from '../../../src/engine/ports.ts';
import { type RequestParts, type Signing, signedRequest } from './requests.ts';

export interface RawResponse {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Signs and sends a request, with whatever the test wants to be wrong about it. */
export async function sendSigned(
  endpoint: string,
  credentials: Credentials,
  parts: RequestParts,
  signing: Partial<Signing> = {},
): Promise<RawResponse> {
  const signed = await signedRequest(
    { ...parts, headers: { host: new URL(endpoint).host, ...parts.headers } },
    { credentials, at: Date.now(), ...signing },
  );
  return send(endpoint, { ...parts, headers: signed.headers });
}

/** Sends a request as it is. */
export async function send(endpoint: string, parts: RequestParts): Promise<RawResponse> {
  const { hostname, port } = new URL(endpoint);
  const message = request({
    hostname,
    port,
    method: parts.method ?? 'GET',
    path: parts.target ?? '/',
    headers: { ...parts.headers },
    agent: false,
  });
  const answered = once(message, 'response') as Promise<[IncomingMessage]>;
  if (parts.headers?.expect) {
    message.flushHeaders();
    await once(message, 'continue');
  }
  message.end(parts.body);
  const [response] = await answered;
  response.setEncoding('utf8');
  let body = '';
  for await (const chunk of response) body += chunk;
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}

/** Writes bytes to a socket and tells everything that comes back until it is closed. */
export async function sendBytes(endpoint: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(endpoint);
  const socket = connect(Number(port), hostname);
  socket.setEncoding('utf8');
  socket.write(bytes);
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  return answer;
}
