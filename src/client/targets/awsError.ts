import type { AwsAccess } from '../../model/awsAccess.ts';
import { TargetError, type TargetErrorCode } from '../../model/targetError.ts';
import { messageOf } from '../../shared/errors.ts';
import { serviceError } from './serviceError.ts';

/**
 * What went wrong with a call to an account: what, where, and what to do about it.
 *
 * @param action what was to be done, for example `Publish version of orders`
 */
export function awsError(error: unknown, action: string, access: AwsAccess): TargetError {
  if (error instanceof TargetError) return error;
  const where = `${action} (${placeOf(access)})`;
  const fail = (code: TargetErrorCode, what: string) =>
    new TargetError(code, `${where}: ${what}`, { cause: error });
  const kind = kindOf(error);
  switch (kind) {
    case 'expired':
      return fail(
        'credentials',
        `the credentials of ${chainOf(access)} have expired. ${signInAgain(access)}`,
      );
    case 'none':
      return fail(
        'credentials',
        `there are no credentials for ${chainOf(access)}. Set them up in ~/.aws or in the environment that VS Code was started with, or select another target. ${signInAgain(access)}`,
      );
    case 'unknown':
      return fail(
        'credentials',
        `AWS does not take the credentials of ${chainOf(access)}. Look at whether they are still valid, whether the region is one that the account uses, and whether the clock of this machine is right.`,
      );
    case 'denied':
      return fail(
        'denied',
        `the permission is missing. ${sentence(messageOf(error))} Ask for it, or select another profile.`,
      );
    case 'throttled':
      return fail(
        'throttled',
        `AWS turned the request away, because there were too many. ${sentence(messageOf(error))} Try again in a moment.`,
      );
    case 'unreachable':
      return fail(
        'unreachable',
        `${access.endpoint ?? 'AWS'} could not be reached (${networkText(error)}). Look at the network, a proxy or VPN, and whether the ${access.endpoint === undefined ? 'region exists' : 'endpoint is right'}, and try again.`,
      );
    default: {
      const known = serviceError(error, where);
      return known ?? fail('other', sentence(messageOf(error)));
    }
  }
}

type Kind = 'expired' | 'none' | 'unknown' | 'denied' | 'throttled' | 'unreachable' | 'other';

/** https://docs.aws.amazon.com/lambda/latest/api/CommonErrors.html */
const kinds: Readonly<Record<string, Kind>> = {
  ExpiredToken: 'expired',
  ExpiredTokenException: 'expired',
  TokenRefreshRequired: 'expired',
  UnrecognizedClientException: 'unknown',
  InvalidClientTokenId: 'unknown',
  InvalidSignatureException: 'unknown',
  SignatureDoesNotMatch: 'unknown',
  IncompleteSignature: 'unknown',
  MissingAuthenticationToken: 'unknown',
  MissingAuthenticationTokenException: 'unknown',
  InvalidAccessKeyId: 'unknown',
  AccessDenied: 'denied',
  AccessDeniedException: 'denied',
  NotAuthorized: 'denied',
  OptInRequired: 'denied',
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  TooManyRequestsException: 'throttled',
  RequestLimitExceeded: 'throttled',
  TimeoutError: 'unreachable',
  NetworkingError: 'unreachable',
};

const networkCodes =
  /^(?:E(?:NOTFOUND|AI_AGAIN|CONNREFUSED|CONNRESET|TIMEDOUT|HOSTUNREACH|NETUNREACH|PIPE|PROTO)|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;

function kindOf(error: unknown): Kind {
  if (!(error instanceof Error)) return 'other';
  // Whatever the SDK could not do to get credentials: a session of SSO that is over is told by its text alone.
  if (/^(?:CredentialsProviderError|TokenProviderError|ProviderError)$/.test(error.name)) {
    return /expired|sso login|refresh/i.test(error.message) ? 'expired' : 'none';
  }
  const known = kinds[error.name];
  if (known) return known;
  if (networkCodes.test(codeOf(error))) return 'unreachable';
  const { httpStatusCode } = (error as { $metadata?: { httpStatusCode?: number } }).$metadata ?? {};
  return httpStatusCode === 403 ? 'denied' : 'other';
}

/** The SDK wraps what went wrong with a connection. */
function codeOf(error: Error): string {
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return code;
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return codeOf(error.errors[0]);
  return error.cause instanceof Error ? codeOf(error.cause) : '';
}

function networkText(error: unknown): string {
  const code = error instanceof Error ? codeOf(error) : '';
  const text = messageOf(error);
  return text === '' || text === code ? code : text;
}

/** For people. */
function placeOf({ profile, region, endpoint }: AwsAccess): string {
  return [profile === undefined ? 'AWS' : `profile ${profile}`, region, ...(endpoint ? [endpoint] : [])].join(
    ', ',
  );
}

function chainOf({ profile }: AwsAccess): string {
  return profile === undefined ? 'the default credential chain' : `the profile ${profile}`;
}

function signInAgain({ profile }: AwsAccess): string {
  return profile === undefined
    ? 'Renew them, and refresh the Functions view.'
    : `Where it uses IAM Identity Center, run "aws sso login --profile ${profile}", and refresh the Functions view.`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
