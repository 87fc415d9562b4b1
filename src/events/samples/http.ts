import type { APIGatewayEventIdentity, APIGatewayEventRequestContextV2 } from 'aws-lambda';
import { defineSample, type Sample, type SamplePlace } from './sample.ts';
import { arn, logTime, requestId, sourceIp, userAgent } from './values.ts';

const apiId = 'abcdef1234';
const get = { path: '/orders/order-1', route: '/orders/{id}', query: 'expand=items' };
const post = { path: '/orders', route: '/orders', body: '{"item":"book","quantity":1}' };

/** Requests that reach a function through a front door. */
export const httpSamples: readonly Sample[] = [
  defineSample({
    id: 'rest-api:get',
    kind: 'restApi',
    title: 'GET through a REST API',
    parameters: get,
    build: ({ path, route, query }, place) => restRequest({ method: 'GET', path, route, query }, place),
  }),
  defineSample({
    id: 'rest-api:post',
    kind: 'restApi',
    title: 'POST through a REST API',
    parameters: post,
    build: ({ path, route, body }, place) => restRequest({ method: 'POST', path, route, body }, place),
  }),
  defineSample({
    id: 'http-api:get',
    kind: 'httpApi',
    title: 'GET through an HTTP API',
    parameters: get,
    build: ({ path, route, query }, place) =>
      httpRequest(
        { method: 'GET', path, routeKey: `GET ${route}`, query, parameters: pathParameters(route, path) },
        `${apiId}.execute-api.${place.region}.amazonaws.com`,
        place,
      ),
  }),
  defineSample({
    id: 'http-api:post',
    kind: 'httpApi',
    title: 'POST through an HTTP API',
    parameters: post,
    build: ({ path, route, body }, place) =>
      httpRequest(
        { method: 'POST', path, routeKey: `POST ${route}`, body, parameters: pathParameters(route, path) },
        `${apiId}.execute-api.${place.region}.amazonaws.com`,
        place,
      ),
  }),
  defineSample({
    id: 'function-url:get',
    kind: 'functionUrl',
    title: 'GET by a function URL',
    parameters: { path: '/', query: 'name=Jane' },
    build: ({ path, query }, place) =>
      httpRequest({ method: 'GET', path, routeKey: '$default', query }, urlHost(place), place),
  }),
  defineSample({
    id: 'function-url:post',
    kind: 'functionUrl',
    title: 'POST by a function URL',
    parameters: { path: '/', body: post.body },
    build: ({ path, body }, place) =>
      httpRequest({ method: 'POST', path, routeKey: '$default', body }, urlHost(place), place),
  }),
  defineSample({
    id: 'load-balancer:get',
    kind: 'loadBalancer',
    title: 'GET through an Application Load Balancer',
    parameters: { path: get.path, query: get.query },
    build: ({ path, query }, place) => ({
      requestContext: {
        elb: {
          targetGroupArn: arn(place, 'elasticloadbalancing', 'targetgroup/my-target/6d0ecf831eec9f09'),
        },
      },
      httpMethod: 'GET',
      path,
      // Load balancers pass values on as they came, still encoded.
      queryStringParameters: Object.fromEntries(
        query
          .split('&')
          .filter(pair => pair !== '')
          .map(pair => [pair.split('=')[0] ?? '', pair.split('=').slice(1).join('=')]),
      ),
      headers: {
        accept: '*/*',
        host: `my-balancer-1234567890.${place.region}.elb.amazonaws.com`,
        'user-agent': userAgent,
        'x-amzn-trace-id': 'Root=1-5c536348-3d683b8b04734faae651f476',
        'x-forwarded-for': sourceIp,
        'x-forwarded-port': '80',
        'x-forwarded-proto': 'http',
      },
      body: '',
      isBase64Encoded: false,
    }),
  }),
  defineSample({
    id: 'websocket:connect',
    kind: 'webSocket',
    title: 'A WebSocket client connects',
    parameters: { connectionId: 'Z2NxMcsWoAMCJNQ=' },
    build: ({ connectionId }, place) => ({
      requestContext: socketContext('CONNECT', '$connect', connectionId, place),
      isBase64Encoded: false,
    }),
  }),
  defineSample({
    id: 'websocket:message',
    kind: 'webSocket',
    title: 'A WebSocket client sends a message',
    parameters: { connectionId: 'Z2NxMcsWoAMCJNQ=', route: '$default', body: '{"action":"send"}' },
    build: ({ connectionId, route, body }, place) => ({
      requestContext: socketContext('MESSAGE', route, connectionId, place),
      body,
      isBase64Encoded: false,
    }),
  }),
];

interface RestRequest {
  readonly method: string;
  readonly path: string;
  readonly route: string;
  readonly query?: string;
  readonly body?: string;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html */
export function restRequest(request: RestRequest, place: SamplePlace) {
  const { method, path, route, query = '', body } = request;
  const values = new URLSearchParams(query);
  const names = [...new Set(values.keys())];
  const headers = headersFor(restHost(place), body);
  return {
    resource: route,
    path,
    httpMethod: method,
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    queryStringParameters: names.length === 0 ? null : Object.fromEntries(values),
    multiValueQueryStringParameters:
      names.length === 0 ? null : Object.fromEntries(names.map(name => [name, values.getAll(name)])),
    pathParameters: pathParameters(route, path) ?? null,
    stageVariables: null,
    requestContext: {
      accountId: place.accountId,
      apiId,
      authorizer: undefined,
      deploymentId: 'jbf7a1',
      domainName: restHost(place),
      domainPrefix: apiId,
      extendedRequestId: 'JJbxmFtXoAMFrKw=',
      httpMethod: method,
      identity,
      path: `/prod${path}`,
      protocol: 'HTTP/1.1',
      requestId,
      requestTime: logTime(place.time),
      requestTimeEpoch: place.time.getTime(),
      resourceId: '123456',
      resourcePath: route,
      stage: 'prod',
    },
    body: body ?? null,
    isBase64Encoded: false,
  };
}

const identity: APIGatewayEventIdentity = {
  accessKey: null,
  accountId: null,
  apiKey: null,
  apiKeyId: null,
  caller: null,
  clientCert: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  sourceIp,
  user: null,
  userAgent,
  userArn: null,
};

interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly routeKey: string;
  readonly query?: string;
  readonly body?: string;
  readonly parameters?: Readonly<Record<string, string>> | undefined;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
function httpRequest(request: HttpRequest, host: string, place: SamplePlace) {
  const { method, path, routeKey, query = '', body, parameters } = request;
  const values = new URLSearchParams(query);
  const headers = headersFor(host, body);
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: query,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    ...(query === '' ? {} : { queryStringParameters: commaJoined(values) }),
    requestContext: httpContext({ method, path, routeKey, host }, place),
    ...(body === undefined ? {} : { body }),
    ...(parameters === undefined ? {} : { pathParameters: { ...parameters } }),
    isBase64Encoded: false,
  };
}

export function httpContext(
  { method, path, routeKey, host }: Readonly<Record<'method' | 'path' | 'routeKey' | 'host', string>>,
  { accountId, time }: SamplePlace,
): APIGatewayEventRequestContextV2 {
  const prefix = host.slice(0, host.indexOf('.'));
  return {
    accountId,
    apiId: prefix,
    domainName: host,
    domainPrefix: prefix,
    http: { method, path, protocol: 'HTTP/1.1', sourceIp, userAgent },
    requestId,
    routeKey,
    stage: '$default',
    time: logTime(time),
    timeEpoch: time.getTime(),
  };
}

function socketContext(
  eventType: 'CONNECT' | 'MESSAGE',
  routeKey: string,
  connectionId: string,
  place: SamplePlace,
) {
  return {
    routeKey,
    messageId: 'Z2NxMcsWoAMCJNQ=',
    eventType,
    extendedRequestId: 'Z2NxPEEhoAMFk8w=',
    requestTime: logTime(place.time),
    messageDirection: 'IN' as const,
    stage: 'prod',
    connectedAt: place.time.getTime(),
    requestTimeEpoch: place.time.getTime(),
    requestId: 'Z2NxPEEhoAMFk8w=',
    domainName: restHost(place),
    connectionId,
    apiId,
  };
}

function headersFor(host: string, body: string | undefined): Record<string, string> {
  return {
    Accept: '*/*',
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    Host: host,
    'User-Agent': userAgent,
    'X-Amzn-Trace-Id': 'Root=1-5c536348-3d683b8b04734faae651f476',
    'X-Forwarded-For': sourceIp,
    'X-Forwarded-Port': '443',
    'X-Forwarded-Proto': 'https',
  };
}

function restHost({ region }: SamplePlace): string {
  return `${apiId}.execute-api.${region}.amazonaws.com`;
}

function urlHost({ region }: SamplePlace): string {
  return `abcdefghijklmnopqrstuvwxyz012345.lambda-url.${region}.on.aws`;
}

/** HTTP APIs join the values of a parameter that comes more than once. */
function commaJoined(values: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...new Set(values.keys())].map(name => [name, values.getAll(name).join(',')]));
}

/** What the braces of a route stand for in a path. Undefined where the route has none. */
export function pathParameters(route: string, path: string): Record<string, string> | undefined {
  const names = [...route.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name]) => name ?? '');
  if (names.length === 0) return undefined;
  const pattern = route.split(/\{[^}]+\}/).map(text => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const braces = [...route.matchAll(/\{[^}]+\}/g)].map(([text]) =>
    text.endsWith('+}') ? '(.+)' : '([^/]+)',
  );
  const source = pattern.map((text, index) => `${text}${braces[index] ?? ''}`).join('');
  const found = new RegExp(`^${source}$`).exec(path);
  return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found?.[index + 1] ?? '')]));
}
