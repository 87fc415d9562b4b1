import { hardCodedRegionOrAccount } from '../../../../src/analyzer/rules/hard-coded-region-or-account.ts';
import { check } from './check.ts';

const reports = (name: string, text: string) => test(name, () => check(hardCodedRegionOrAccount, text));

suite('hard-coded-region-or-account reports', () => {
  reports(
    'regions of clients, wherever the literal is',
    `
// template: handler
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import AWS from 'aws-sdk';
const region = 'eu-central-1';
//             ^ still works with eu-central-1
AWS.config.update({ region: 'us-west-2' });
//                          ^ still works with us-west-2
AWS.config.region = 'sa-east-1';
//                  ^ still works with sa-east-1
const clients = [new S3Client({ region }), new SQSClient({ region, maxAttempts: 2 })];
const older = new AWS.SNS({ region: 'ap-southeast-2' });
//                                  ^ still works with ap-southeast-2
export const handler = async event => [clients, older, event];`,
  );

  reports(
    'ARNs, URLs of queues and addresses of one account or region',
    `
// template: handler
const key = 'arn:aws:kms:eu-west-1:111122223333:key/abc';
//          ^ This ARN is written in the code
const role = 'arn:aws:iam::111122223333:role/reader';
//           ^ This ARN is written in the code
export const handler = async event => {
  const topic = \`arn:aws:sns:us-east-1:\${event.account}:alarms\`;
  //            ^ This ARN is written in the code
  const queue = 'https://sqs.us-east-1.amazonaws.com/111122223333/jobs';
  //            ^ This queue's URL is written in the code
  const api = 'https://abc123.execute-api.eu-west-1.amazonaws.com/prod';
  //          ^ This address is written in the code
  return { key, role, topic, queue, api };
};`,
  );
});

suite('hard-coded-region-or-account is silent about', () => {
  reports(
    'regions that are a default, a test endpoint, data, or the only one that a service has',
    `
// template: handler
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { S3Client } from '@aws-sdk/client-s3';
const clients = [
  new S3Client({ region: process.env.AWS_REGION ?? 'eu-west-1' }),
  new S3Client({ region: 'eu-west-1', endpoint: 'http://localhost:4566' }),
  new CloudFrontClient({ region: 'us-east-1' }),
  new S3Client({}),
];
const names = { 'eu-west-1': 'Ireland', regions: ['eu-west-1', 'us-east-1'], region: 'eu-west-1' };
export const handler = async event => {
  if (event.region === 'eu-west-1') return names;
  if (event.arn === 'arn:aws:sns:eu-west-1:111122223333:alarms') return clients;
  return [\`arn:aws:sns:\${event.region}:\${event.account}:x\`, 'arn:aws:iam::aws:policy/ReadOnlyAccess', 'arn:aws:s3:::bucket'];
};`,
  );

  reports(
    'the account of emulators',
    `
// template: handler
export const handler = async () => 'http://sqs.us-east-1.localhost.localstack.cloud:4566/000000000000/jobs';`,
  );
});
