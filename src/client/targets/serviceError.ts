import { LambdaServiceException } from '@aws-sdk/client-lambda';
import { TargetError, type TargetErrorCode } from '../../model/targetError.ts';

/** What an exception of Lambda's API says of a call, whosever the API is. Undefined for what is none. */
export function serviceError(error: unknown, action: string): TargetError | undefined {
  if (!(error instanceof LambdaServiceException)) return undefined;
  const code = codes[error.name] ?? codeOfStatus(error.$response?.statusCode);
  const next = advice[code];
  const said = /[.!?]$/.test(error.message) ? error.message : `${error.message}.`;
  return new TargetError(code, `${action}: ${said}${next === undefined ? '' : ` ${next}`}`, { cause: error });
}

/** https://docs.aws.amazon.com/lambda/latest/api/CommonErrors.html, and the errors of the operations themselves. */
const codes: Readonly<Record<string, TargetErrorCode>> = {
  PreconditionFailedException: 'stale',
  ResourceNotFoundException: 'notFound',
  ResourceConflictException: 'conflict',
  ResourceInUseException: 'conflict',
  InvalidParameterValueException: 'invalid',
  ValidationException: 'invalid',
  TooManyRequestsException: 'throttled',
  ThrottlingException: 'throttled',
  AccessDeniedException: 'denied',
};

function codeOfStatus(status: number | undefined): TargetErrorCode {
  if (status === 403) return 'denied';
  return status === 429 ? 'throttled' : 'other';
}

const advice: Readonly<Partial<Record<TargetErrorCode, string>>> = {
  stale: 'Somebody else has changed it in the meantime: look at what it is now, and try again.',
  notFound: 'It may have been deleted: refresh the Functions view.',
  throttled: 'Try again in a moment.',
};
