import assert from 'node:assert/strict';
import { heavyImport } from '../../../../src/analyzer/rules/heavy-import.ts';
import { check, findingsIn } from './check.ts';

const reports = (name: string, text: string) => test(name, () => check(heavyImport, text));

suite('heavy-import reports', () => {
  reports(
    'version 2 of the SDK and whole packages, in every file that is loaded',
    `
// template: handler
import AWS from 'aws-sdk';
//              ^^^^^^^^^ is version 2
import { group } from './group';
const s3 = new AWS.S3();
export const handler = async event => group(event, s3);
// @file group.ts
const _ = require('lodash');
//        ^^^^^^^^^^^^^^^^^ 'lodash' is loaded as a whole
exports.group = event => _.groupBy(event.Records, 'eventName');`,
  );

  reports(
    'what is loaded on first use',
    `
// template: handler
export const handler = async () => (await import('googleapis')).google;
//                                        ^ '@googleapis/drive'`,
  );

  test('version 2 of the SDK is a warning, the rest is for information', () => {
    const text = `// template: handler\nimport AWS from 'aws-sdk';\nimport _ from 'lodash';\nexport const handler = () => [AWS, _];`;
    const findings = findingsIn(text, [heavyImport]).get('/app/handler.ts') ?? [];
    assert.deepEqual(
      findings.map(({ severity }) => severity),
      ['warning', 'info'],
    );
  });
});

suite('heavy-import is silent about', () => {
  reports(
    'parts of packages, types, and what no handler loads',
    `
// template: handler
import type { S3 } from 'aws-sdk';
import groupBy from 'lodash/groupBy';
import { S3Client } from '@aws-sdk/client-s3';
export const handler = async (event: S3) => [groupBy(event), S3Client];
// @file script.ts
import AWS from 'aws-sdk';
console.log(AWS);`,
  );
});

suite('heavy-import and clients with all operations', () => {
  reports(
    'aggregated clients are reported, and parts of version 2 too',
    `
// template: handler
import { S3, type SQS } from '@aws-sdk/client-s3';
//       ^ S3 brings every operation
import { DynamoDBClient, GetItemCommand, S3ServiceException } from '@aws-sdk/client-dynamodb';
import SNS from 'aws-sdk/clients/sns';
//              ^ version 2
const s3 = new S3({});
const dynamo = new DynamoDBClient({});
export const handler = async () => [s3, dynamo, new GetItemCommand({}), SNS, S3ServiceException];`,
  );
});
