import type { ServiceError } from '../invoke/invocation.ts';
import { invalidParameterValue } from '../invoke/serviceErrors.ts';

/*
 * Errors of the operations on functions, versions and aliases, in AWS's words (recorded in LocalStack's snapshots of
 * AWS, November 2025, where no page has them). The keys of their bodies are cased differently.
 */

/** Instead of what was asked for. */
export interface Refused {
  readonly kind: 'failed';
  readonly error: ServiceError;
}

export function refused(error: ServiceError): Refused {
  return { kind: 'failed', error };
}

export function notFound(message: string): Refused {
  return refused({
    name: 'ResourceNotFoundException',
    status: 404,
    body: { Type: 'User', Message: message },
  });
}

export function functionMissing(functionArn: string): Refused {
  return notFound(`Function not found: ${functionArn}`);
}

export function conflict(message: string): Refused {
  return refused({ name: 'ResourceConflictException', status: 409, body: { Type: 'User', message } });
}

export function invalid(message: string): Refused {
  return refused(invalidParameterValue(message));
}

/** @param operation that tells the id that there is now, for example `GetFunction/GetAlias` */
export function revisionMismatch(operation: string): Refused {
  return refused({
    name: 'PreconditionFailedException',
    status: 412,
    body: {
      Type: 'User',
      message: `The Revision Id provided does not match the latest Revision Id. Call the ${operation} API to retrieve the latest Revision Id`,
    },
  });
}

/** @param what begins the message, so that it can be found by name */
export function unsupportedHere(what: string, explanation: string): Refused {
  return refused({
    name: `UnsupportedByLambdaLens:${what.replace(/=.*/s, '')}`,
    status: 501,
    body: { Type: 'Service', message: `UnsupportedByLambdaLens: ${what} ${explanation}` },
  });
}
