import { imageRuntime } from '../../model/functionDefinition.ts';
import type { ServiceError } from './invocation.ts';

/*
 * Errors of the Lambda API. The keys of their bodies are cased differently from one to the next.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors
 */

/** @param functionArn the ARN with the qualifier that was looked for */
export function functionNotFound(functionArn: string): ServiceError {
  return {
    name: 'ResourceNotFoundException',
    status: 404,
    body: { Type: 'User', Message: `Function not found: ${functionArn}` },
  };
}

export type ThrottleReason =
  | 'ConcurrentInvocationLimitExceeded'
  | 'ReservedFunctionConcurrentInvocationLimitExceeded';

/** As many invocations run as may. */
export function tooManyRequests(reason: ThrottleReason): ServiceError {
  return {
    name: 'TooManyRequestsException',
    status: 429,
    body: {
      Reason: reason,
      Type: 'User',
      message: 'Rate Exceeded.',
    },
  };
}

export function invalidParameterValue(message: string): ServiceError {
  return { name: 'InvalidParameterValueException', status: 400, body: { Type: 'User', message } };
}

/** A runtime that AWS may have and this engine cannot run. */
export function unsupportedRuntime(runtime: string): ServiceError {
  return {
    name: 'InvalidRuntimeException',
    status: 502,
    body: {
      Type: 'User',
      Message:
        runtime === imageRuntime
          ? 'UnsupportedByLambdaLens: PackageType=Image. Lambda Lens runs code of PackageType=Zip; name the code folder in its place.'
          : `UnsupportedByLambdaLens: Runtime=${runtime}. Lambda Lens runs Node.js (such as nodejs24.x), Python (such as python3.13), provided.al2023 and provided.al2.`,
    },
  };
}

/** The engine itself could not do its part; the message says what to do. */
export function serviceException(message: string): ServiceError {
  return { name: 'ServiceException', status: 500, body: { Type: 'Service', Message: message } };
}
