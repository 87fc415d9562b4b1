import { hash } from 'node:crypto';
import type { Json } from '../../../model/resource.ts';
import type { Grant } from '../authorizers/grant.ts';
import { grouped, type HeaderList, headerOf, queryParameters, record, without } from '../gatewayRequest.ts';
import { nonEmpty, type RouteContext } from './eventContext.ts';
import { httpBody, restBody } from './requestBody.ts';
import { hopByHop, restRequestHeaders } from './requestHeaders.ts';
import { requestTime } from './requestTime.ts';

/**
 * The event of a REST API's proxy integration.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format
 */
export function restEvent(context: RouteContext): Json {
  const { request, route, grant, stage } = context;
  const headers = restRequestHeaders(request.headers, grant.kind === 'iam');
  const { body, isBase64Encoded } = restBody(request, context.binaryMediaTypes);
  return {
    resource: route.path,
    path: request.path,
    ...shared(context, headers),
    requestContext: {
      resourceId: shortId(route.path),
      deploymentId: shortId(context.apiId),
      resourcePath: route.path,
      ...requestContext(context, `/${stage}${request.path}`),
      ...restAuthorizer(grant),
    },
    body: body ?? null,
    isBase64Encoded,
  };
}

/**
 * The event of an HTTP API's integration with payload format 1.0. Names of headers are in lower case.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.proxy-format
 *
 * @param path decoded, with the stage where a stage is named.
 */
export function httpEvent1(context: RouteContext, path: string): Json {
  const { request, route, grant } = context;
  const headers: HeaderList = without(request.headers, hopByHop).map(([name, value]) => [
    name.toLowerCase(),
    value,
  ]);
  const { body, isBase64Encoded } = httpBody(request);
  return {
    version: '1.0',
    resource: route.path,
    path,
    ...shared(context, headers),
    requestContext: {
      resourceId: null,
      resourcePath: route.path,
      ...requestContext(context, path),
      ...httpAuthorizer(grant),
    },
    body: body ?? null,
    isBase64Encoded,
  };
}

/** What is empty is null. */
function shared({ request, ...context }: RouteContext, headers: HeaderList) {
  const query = grouped(queryParameters(request.query));
  const byName = grouped(headers);
  return {
    httpMethod: request.method,
    headers: lastOf(byName),
    multiValueHeaders: nonEmpty(record(byName)) ?? null,
    queryStringParameters: lastOf(query),
    multiValueQueryStringParameters: nonEmpty(record(query)) ?? null,
    pathParameters: nonEmpty(context.pathParameters) ?? null,
    stageVariables: nonEmpty(context.stageVariables) ?? null,
  };
}

function requestContext(context: RouteContext, path: string) {
  const { request, home, grant } = context;
  const caller = grant.kind === 'iam' ? grant.caller : undefined;
  return {
    accountId: home.accountId,
    apiId: context.apiId,
    domainName: context.domainName,
    domainPrefix: context.domainPrefix,
    extendedRequestId: request.extendedRequestId,
    httpMethod: request.method,
    identity: {
      accessKey: caller?.accessKey ?? null,
      accountId: caller?.accountId ?? null,
      ...apiKey(context),
      caller: caller?.userId ?? null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      sourceIp: request.sourceIp,
      user: caller?.userId ?? null,
      userAgent: headerOf(request.headers, 'user-agent') ?? null,
      userArn: caller?.userArn ?? null,
    },
    path,
    protocol: request.protocol,
    requestId: request.requestId,
    requestTime: requestTime(request.receivedAt),
    requestTimeEpoch: request.receivedAt,
    stage: context.stage,
  };
}

function apiKey({ route, request }: RouteContext) {
  if (!route.apiKeyRequired) return {};
  const key = headerOf(request.headers, 'x-api-key') ?? '';
  return { apiKey: key, apiKeyId: hash('sha256', key).slice(0, 10) };
}

/** Values of a Lambda authorizer's context reach a REST API's integration as text. */
function restAuthorizer(grant: Grant): { readonly authorizer?: Json } {
  switch (grant.kind) {
    case 'lambda': {
      const texts = Object.entries(grant.context).map(([name, value]) => [name, String(value)] as const);
      return {
        authorizer: {
          ...record(texts),
          ...(grant.principalId === undefined ? {} : { principalId: grant.principalId }),
          integrationLatency: Math.round(grant.latencyMs),
        },
      };
    }
    case 'cognito':
      return { authorizer: { claims: grant.claims } };
    default:
      return {};
  }
}

function httpAuthorizer(grant: Grant): { readonly authorizer?: Json } {
  switch (grant.kind) {
    case 'lambda':
      return {
        authorizer: {
          ...grant.context,
          ...(grant.principalId === undefined ? {} : { principalId: grant.principalId }),
        },
      };
    case 'jwt':
      return { authorizer: { claims: grant.claims, scopes: grant.scopes } };
    default:
      return {};
  }
}

function lastOf(values: ReadonlyMap<string, readonly string[]>): Record<string, string> | null {
  return nonEmpty(record([...values].map(([name, all]) => [name, all.at(-1) ?? '']))) ?? null;
}

/** Six letters and digits, always the same for the same text. */
function shortId(text: string): string {
  return BigInt(`0x${hash('sha256', text).slice(0, 12)}`)
    .toString(36)
    .slice(0, 6);
}
