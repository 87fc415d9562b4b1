import type { CorsDefinition } from '../../model/versions.ts';
import { type GatewayReply, type GatewayRequest, type HeaderList, headerOf } from './gatewayRequest.ts';

/** A browser asks whether it may send a request. */
export function isPreflight({ method, headers }: Pick<GatewayRequest, 'method' | 'headers'>): boolean {
  return (
    method === 'OPTIONS' &&
    headerOf(headers, 'origin') !== undefined &&
    headerOf(headers, 'access-control-request-method') !== undefined
  );
}

/**
 * What an HTTP API, or a function URL, says to a preflight request; nothing of it to an origin that is not allowed.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors
 */
export function preflightReply(
  cors: CorsDefinition,
  request: Pick<GatewayRequest, 'headers'>,
  status: 200 | 204,
): GatewayReply {
  const allowed = originHeaders(cors, headerOf(request.headers, 'origin'));
  return {
    status,
    headers: allowed.length === 0 ? [] : [...allowed, ...preflightHeaders(cors)],
    body: '',
  };
}

/** Where CORS is configured, what the function says of it does not count. */
export function withCors(
  reply: GatewayReply,
  cors: CorsDefinition,
  request: Pick<GatewayRequest, 'headers'>,
): GatewayReply {
  const own = reply.headers.filter(([name]) => !name.toLowerCase().startsWith('access-control-'));
  const allowed = originHeaders(cors, headerOf(request.headers, 'origin'));
  const exposed: HeaderList =
    allowed.length > 0 && cors.exposeHeaders?.length
      ? [['access-control-expose-headers', cors.exposeHeaders.join(',')]]
      : [];
  return { ...reply, headers: [...own, ...allowed, ...exposed] };
}

/**
 * What SAM's `Cors` makes of OPTIONS at a REST API: a mock integration that says the same to everybody.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-corsconfiguration.html
 *
 * @param methods that the path has.
 */
export function restPreflightReply(cors: CorsDefinition, methods: readonly string[]): GatewayReply {
  const { allowOrigins, allowMethods, allowHeaders, maxAgeSeconds, allowCredentials } = cors;
  const any = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
  const own = methods.includes('ANY') ? any : [...new Set([...methods, 'OPTIONS'])].sort();
  return {
    status: 200,
    headers: [
      ['Content-Type', 'application/json'],
      ['Access-Control-Allow-Origin', allowOrigins?.join(',') ?? '*'],
      ['Access-Control-Allow-Methods', (allowMethods ?? own).join(',')],
      ...optional('Access-Control-Allow-Headers', allowHeaders?.join(',')),
      ...optional('Access-Control-Max-Age', maxAgeSeconds?.toString()),
      ...optional('Access-Control-Allow-Credentials', allowCredentials ? 'true' : undefined),
    ],
    body: '{}\n',
  };
}

function preflightHeaders(cors: CorsDefinition): HeaderList {
  return [
    ...optional('access-control-allow-methods', cors.allowMethods?.join(',')),
    ...optional('access-control-allow-headers', cors.allowHeaders?.join(',')),
    ...optional('access-control-max-age', cors.maxAgeSeconds?.toString()),
  ];
}

/** Empty where the origin is not allowed. */
function originHeaders(cors: CorsDefinition, origin: string | undefined): HeaderList {
  if (origin === undefined) return [];
  const origins = cors.allowOrigins ?? [];
  const allowsAll = origins.includes('*');
  const matches = origins.some(
    allowed =>
      allowed.toLowerCase() === origin.toLowerCase() ||
      (/^https?:\/\/\*$/.test(allowed) && origin.startsWith(allowed.slice(0, -1))),
  );
  if (!allowsAll && !matches) return [];
  return [
    ['access-control-allow-origin', allowsAll && !cors.allowCredentials ? '*' : origin],
    ...optional('access-control-allow-credentials', cors.allowCredentials ? 'true' : undefined),
  ];
}

function optional(name: string, value: string | undefined): HeaderList {
  return value === undefined || value === '' ? [] : [[name, value]];
}
