import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import type { ChecksumConstructor } from '@smithy/types';
import type { HttpRequest } from '../../api/http.ts';
import type { Credentials } from '../../ports.ts';

export interface SigningScope {
  readonly service: string;
  readonly region: string;
  readonly credentials: Credentials;
}

/** The same request as if it had been made for another endpoint with other credentials. */
export async function signRequest(
  request: HttpRequest,
  address: URL,
  { service, region, credentials }: SigningScope,
): Promise<HttpRequest> {
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !replaced.has(name)));
  const signer = new SignatureV4({
    credentials,
    region,
    service,
    sha256: Hash.bind(null, 'sha256') as unknown as ChecksumConstructor,
    uriEscapePath: service !== 's3',
  });
  const signed = await signer.sign({
    method: request.method,
    protocol: address.protocol,
    hostname: address.hostname,
    path: address.pathname.replace(/\/$/, '') + request.path,
    query: Object.fromEntries(
      Object.entries(request.query).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : [...value],
      ]),
    ),
    headers: { ...headers, host: address.host, 'content-length': String(request.body.length) },
    body: request.body,
  });
  return { ...request, headers: signed.headers };
}

/** What the new signature brings itself, or what does not go beyond one connection. */
const replaced: ReadonlySet<string> = new Set([
  ':authority',
  'authorization',
  'connection',
  'expect',
  'host',
  'x-amz-date',
  'x-amz-security-token',
]);
