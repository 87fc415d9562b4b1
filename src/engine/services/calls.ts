import type { HttpRequest } from '../api/http.ts';
import type { Home } from './front/front.ts';

type Address = Pick<Home, 'region' | 'accountId'>;

/** Requests of the engine's own to an embedded service: nobody checks their signatures. */
function request(
  service: string,
  { region, accountId }: Address,
  parts: Partial<HttpRequest> & Pick<HttpRequest, 'method' | 'path'>,
): HttpRequest {
  return {
    query: {},
    body: new Uint8Array(),
    ...parts,
    headers: {
      ...parts.headers,
      // What the services read region and account from.
      'x-amz-date': '20261123T000000Z',
      authorization: `AWS4-HMAC-SHA256 Credential=${accountId}/20261123/${region}/${service}/aws4_request, SignedHeaders=host, Signature=none`,
    },
  };
}

export function sqsCall(home: Address, operation: string, input: object): HttpRequest {
  return request('sqs', home, {
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${operation}` },
    body: Buffer.from(JSON.stringify(input)),
  });
}

/** @param attributes become `Attributes.entry.N`, as SNS has them. */
export function snsCall(
  home: Address,
  operation: string,
  input: Readonly<Record<string, string>>,
  attributes: Readonly<Record<string, string>> = {},
): HttpRequest {
  const form = new URLSearchParams({ Action: operation, Version: '2010-03-31', ...input });
  for (const [index, [key, value]] of Object.entries(attributes).entries()) {
    form.set(`Attributes.entry.${index + 1}.key`, key);
    form.set(`Attributes.entry.${index + 1}.value`, value);
  }
  return request('sns', home, {
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(form.toString()),
  });
}

export function putObjectCall(home: Address, bucket: string, key: string, body: string): HttpRequest {
  return request('s3', home, {
    method: 'PUT',
    path: objectPath(bucket, key),
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(body),
  });
}

export function headObjectCall(home: Address, bucket: string, key: string): HttpRequest {
  return request('s3', home, { method: 'HEAD', path: objectPath(bucket, key) });
}

export function putEventsCall(home: Address, entries: readonly object[]): HttpRequest {
  return request('events', home, {
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSEvents.PutEvents' },
    body: Buffer.from(JSON.stringify({ Entries: entries })),
  });
}

export function createBucketCall(home: Address, name: string): HttpRequest {
  return request('s3', home, { method: 'PUT', path: `/${encodeURIComponent(name)}` });
}

export function kinesisCall(home: Address, operation: string, input: object): HttpRequest {
  return request('kinesis', home, {
    method: 'POST',
    path: '/',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `Kinesis_20131202.${operation}`,
    },
    body: Buffer.from(JSON.stringify(input)),
  });
}

export function dynamoDbStreamsCall(home: Address, operation: string, input: object): HttpRequest {
  return request('dynamodb', home, {
    method: 'POST',
    path: '/',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDBStreams_20120810.${operation}`,
    },
    body: Buffer.from(JSON.stringify(input)),
  });
}

function objectPath(bucket: string, key: string): string {
  return `/${encodeURIComponent(bucket)}/${key.split('/').map(encodeURIComponent).join('/')}`;
}
