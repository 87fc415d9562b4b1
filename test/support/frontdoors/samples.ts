import type { RouteContext } from '../../../src/engine/frontdoors/events/eventContext.ts';
import type { GatewayRequest } from '../../../src/engine/frontdoors/gatewayRequest.ts';
import type { ApiDefinition, AuthorizerDefinition, RouteDefinition } from '../../../src/model/http.ts';
import type { FunctionUrlDefinition } from '../../../src/model/versions.ts';

const place = { file: '/w/template.yaml', startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
const resource = { stackId: 'template.yaml', definedAt: place };

/** `GET /orders/{orderId}`, or a path alone for a route without a method. */
export function aRoute(key: string, more: Partial<RouteDefinition> = {}): RouteDefinition {
  const [path = '', method] = key.split(' ').reverse();
  return {
    ...resource,
    logicalId: 'Route',
    apiId: 'shop',
    ...(method === undefined ? {} : { method }),
    path,
    functionName: 'fn',
    payloadFormat: '2.0',
    authorization: { kind: 'none' },
    apiKeyRequired: false,
    ...more,
  };
}

export function anApi(more: Partial<ApiDefinition> = {}): ApiDefinition {
  return {
    ...resource,
    logicalId: 'Shop',
    apiId: 'shop',
    name: 'shop',
    protocol: 'HTTP',
    stages: ['$default'],
    stageVariables: {},
    binaryMediaTypes: [],
    ...more,
  };
}

export function anAuthorizer(more: Partial<AuthorizerDefinition> = {}): AuthorizerDefinition {
  return {
    ...resource,
    logicalId: 'Guard',
    apiId: 'shop',
    name: 'guard',
    kind: 'request',
    functionName: 'guard',
    identitySources: [],
    audiences: [],
    userPoolArns: [],
    ...more,
  };
}

export function aFunctionUrl(more: Partial<FunctionUrlDefinition> = {}): FunctionUrlDefinition {
  return {
    ...resource,
    logicalId: 'Url',
    functionName: 'fn',
    authType: 'NONE',
    invokeMode: 'BUFFERED',
    ...more,
  };
}

export function aRequest(more: Partial<GatewayRequest> = {}): GatewayRequest {
  return {
    method: 'GET',
    path: '/orders/1',
    query: '',
    headers: [['Host', 'api.example']],
    body: new Uint8Array(),
    protocol: 'HTTP/1.1',
    sourceIp: '127.0.0.1',
    requestId: '11111111-2222-4333-8444-555555555555',
    extendedRequestId: 'AbCdEfGhIjKlMn0=',
    receivedAt: Date.parse('2020-03-12T19:03:58Z'),
    ...more,
  };
}

export function aContext(more: Partial<RouteContext> = {}): RouteContext {
  return {
    home: { region: 'us-east-1', accountId: '123456789012' },
    apiId: 'shop',
    domainName: 'shop.execute-api.localhost',
    domainPrefix: 'shop',
    stage: 'Prod',
    stageVariables: {},
    pathParameters: { orderId: '1' },
    grant: { kind: 'open' },
    request: aRequest(),
    route: aRoute('GET /orders/{orderId}', { payloadFormat: '1.0' }),
    binaryMediaTypes: [],
    ...more,
  };
}

/** What JSON makes of a value: an event as a function sees it. */
export function asJson<Value = Record<string, unknown>>(value: unknown): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
