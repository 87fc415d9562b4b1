import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';
import type { HttpRequest } from '../api/http.ts';
import type { SignatureClaim } from './authorization.ts';

/**
 * The signature that a request should carry: every invocation is checked, so it is computed without a promise
 * and without a stream.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 *
 * @param claim which headers are signed, and for which scope
 * @param key see {@link signingKey}
 * @returns hexadecimal digits; undefined when a header that is said to be signed is not there
 */
export function signatureOf(
  request: HttpRequest,
  claim: Pick<SignatureClaim, 'amzDate' | 'scope' | 'signedHeaders' | 'presigned'>,
  key: KeyObject,
): string | undefined {
  const canonical = canonicalRequest(request, claim);
  if (canonical === undefined) return undefined;
  const { date, region, service } = claim.scope;
  const scope = `${date}/${region}/${service}/aws4_request`;
  const toSign = `AWS4-HMAC-SHA256\n${claim.amzDate}\n${scope}\n${hash('sha256', canonical)}`;
  return createHmac('sha256', key).update(toSign).digest('hex');
}

/** The key that a secret gives for one day, region and service. */
export function signingKey(secretAccessKey: string, scope: SignatureClaim['scope']): KeyObject {
  let key: Uint8Array = Buffer.from(`AWS4${secretAccessKey}`);
  for (const part of [scope.date, scope.region, scope.service, 'aws4_request']) {
    key = createHmac('sha256', key).update(part).digest();
  }
  return createSecretKey(key);
}

function canonicalRequest(
  request: HttpRequest,
  { scope, signedHeaders, presigned }: Pick<SignatureClaim, 'scope' | 'signedHeaders' | 'presigned'>,
): string | undefined {
  let lines = '';
  let names = '';
  let payloadHash: string | undefined;
  for (const name of signedHeaders) {
    const value = request.headers[name];
    if (value === undefined) return undefined;
    lines += `${name}:${value.trim().replace(/\s+/g, ' ')}\n`;
    names += names === '' ? name : `;${name}`;
    if (name === 'x-amz-content-sha256') payloadHash = value;
  }
  // S3 alone signs the path as it is sent; every other service encodes it once more.
  const path = scope.service === 's3' ? request.path : encoded(normalized(request.path));
  // Nobody knew the body when a URL was signed.
  payloadHash ??= presigned ? 'UNSIGNED-PAYLOAD' : hash('sha256', request.body);
  return `${request.method}\n${path}\n${canonicalQuery(request.query)}\n${lines}\n${names}\n${payloadHash}`;
}

/** Without empty and dotted segments. */
function normalized(path: string): string {
  if (!/\/(?:\/|\.)/.test(path)) return path;
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return `/${segments.join('/')}${segments.length > 0 && path.endsWith('/') ? '/' : ''}`;
}

function encoded(path: string): string {
  return /^[\w/.~-]*$/.test(path) ? path : uriEncoded(path).replaceAll('%2F', '/');
}

function canonicalQuery(query: HttpRequest['query']): string {
  return Object.entries(query)
    .flatMap(([name, value]) =>
      (typeof value === 'string' ? [value] : value).map(
        each => [uriEncoded(name), uriEncoded(each)] as const,
      ),
    )
    .sort(([a, x], [b, y]) => (a === b ? compare(x, y) : compare(a, b)))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** All but the unreserved characters of RFC 3986. */
function uriEncoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
