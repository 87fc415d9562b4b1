import type { ServiceError } from '../invoke/invocation.ts';
import { type HttpReply, jsonReply } from './http.ts';

// The bodies' keys are cased as AWS cases them, which differs from one exception to the next:
// https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors
// and the recordings of AWS in LocalStack's tests/aws/services/lambda_ (November 2025).

export function resourceNotFound(message: string): ServiceError {
  return { name: 'ResourceNotFoundException', status: 404, body: { Type: 'User', Message: message } };
}

export function invalidRequestContent(message: string): ServiceError {
  return { name: 'InvalidRequestContentException', status: 400, body: { Type: 'User', message } };
}

/** The limits are Lambda's: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export function requestTooLarge(
  bytes: number,
  limit: number,
  operation?: string,
  invocationType: 'RequestResponse' | 'Event' = 'RequestResponse',
): ServiceError {
  if (operation !== undefined && !operation.startsWith('Invoke')) {
    const message = `Request must be smaller than ${limit} bytes for the ${operation} operation`;
    return { name: 'RequestEntityTooLargeException', status: 413, body: { Type: 'User', message } };
  }
  return {
    name: 'RequestTooLargeException',
    status: 413,
    body: {
      Type: 'User',
      message: `${bytes} byte payload is too large for the ${invocationType} invocation type (limit ${limit} bytes)`,
    },
  };
}

export function accessDenied(message: string): ServiceError {
  return { name: 'AccessDeniedException', status: 403, body: { Message: message } };
}

/** What the framework in front of AWS's services says of members that break a constraint of the model. */
export function validation(failures: readonly string[]): ServiceError {
  const count = failures.length === 1 ? '1 validation error' : `${failures.length} validation errors`;
  return {
    name: 'ValidationException',
    status: 400,
    body: { message: `${count} detected: ${failures.join('; ')}` },
  };
}

/** @param what for example `CreateFunction`; it begins the message, so that it can be found by name. */
export function unsupported(what: string, explanation: string): ServiceError {
  return {
    name: `UnsupportedByLambdaLens:${what}`,
    status: 501,
    body: { Type: 'Service', message: `UnsupportedByLambdaLens: ${what} ${explanation}` },
  };
}

/** An error of the part in front of every AWS service: authentication, routing, the engine's own state. */
export function frontError(name: string, status: number, message: string): ServiceError {
  return { name, status, body: { message } };
}

/** The error as restJson1 puts it on the wire. */
export function errorReply(error: ServiceError): HttpReply {
  return jsonReply(error.status, error.body, { ...error.headers, 'x-amzn-errortype': error.name });
}

/** The text of an error, however its body is cased. */
export function errorMessage(error: ServiceError): string {
  const text = error.body.message ?? error.body.Message;
  return typeof text === 'string' ? text : error.name;
}
