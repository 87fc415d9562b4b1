import type { Json } from '../../../model/resource.ts';
import type { Grant } from '../authorizers/grant.ts';
import { grouped, headerOf, queryParameters, record } from '../gatewayRequest.ts';
import { type EventContext, nonEmpty } from './eventContext.ts';
import { httpBody } from './requestBody.ts';
import { cookiesOf, joinedHeaders } from './requestHeaders.ts';
import { requestTime } from './requestTime.ts';

/**
 * The event of payload format 2.0, of HTTP APIs and function URLs. What is empty is left out.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.proxy-format
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
 *
 * @param path decoded for an HTTP API, as sent for a function URL; with the stage where a stage is named.
 */
export function event2(context: EventContext, routeKey: string, path: string): Json {
  const { request, home } = context;
  const cookies = cookiesOf(request.headers);
  const { cookie: _cookies, ...headers } = joinedHeaders(request.headers);
  const query = grouped(queryParameters(request.query));
  const queryStringParameters = nonEmpty(record([...query].map(([name, all]) => [name, all.join(',')])));
  const pathParameters = nonEmpty(context.pathParameters);
  const stageVariables = nonEmpty(context.stageVariables);
  const { body, isBase64Encoded } = httpBody(request);
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: request.query,
    ...(cookies.length > 0 ? { cookies } : {}),
    headers,
    ...(queryStringParameters ? { queryStringParameters } : {}),
    requestContext: {
      accountId: home.accountId,
      apiId: context.apiId,
      ...authorizer(context.grant),
      domainName: context.domainName,
      domainPrefix: context.domainPrefix,
      http: {
        method: request.method,
        path,
        protocol: request.protocol,
        sourceIp: request.sourceIp,
        userAgent: headerOf(request.headers, 'user-agent') ?? '',
      },
      requestId: request.requestId,
      routeKey,
      stage: context.stage,
      time: requestTime(request.receivedAt),
      timeEpoch: request.receivedAt,
    },
    ...(body === undefined ? {} : { body }),
    ...(pathParameters ? { pathParameters } : {}),
    isBase64Encoded,
    ...(stageVariables ? { stageVariables } : {}),
  };
}

function authorizer(grant: Grant): { readonly authorizer?: Json } {
  switch (grant.kind) {
    case 'lambda':
      return { authorizer: { lambda: grant.context } };
    case 'jwt':
      return { authorizer: { jwt: { claims: grant.claims, scopes: grant.scopes } } };
    case 'iam':
      return {
        authorizer: {
          iam: {
            accessKey: grant.caller.accessKey,
            accountId: grant.caller.accountId,
            callerId: grant.caller.userId,
            cognitoIdentity: null,
            principalOrgId: null,
            userArn: grant.caller.userArn,
            userId: grant.caller.userId,
          },
        },
      };
    default:
      return {};
  }
}
