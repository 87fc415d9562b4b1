import { type GatewayRequest, headerOf, queryParameters } from '../gatewayRequest.ts';

/** Where the values of identity sources are found. */
export interface IdentityRequest {
  readonly request: GatewayRequest;
  readonly stage: string;
  readonly stageVariables: Readonly<Record<string, string>>;
  /** `GET /orders/{orderId}`; of REST APIs too. */
  readonly routeKey: string;
  readonly resourcePath: string;
}

/**
 * The values that an authorizer's identity sources have in a request, in their order; undefined where one of them is
 * missing or empty. REST APIs write `method.request.header.Name`, HTTP APIs `$request.header.Name`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html#http-api-lambda-authorizer.identity-sources
 */
export function identityValues(
  sources: readonly string[],
  from: IdentityRequest,
): readonly string[] | undefined {
  const values = sources.map(source => identityValue(source, from));
  return values.every(value => value !== undefined && value !== '') ? (values as string[]) : undefined;
}

function identityValue(source: string, from: IdentityRequest): string | undefined {
  const [, place, name = ''] =
    /^(?:\$|method\.)?(request\.header|request\.querystring|stageVariables|context)\.(.+)$/.exec(source) ??
    [];
  switch (place) {
    case 'request.header':
      return headerOf(from.request.headers, name.toLowerCase());
    case 'request.querystring':
      return queryParameters(from.request.query).findLast(([given]) => given === name)?.[1];
    case 'stageVariables':
      return from.stageVariables[name];
    case 'context':
      return contextValue(name, from);
    default:
      return undefined;
  }
}

/** The variables of `$context` that requests can be told apart by. */
function contextValue(name: string, from: IdentityRequest): string | undefined {
  const { request } = from;
  const values: Readonly<Record<string, string | undefined>> = {
    httpMethod: request.method,
    'http.method': request.method,
    'identity.sourceIp': request.sourceIp,
    'http.sourceIp': request.sourceIp,
    'identity.userAgent': headerOf(request.headers, 'user-agent'),
    path: request.path,
    'http.path': request.path,
    protocol: request.protocol,
    requestId: request.requestId,
    resourcePath: from.resourcePath,
    routeKey: from.routeKey,
    stage: from.stage,
  };
  return values[name];
}
