import assert from 'node:assert/strict';
import type { Front } from '../../../../src/engine/services/front/front.ts';
import { kinesisFront } from '../../../../src/engine/services/front/kinesis.ts';
import { s3Front } from '../../../../src/engine/services/front/s3.ts';
import { snsFront } from '../../../../src/engine/services/front/sns.ts';
import { sqsFront } from '../../../../src/engine/services/front/sqs.ts';
import { bodyText, httpRequest, type RequestParts } from '../../../support/engine/requests.ts';

const home = { region: 'us-east-1', accountId: '123456789012', endpoint: 'http://127.0.0.1:4000' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };

function pass(front: Front, parts: RequestParts) {
  const step = front(httpRequest(parts), home, 'eu-west-1');
  assert.equal(step.kind, 'passed');
  return step as Extract<typeof step, { kind: 'passed' }>;
}

function refuse(front: Front, parts: RequestParts, message: RegExp) {
  const step = front(httpRequest(parts), home, 'eu-west-1');
  assert.ok(step.kind === 'refused');
  assert.match(String(step.error.body.message), message);
}

suite('in front of SQS', () => {
  const sqs = (operation: string, input: unknown): RequestParts => ({
    method: 'POST',
    headers: { 'x-amz-target': `AmazonSQS.${operation}` },
    body: typeof input === 'string' ? input : JSON.stringify(input),
  });

  test('a queue is known by region and name, whatever its host', () => {
    for (const url of [
      'http://127.0.0.1:1/123456789012/q',
      'https://queue.amazonaws.com/123456789012/q',
      'q',
    ]) {
      const { request } = pass(sqsFront, sqs('SendMessage', { QueueUrl: url, MessageBody: 'x' }));
      assert.deepEqual(JSON.parse(bodyText(request)), {
        QueueUrl: 'http://sqs.eu-west-1.localhost/123456789012/q',
        MessageBody: 'x',
      });
    }
  });

  test('URLs that are answered are at the engine’s endpoint', () => {
    const { change } = pass(sqsFront, sqs('ListQueues', {}));
    const reply = {
      status: 200,
      headers: {},
      body: JSON.stringify({ QueueUrls: ['http://a/0/b', 'http://a/0/c'] }),
    };
    assert.deepEqual(JSON.parse(bodyText(change?.(reply) ?? reply)), {
      QueueUrls: ['http://127.0.0.1:4000/123456789012/b', 'http://127.0.0.1:4000/123456789012/c'],
    });
    const failed = { ...reply, status: 400 };
    assert.equal(change?.(failed), failed);
  });

  test('what is no JSON is left to the service', () => {
    assert.equal(bodyText(pass(sqsFront, sqs('SendMessage', '{')).request), '{');
  });

  test('older SDKs are told to be renewed', () => {
    refuse(
      sqsFront,
      { method: 'POST', headers: form, body: 'Action=SendMessage' },
      /sqs:SendMessage was sent by the query/,
    );
  });
});

suite('in front of SNS', () => {
  const sns = (body: string): RequestParts => ({ method: 'POST', headers: form, body });

  test('of a message for several protocols that for queues is taken, else the default', () => {
    const message = (structure: object) =>
      new URLSearchParams(
        bodyText(
          pass(
            snsFront,
            sns(
              `Action=Publish&MessageStructure=json&Message=${encodeURIComponent(JSON.stringify(structure))}`,
            ),
          ).request,
        ),
      ).get('Message');
    assert.equal(message({ default: 'd', sqs: 'q' }), 'q');
    assert.equal(message({ default: 'd', lambda: 'l' }), 'd');
  });

  test('one without a default is refused in the words of SNS', () => {
    refuse(
      snsFront,
      sns('Action=Publish&MessageStructure=json&Message={}'),
      /^Invalid parameter: Message Structure/,
    );
  });

  for (const [body, message] of [
    ['Action=Subscribe&Protocol=email', /sns:Protocol=email cannot be honoured/],
    ['Action=Publish&PhoneNumber=1', /sns:PhoneNumber/],
    ['Action=PublishBatch&PublishBatchRequestEntries.member.1.MessageStructure=json', /sns:MessageStructure/],
    ['Action=CreatePlatformApplication', /sns:CreatePlatformApplication is an operation/],
  ] as const) {
    test(`${body} is refused by name`, () => refuse(snsFront, sns(body), message));
  }
});

suite('in front of S3', () => {
  test('objects and listings are passed on', () => {
    for (const target of [
      '/b/k?x-id=PutObject',
      '/b?list-type=2&prefix=a',
      '/b/k?uploads',
      '/b/k?attributes',
    ]) {
      pass(s3Front, { method: target.endsWith('uploads') ? 'POST' : 'GET', target });
    }
  });

  test('a bucket is no page of the service', () => {
    const path = (target: string) => pass(s3Front, { method: 'GET', target }).request.path;
    assert.deepEqual(['/health?list-type=2', '/', '/b/k'].map(path), ['/health/', '/', '/b/k']);
  });

  for (const [method, target, message] of [
    ['PUT', '/b?notification', /s3:notification cannot be honoured \(PUT \/b\)/],
    ['GET', '/b/k?versionId=1', /s3:versionId/],
    ['GET', '/b?uploads', /s3:ListMultipartUploads/],
    ['GET', '/b/k?uploadId=1', /s3:ListParts/],
  ] as const) {
    test(`${method} ${target} is refused by name`, () => refuse(s3Front, { method, target }, message));
  }
});

suite('in front of Kinesis', () => {
  test('every caller is of the account', () => {
    const { request } = pass(kinesisFront, {
      headers: {
        authorization: 'AWS4-HMAC-SHA256 Credential=ASIAX/20261123/us-east-1/kinesis/aws4_request, x',
      },
    });
    assert.equal(
      request.headers.authorization,
      'AWS4-HMAC-SHA256 Credential=123456789012/20261123/us-east-1/kinesis/aws4_request, x',
    );
  });
});
