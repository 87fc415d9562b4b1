import type { CloudFrontHeaders } from 'aws-lambda';
import { defineSample, type Sample } from './sample.ts';
import { requestId, sourceIp, userAgent } from './values.ts';

const request = { uri: '/index.html', host: 'www.example.com' };

/** Lambda@Edge. */
export const edgeSamples: readonly Sample[] = [
  defineSample({
    id: 'cloudfront:viewer-request',
    kind: 'cloudFrontRequest',
    title: 'A viewer asks CloudFront',
    parameters: request,
    build: ({ uri, host }) => ({
      Records: [{ cf: { config: config('viewer-request'), request: viewerRequest(uri, host) } }],
    }),
  }),
  defineSample({
    id: 'cloudfront:origin-request',
    kind: 'cloudFrontRequest',
    title: 'CloudFront asks the origin',
    parameters: { ...request, origin: 'my-bucket.s3.amazonaws.com' },
    build: ({ uri, host, origin }) => ({
      Records: [
        {
          cf: {
            config: config('origin-request'),
            request: {
              ...viewerRequest(uri, host),
              origin: {
                custom: {
                  customHeaders: {},
                  domainName: origin,
                  keepaliveTimeout: 5,
                  path: '',
                  port: 443,
                  protocol: 'https',
                  readTimeout: 30,
                  sslProtocols: ['TLSv1.2'],
                },
              },
            },
          },
        },
      ],
    }),
  }),
  defineSample({
    id: 'cloudfront:origin-response',
    kind: 'cloudFrontResponse',
    title: 'The origin answers CloudFront',
    parameters: { ...request, status: '200' },
    build: ({ uri, host, status }) => ({
      Records: [
        {
          cf: {
            config: config('origin-response'),
            request: viewerRequest(uri, host),
            response: {
              status,
              statusDescription: status === '200' ? 'OK' : '',
              headers: header('Content-Type', 'text/html'),
            },
          },
        },
      ],
    }),
  }),
];

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-event-structure.html */
function config<Type extends string>(eventType: Type) {
  return {
    distributionDomainName: 'd111111abcdef8.cloudfront.net',
    distributionId: 'EDFDVBD6EXAMPLE',
    eventType,
    requestId,
  };
}

function viewerRequest(uri: string, host: string) {
  return {
    clientIp: sourceIp,
    method: 'GET',
    uri,
    querystring: '',
    headers: { ...header('Host', host), ...header('User-Agent', userAgent), ...header('Accept', '*/*') },
  };
}

function header(key: string, value: string): CloudFrontHeaders {
  return { [key.toLowerCase()]: [{ key, value }] };
}
