import assert from 'node:assert/strict';
import { actionOf } from '../../../../src/engine/api/awsAction.ts';
import { refuseService } from '../../../../src/engine/api/otherServices.ts';
import { bodyText, httpRequest, type RequestParts } from '../../../support/engine/requests.ts';

const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };

suite('the action that a request to an AWS service asks for', () => {
  const check = (expected: string, parts: RequestParts) =>
    test(expected, () => assert.equal(actionOf(httpRequest(parts)), expected));

  check('SendMessage', { method: 'POST', headers: { 'x-amz-target': 'AmazonSQS.SendMessage' } });
  check('PutItem', { method: 'POST', headers: { 'x-amz-target': 'DynamoDB_20120810.PutItem' } });
  check('Publish', { method: 'POST', headers: form, body: 'Action=Publish&Version=2010-03-31' });
  check('AssumeRole', { method: 'POST', headers: form, body: 'RoleArn=a&Action=AssumeRole' });
  check('GetCallerIdentity', { target: '/?Action=GetCallerIdentity&Version=2011-06-15' });
  check('PutObject', { method: 'PUT', target: '/bucket/key?x-id=PutObject' });
  check('PutMetricData', {
    method: 'POST',
    target: '/service/GraniteServiceVersion20100801/operation/PutMetricData',
  });
  check('GET /bucket', { target: '/bucket?list-type=2' });
  check('POST /', { method: 'POST', headers: form, body: 'NoAction=Here' });
});

suite('a service without an endpoint', () => {
  const refuse = (service: string, parts: RequestParts) => refuseService(service, httpRequest(parts), 'r-1');

  test('is named in JSON to clients of a JSON protocol', () => {
    const reply = refuse('dynamodb', {
      method: 'POST',
      headers: { 'x-amz-target': 'DynamoDB_20120810.PutItem' },
    });
    assert.equal(reply.status, 501);
    assert.equal(reply.headers['x-amzn-errortype'], 'UnsupportedByLambdaLens:dynamodb');
    assert.deepEqual(JSON.parse(bodyText(reply)), {
      __type: 'UnsupportedByLambdaLens',
      Type: 'Service',
      message:
        'UnsupportedByLambdaLens: dynamodb PutItem was not called: no endpoint is configured for the service "dynamodb". Name one in the setting lambdaLens.services, for example { "dynamodb": "http://127.0.0.1:8000" }, or an AWS profile, { "dynamodb": "profile:default" } (lambda-lens serve --service dynamodb=http://127.0.0.1:8000).',
    });
  });

  test('is named in XML to clients of the query protocol', () => {
    const reply = refuse('sns', { method: 'POST', headers: form, body: 'Action=Publish' });
    assert.equal(reply.headers['content-type'], 'application/xml');
    assert.match(
      bodyText(reply),
      /<ErrorResponse><Error><Type>Sender<\/Type><Code>UnsupportedByLambdaLens<\/Code><Message>UnsupportedByLambdaLens: sns Publish .*<\/Message><\/Error><RequestId>r-1</,
    );
  });

  test('S3 errors have no envelope, and what they quote is escaped', () => {
    const reply = refuse('s3', { target: '/bucket/<&' });
    assert.match(
      bodyText(reply),
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<Error><Code>UnsupportedByLambdaLens<\/Code><Message>.*GET \/bucket\/&#60;&#38; was not called/,
    );
  });
});
