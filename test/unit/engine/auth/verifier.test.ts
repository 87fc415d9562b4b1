import assert from 'node:assert/strict';
import type { HttpRequest } from '../../../../src/engine/api/http.ts';
import { parseAuthorization } from '../../../../src/engine/auth/authorization.ts';
import { createCredentialStore } from '../../../../src/engine/auth/credentialStore.ts';
import { createVerifier } from '../../../../src/engine/auth/verifier.ts';
import { systemIds } from '../../../../src/engine/systemIds.ts';
import { type RequestParts, type Signing, signedRequest } from '../../../support/engine/requests.ts';

const now = Date.parse('2026-11-23T10:00:00Z');
const store = createCredentialStore(systemIds);
const user = store.issue({ kind: 'user' });
const environment = store.issue({
  kind: 'environment',
  environmentId: 'e-1',
  functionName: 'orders',
  roleArn: 'arn:aws:iam::000000000000:role/orders',
});
const role = {
  kind: 'role',
  roleArn: 'arn:aws:iam::000000000000:role/auditor',
  sessionName: 'night',
  issuedTo: { kind: 'user' },
} as const;
const verifier = createVerifier(store, { now: () => now }, 'us-east-1');

const invocation: RequestParts = {
  method: 'POST',
  target: '/2015-03-31/functions/arn%3Aaws%3Alambda/invocations?Qualifier=%24LATEST&b=x%20y&a',
  headers: { 'content-type': 'application/json' },
  body: '{"a":1}',
};

/** Signs, spoils, and tells what the verifier says of it. */
async function verify(
  parts: RequestParts,
  signing: Partial<Signing> = {},
  spoil: (request: HttpRequest) => HttpRequest = request => request,
): Promise<string> {
  const request = spoil(await signedRequest(parts, { credentials: user, at: now, ...signing }));
  const parsed = parseAuthorization(request);
  if (parsed.kind === 'refused') return parsed.error.name;
  const result = await verifier.verify(request, parsed.claim);
  return result.kind === 'verified'
    ? result.principal.kind
    : `${result.error.status} ${result.error.name}: ${result.error.body.message}`;
}

const withHeader = (name: string, value: string) => (request: HttpRequest) => ({
  ...request,
  headers: { ...request.headers, [name]: value },
});
const mismatch =
  '403 InvalidSignatureException: The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const unknown = '403 UnrecognizedClientException: The security token included in the request is invalid.';

suite('the signature of a request', () => {
  const check = (name: string, expected: string, ...how: Parameters<typeof verify>) =>
    test(name, async () => assert.equal(await verify(...how), expected));

  check('of the user', 'user', invocation);
  check('without a header for the hash of the payload', 'user', invocation, { withPayloadHeader: false });
  check('of an environment', 'environment', invocation, { credentials: environment });
  check('of a role that somebody has assumed', 'role', invocation, {
    credentials: store.issue(role, now + 1),
  });
  check(
    'of a role whose time is over',
    '403 ExpiredTokenException: The security token included in the request is expired',
    invocation,
    { credentials: store.issue(role, now) },
  );
  check(
    'for a service in any region',
    'user',
    { method: 'POST', body: 'Action=X' },
    { service: 'sqs', region: 'eu-west-1' },
  );
  check(
    'for S3, which encodes a path once',
    'user',
    { method: 'PUT', target: '/b/a%20b//c' },
    { service: 's3' },
  );
  check(
    'for S3 without the payload',
    'user',
    { method: 'PUT', target: '/b/k', body: 'data', headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } },
    { service: 's3' },
  );
  check(
    'for S3 with a payload in signed chunks',
    'user',
    {
      method: 'PUT',
      target: '/b/k',
      body: 'data',
      headers: { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' },
    },
    { service: 's3' },
  );
  check('with one parameter twice', 'user', { target: '/x?k=b&k=a' });
});

suite('a signature is refused', () => {
  const check = (name: string, expected: string | RegExp, ...how: Parameters<typeof verify>) =>
    test(name, async () => {
      const result = await verify(...how);
      if (typeof expected === 'string') assert.equal(result, expected);
      else assert.match(result, expected);
    });

  check('when the body is another one', mismatch, invocation, {}, request => ({
    ...request,
    body: Buffer.from('{}'),
  }));
  check(
    'when the body is another one and the header for its hash is not signed',
    mismatch,
    invocation,
    { withPayloadHeader: false },
    request => ({ ...request, body: Buffer.from('{}') }),
  );
  check('when the path is another one', mismatch, invocation, {}, request => ({ ...request, path: '/x' }));
  check('when the query is another one', mismatch, invocation, {}, request => ({ ...request, query: {} }));
  check('when the method is another one', mismatch, invocation, {}, request => ({
    ...request,
    method: 'PUT',
  }));
  check(
    'when a signed header is another one',
    mismatch,
    invocation,
    {},
    withHeader('content-type', 'text/plain'),
  );
  check('when Lambda is sent an unsigned payload', mismatch, {
    ...invocation,
    headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
  });
  check('when the secret is another one', mismatch, invocation, {
    credentials: { ...user, secretAccessKey: environment.secretAccessKey },
  });
  check('when the key is unknown', unknown, invocation, {
    credentials: { ...user, accessKeyId: 'AKIAUNKNOWN' },
  });
  check('when an environment leaves out its token', unknown, invocation, {
    credentials: { accessKeyId: environment.accessKeyId, secretAccessKey: environment.secretAccessKey },
  });
  check('when an environment has the token of another', unknown, invocation, {
    credentials: { ...environment, sessionToken: 'other' },
  });
  check('when the user has a token', unknown, invocation, { credentials: { ...user, sessionToken: 'x' } });
  check(
    'when Lambda is asked in another region',
    "403 InvalidSignatureException: Credential should be scoped to a valid region, not 'eu-west-1': this engine serves 'us-east-1'.",
    invocation,
    { region: 'eu-west-1' },
  );
  check(
    'when its scope is of another day',
    /^403 InvalidSignatureException: Date in Credential scope does not match/,
    invocation,
    {},
    withHeader('x-amz-date', '20261122T235900Z'),
  );
  check('when the host is not signed', /'Host' must be a 'SignedHeader'/, invocation, {}, request =>
    withHeader('authorization', (request.headers.authorization ?? '').replace('host;', ''))(request),
  );

  const minutes = 60_000;
  check(
    '16 minutes late',
    /Signature expired: 20261123T094400Z is now earlier than 20261123T094500Z \(20261123T100000Z - 15 min\.\)$/,
    invocation,
    {
      at: now - 16 * minutes,
    },
  );
  check(
    '16 minutes early',
    /Signature not yet current: 20261123T101600Z is still later than 20261123T101500Z/,
    invocation,
    {
      at: now + 16 * minutes,
    },
  );
  test('but not within a quarter of an hour', async () => {
    assert.equal(await verify(invocation, { at: now - 15 * minutes }), 'user');
    assert.equal(await verify(invocation, { at: now + 15 * minutes }), 'user');
  });
});
