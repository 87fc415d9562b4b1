import { requestTime } from './events/requestTime.ts';

/** One request and how it was answered. */
export interface AccessEntry {
  readonly sourceIp: string;
  /** Who has signed the request, or of whom an authorizer spoke. */
  readonly caller?: string;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  readonly method: string;
  /** Of the route, for example `/orders/{orderId}`; of a function URL, the path. */
  readonly resourcePath: string;
  readonly protocol: string;
  readonly status: number;
  readonly responseLength: number;
  readonly requestId: string;
}

/**
 * A line of the Common Log Format, as API Gateway suggests it for access logs.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html#apigateway-cloudwatch-log-formats
 */
export function accessLine(entry: AccessEntry): string {
  const { sourceIp, caller = '-', receivedAt, method, resourcePath, protocol } = entry;
  const request = `"${method} ${resourcePath} ${protocol}"`;
  return oneLine(
    `${sourceIp} ${caller} ${caller} [${requestTime(receivedAt)}] ${request} ${entry.status} ${entry.responseLength} ${entry.requestId}`,
  );
}

/** Paths are decoded and claims are anybody's: neither may look like a line of its own. */
export function oneLine(text: string): string {
  return text.replace(/[\r\n\u2028\u2029]+/g, ' ');
}
