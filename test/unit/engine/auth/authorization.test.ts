import assert from 'node:assert/strict';
import { formatAmzDate, parseAuthorization } from '../../../../src/engine/auth/authorization.ts';

const valid =
  'AWS4-HMAC-SHA256 Credential=AKIAX/20261123/us-east-1/lambda/aws4_request, SignedHeaders=host;x-amz-date, Signature=abc';
const date = { 'x-amz-date': '20261123T101500Z' };

function parse(headers: Readonly<Record<string, string>>, query: Readonly<Record<string, string>> = {}) {
  return parseAuthorization({ headers, query });
}

suite('the Authorization header', () => {
  test('is taken apart', () =>
    assert.deepEqual(parse({ authorization: valid, ...date }), {
      kind: 'claimed',
      claim: {
        accessKeyId: 'AKIAX',
        amzDate: '20261123T101500Z',
        scope: { date: '20261123', region: 'us-east-1', service: 'lambda' },
        signedHeaders: ['host', 'x-amz-date'],
        signature: 'abc',
        signedAt: Date.parse('2026-11-23T10:15:00Z'),
      },
    }));

  test('may have no spaces after its commas', () =>
    assert.equal(parse({ authorization: valid.replaceAll(', ', ','), ...date }).kind, 'claimed'));

  const check = (
    name: string,
    headers: Readonly<Record<string, string>>,
    errorName: string,
    message: string,
    query: Readonly<Record<string, string>> = {},
  ) =>
    test(`${name} is refused`, () => {
      const parsed = parse(headers, query);
      assert.equal(parsed.kind, 'refused');
      if (parsed.kind !== 'refused') return;
      assert.deepEqual(
        [parsed.error.status, parsed.error.name, parsed.error.body.message],
        [403, errorName, message],
      );
    });
  const incomplete = 'IncompleteSignatureException';
  const presigned = {
    'X-Amz-Credential': 'AKIA/20261123/us-east-1/s3/aws4_request',
    'X-Amz-Date': '20261123T100000Z',
    'X-Amz-Expires': '60',
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': 'abc',
  };
  check('its absence', date, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
  check(
    'a presigned URL of another service than S3',
    date,
    incomplete,
    'Presigned URLs are not answered for sqs; sign the request in its Authorization header.',
    { ...presigned, 'X-Amz-Credential': 'AKIA/20261123/us-east-1/sqs/aws4_request' },
  );
  check(
    'a presigned URL that lives for ever',
    date,
    incomplete,
    'X-Amz-Expires must be a number of seconds between 1 and 604800.',
    { ...presigned, 'X-Amz-Expires': '604801' },
  );
  check(
    'a presigned URL without credentials',
    date,
    incomplete,
    'Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.',
    { 'X-Amz-Signature': 'abc' },
  );
  check(
    'a presigned URL of an older kind',
    date,
    incomplete,
    "Presigned URLs of Signature Version 2 are not answered; with boto3, make them with the client configuration signature_version='s3v4'.",
    { AWSAccessKeyId: 'AKIA', Signature: 'abc' },
  );
  check(
    'another algorithm',
    { authorization: 'Basic YTpi', ...date },
    incomplete,
    'Authorization header requires the algorithm AWS4-HMAC-SHA256.',
  );
  check(
    'a header without parameters',
    { authorization: 'AWS4-HMAC-SHA256 ', ...date },
    incomplete,
    "Authorization header requires 'Credential' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires 'Signature' parameter.",
  );
  check(
    'a short credential',
    { authorization: valid.replace('/lambda', ''), ...date },
    incomplete,
    'Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.',
  );
  const noDate =
    "Authorization header requires existence of 'X-Amz-Date' header in the form YYYYMMDDTHHMMSSZ.";
  check('a request without a date', { authorization: valid }, incomplete, noDate);
  check(
    'a date that there is not',
    { authorization: valid, 'x-amz-date': '20261345T101500Z' },
    incomplete,
    noDate,
  );
});

test('dates are written as X-Amz-Date writes them', () =>
  assert.equal(formatAmzDate(Date.parse('2026-01-02T03:04:05.678Z')), '20260102T030405Z'));
