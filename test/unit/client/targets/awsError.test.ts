import assert from 'node:assert/strict';
import { LambdaServiceException } from '@aws-sdk/client-lambda';
import { awsError } from '../../../../src/client/targets/awsError.ts';
import { TargetError, type TargetErrorCode } from '../../../../src/model/targetError.ts';

const access = { profile: 'staging', region: 'eu-central-1' };
const action = 'Publish version of orders';
const where = 'Publish version of orders (profile staging, eu-central-1): ';

const named = (name: string, message: string, more: object = {}) =>
  Object.assign(new Error(message), { name }, more);
const ofLambda = (name: string, message: string, httpStatusCode = 400) =>
  new LambdaServiceException({ name, message, $fault: 'client', $metadata: { httpStatusCode } });

suite('what went wrong with a call to AWS', () => {
  const check = (name: string, error: unknown, code: TargetErrorCode, text: string) =>
    test(name, () => {
      const told = awsError(error, action, access);
      assert.equal(told.message, where + text);
      assert.equal(told.code, code);
      assert.equal(told.cause, error);
    });

  const expired =
    'the credentials of the profile staging have expired. Where it uses IAM Identity Center, run "aws sso login --profile staging", and refresh the Functions view.';
  check('expired credentials', ofLambda('ExpiredTokenException', 'expired', 403), 'credentials', expired);
  check(
    'an SSO session that is over',
    named('CredentialsProviderError', 'The SSO session associated with this profile has expired.'),
    'credentials',
    expired,
  );
  check(
    'no credentials',
    named('CredentialsProviderError', 'Could not resolve credentials using profile: [staging]'),
    'credentials',
    'there are no credentials for the profile staging. Set them up in ~/.aws or in the environment that VS Code was started with, or select another target. Where it uses IAM Identity Center, run "aws sso login --profile staging", and refresh the Functions view.',
  );
  check(
    'credentials that AWS does not know',
    ofLambda('UnrecognizedClientException', 'The security token included in the request is invalid.', 403),
    'credentials',
    'AWS does not take the credentials of the profile staging. Look at whether they are still valid, whether the region is one that the account uses, and whether the clock of this machine is right.',
  );
  const denial =
    'User: arn:aws:iam::111122223333:user/dev is not authorized to perform: lambda:PublishVersion on resource: orders';
  check(
    'a missing permission, with what AWS says of it',
    ofLambda('AccessDeniedException', denial, 403),
    'denied',
    `the permission is missing. ${denial}. Ask for it, or select another profile.`,
  );
  check(
    'throttling',
    ofLambda('TooManyRequestsException', 'Rate exceeded', 429),
    'throttled',
    'AWS turned the request away, because there were too many. Rate exceeded. Try again in a moment.',
  );
  const unreachable = (text: string) =>
    `AWS could not be reached (${text}). Look at the network, a proxy or VPN, and whether the region exists, and try again.`;
  const lost = named('Error', 'getaddrinfo ENOTFOUND lambda.eu-central-1.amazonaws.com', {
    code: 'ENOTFOUND',
  });
  check(
    'no network',
    lost,
    'unreachable',
    unreachable('getaddrinfo ENOTFOUND lambda.eu-central-1.amazonaws.com'),
  );
  check(
    'no connection on any of several addresses',
    Object.assign(new AggregateError([named('Error', 'connect', { code: 'ECONNREFUSED' })], ''), {
      name: 'AggregateError',
    }),
    'unreachable',
    unreachable('ECONNREFUSED'),
  );
  check(
    'no answer in time',
    named('TimeoutError', 'Connection timed out after 10000 ms'),
    'unreachable',
    unreachable('Connection timed out after 10000 ms'),
  );
  check(
    'what only Lambda knows, in its own words',
    ofLambda('ResourceNotFoundException', 'Function not found: orders', 404),
    'notFound',
    'Function not found: orders. It may have been deleted: refresh the Functions view.',
  );
  check('anything else', named('Oddity', 'It is odd'), 'other', 'It is odd.');

  test('names the endpoint where there is one, and the chain where there is no profile', () => {
    const local = { region: 'us-east-1', endpoint: 'http://127.0.0.1:4566' };
    assert.equal(
      awsError(named('Error', 'connect ECONNREFUSED', { code: 'ECONNREFUSED' }), 'List functions', local)
        .message,
      'List functions (AWS, us-east-1, http://127.0.0.1:4566): http://127.0.0.1:4566 could not be reached (connect ECONNREFUSED). Look at the network, a proxy or VPN, and whether the endpoint is right, and try again.',
    );
    assert.match(
      awsError(named('ExpiredToken', ''), 'List functions', local).message,
      /the credentials of the default credential chain have expired\. Renew them,/,
    );
  });

  test('is left as it is where it was told already', () => {
    const told = new TargetError('invalid', 'The code is a container image.');
    assert.equal(awsError(told, action, access), told);
  });
});
