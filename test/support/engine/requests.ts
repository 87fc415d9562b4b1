import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import type { ChecksumConstructor } from '@smithy/types';
import { type HttpReply, type HttpRequest, parseTarget } from '../../../src/engine/api/http.ts';
import type { Credentials } from '../../../src/engine/ports.ts';

export interface RequestParts {
  readonly method?: string;
  /** Path and query as on the wire. */
  readonly target?: string;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** A request as the HTTP server hands it on. */
export function httpRequest(parts: RequestParts): HttpRequest {
  const target = parseTarget(parts.target ?? '/');
  if (!target) throw new Error(`${parts.target} is no request target`);
  const body = parts.body ?? '';
  return {
    method: parts.method ?? 'GET',
    ...target,
    headers: { host: '127.0.0.1:4000', ...parts.headers },
    body: typeof body === 'string' ? Buffer.from(body) : body,
  };
}

export interface Signing {
  readonly credentials: Credentials;
  readonly service?: string;
  readonly region?: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Off: without `X-Amz-Content-Sha256`, as boto3 signs. */
  readonly withPayloadHeader?: boolean;
}

/** The request with the headers that the SDK's own signer adds. */
export async function signedRequest(parts: RequestParts, signing: Signing): Promise<HttpRequest> {
  const request = httpRequest(parts);
  const service = signing.service ?? 'lambda';
  const signer = new SignatureV4({
    credentials: signing.credentials,
    region: signing.region ?? 'us-east-1',
    service,
    sha256: Hash.bind(null, 'sha256') as unknown as ChecksumConstructor,
    uriEscapePath: service !== 's3',
    applyChecksum: signing.withPayloadHeader ?? true,
  });
  const signed = await signer.sign(
    {
      method: request.method,
      protocol: 'http:',
      hostname: '127.0.0.1',
      path: request.path,
      query: { ...(request.query as Record<string, string>) },
      headers: { ...request.headers },
      body: request.body,
    },
    { signingDate: new Date(signing.at) },
  );
  return { ...request, headers: signed.headers };
}

/** The body of a reply as text. */
export function bodyText(reply: Pick<HttpReply, 'body'>): string {
  return typeof reply.body === 'string' ? reply.body : new TextDecoder().decode(reply.body);
}
