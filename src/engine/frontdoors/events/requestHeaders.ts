import { grouped, type HeaderList, headerOf, record, without } from '../gatewayRequest.ts';

/**
 * What stands before an API adds what it knows of the client.
 *
 * @param traceId the value of `X-Amzn-Trace-Id`, where the client sent none.
 */
export function withForwarded(headers: HeaderList, sourceIp: string, traceId: string): HeaderList {
  const given = (name: string) => headerOf(headers, name);
  const host = given('host') ?? '';
  const proto = given('x-forwarded-proto') ?? 'http';
  const port = given('x-forwarded-port') ?? /:(\d+)$/.exec(host)?.[1] ?? (proto === 'https' ? '443' : '80');
  const earlier = given('x-forwarded-for');
  return [
    ...without(headers, forwarded),
    ['X-Amzn-Trace-Id', given('x-amzn-trace-id') ?? traceId],
    ['X-Forwarded-For', earlier === undefined ? sourceIp : `${earlier}, ${sourceIp}`],
    ['X-Forwarded-Port', port],
    ['X-Forwarded-Proto', proto],
  ];
}

const forwarded = new Set(['x-amzn-trace-id', 'x-forwarded-for', 'x-forwarded-port', 'x-forwarded-proto']);

/**
 * Headers that REST APIs do not pass to an integration.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html#api-gateway-known-issues-rest-apis
 */
export function restRequestHeaders(headers: HeaderList, isSigned: boolean): HeaderList {
  const kept = without(headers, droppedByRest);
  const signature = headerOf(kept, 'authorization')?.startsWith('AWS4-HMAC-SHA256 ');
  return isSigned || signature ? without(kept, new Set(['authorization'])) : kept;
}

const droppedByRest = new Set([
  'connection',
  'content-length',
  'content-md5',
  'expect',
  'keep-alive',
  'max-forwards',
  'proxy-authenticate',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** HTTP APIs and function URLs: names in lower case, what is there more than once joined by commas. */
export function joinedHeaders(headers: HeaderList): Record<string, string> {
  const kept = without(headers, hopByHop);
  const values = grouped(kept.map(([name, value]) => [name.toLowerCase(), value]));
  return record([...values].map(([name, all]) => [name, all.join(',')]));
}

export const hopByHop: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Every cookie of every `Cookie` header. */
export function cookiesOf(headers: HeaderList): readonly string[] {
  return headers
    .filter(([name]) => name.toLowerCase() === 'cookie')
    .flatMap(([, value]) => value.split(';'))
    .map(cookie => cookie.trim())
    .filter(cookie => cookie !== '');
}
