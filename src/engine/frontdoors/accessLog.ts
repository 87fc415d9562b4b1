import { requestTime } from './events/requestTime.ts';

/** One request and how it was answered. */
export interface AccessEntry {
  readonly sourceIp: string;
  /** Who has signed the request, or of whom an authorizer spoke. */
  readonly caller?: string;
  readonly userAgent?: string;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  readonly durationMs: number;
  readonly method: string;
  /** Percent-encoded, as it was asked for. */
  readonly path: string;
  /** Of the route, for example `/orders/{orderId}`; of a function URL, the path. */
  readonly resourcePath: string;
  readonly protocol: string;
  readonly status: number;
  readonly responseLength: number;
  readonly requestId: string;
  readonly extendedRequestId?: string;
  readonly accountId: string;
  readonly apiId?: string;
  readonly stage?: string;
  readonly domainName?: string;
  /** Of the invocation of the function. */
  readonly invocationId?: string;
  /** Why the client did not get what the function meant to answer. */
  readonly problem?: string;
}

/** The Common Log Format, as API Gateway suggests it for access logs. */
const commonLogFormat =
  '$context.identity.sourceIp $context.identity.caller $context.identity.user [$context.requestTime] "$context.httpMethod $context.resourcePath $context.protocol" $context.status $context.responseLength $context.requestId';

export type AccessLine = (entry: AccessEntry) => string;

/**
 * How lines of the access log are written; what is not known of a request is `-`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html#apigateway-cloudwatch-log-formats
 *
 * @param format with `$context` variables
 */
export function accessLines(format = commonLogFormat): AccessLine {
  // Every other part is the name of a variable.
  const parts = oneLine(format)
    .split(/\$context\.(\w+(?:\.\w+)*)/)
    .map((part, index) => (index % 2 === 0 ? part : (variables[part] ?? unknown)));
  return entry => {
    let line = '';
    for (const part of parts) line += typeof part === 'string' ? part : (part(entry) ?? '-');
    return oneLine(line);
  };
}

const breaks = /[\r\n\u2028\u2029]/;

/** Paths are decoded and claims are anybody's: neither may look like a line of its own. */
export function oneLine(text: string): string {
  return breaks.test(text) ? text.replace(/[\r\n\u2028\u2029]+/g, ' ') : text;
}

type Variable = (entry: AccessEntry) => string | number | undefined;

const unknown: Variable = () => undefined;
const caller: Variable = entry => entry.caller;
const latency: Variable = entry => Math.round(entry.durationMs);
const error: Variable = entry => entry.problem;
const invocation: Variable = entry => entry.invocationId;

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html */
const variables: Readonly<Record<string, Variable | undefined>> = Object.assign(Object.create(null), {
  accountId: entry => entry.accountId,
  apiId: entry => entry.apiId,
  'authorizer.principalId': caller,
  awsEndpointRequestId: invocation,
  domainName: entry => entry.domainName,
  domainPrefix: entry => entry.domainName?.split('.')[0],
  'error.message': error,
  'error.messageString': entry => (entry.problem === undefined ? undefined : JSON.stringify(entry.problem)),
  extendedRequestId: entry => entry.extendedRequestId,
  httpMethod: entry => entry.method,
  'identity.caller': caller,
  'identity.sourceIp': entry => entry.sourceIp,
  'identity.user': caller,
  'identity.userAgent': entry => entry.userAgent,
  'integration.error': error,
  'integration.latency': latency,
  'integration.requestId': invocation,
  integrationErrorMessage: error,
  integrationLatency: latency,
  path: entry => entry.path,
  protocol: entry => entry.protocol,
  requestId: entry => entry.requestId,
  requestTime: entry => requestTime(entry.receivedAt),
  requestTimeEpoch: entry => entry.receivedAt,
  resourcePath: entry => entry.resourcePath,
  responseLatency: latency,
  responseLength: entry => entry.responseLength,
  routeKey: entry =>
    entry.resourcePath === '$default' ? entry.resourcePath : `${entry.method} ${entry.resourcePath}`,
  stage: entry => entry.stage,
  status: entry => entry.status,
} satisfies Record<string, Variable>);
