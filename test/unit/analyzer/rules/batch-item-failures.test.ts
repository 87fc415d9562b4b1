import { batchItemFailures } from '../../../../src/analyzer/rules/batch-item-failures.ts';
import { check } from './check.ts';

const reports = (name: string, text: string) => test(name, () => check(batchItemFailures, text));

suite('batch-item-failures reports', () => {
  reports(
    'failures under another name, however they are collected',
    `
// template: handler
export const handler = async event => {
  const batchItemFailures = [];
  for (const record of event.Records) batchItemFailures.push({ id: record.messageId });
  //                                                         ^^^^^^^^^^^^^^^^^^^^^^^^ without itemIdentifier
  if (event.all) return { batchItemFailures: event.Records.map(record => ({ messageId: record.messageId })) };
  //                                                                      ^ without itemIdentifier
  if (event.one) return { batchItemFailures: [{ itemId: 'a' }] };
  //                                          ^ without itemIdentifier
  return { batchItemFailures };
};`,
  );

  reports(
    'identifiers that name something else',
    `
// template: handler
export const handler = async event => {
  const failed = [];
  event.Records.forEach(record => {
    failed.push({ itemIdentifier: record.receiptHandle });
    //                            ^ receiptHandle names no item
  });
  if (event.stream) return { batchItemFailures: [{ itemIdentifier: event.Records[0].eventID }] };
  //                                                               ^ eventID names no item
  return { batchItemFailures: failed };
};`,
  );
});

suite('batch-item-failures is silent about', () => {
  reports(
    'identifiers of messages and of records, and what may be one',
    `
// template: handler
export const handler = async event => {
  const failed = [], other = [];
  other.push({ id: 1 });
  for (const record of event.Records) {
    failed.push({ itemIdentifier: record.messageId });
    failed.push({ itemIdentifier: record.kinesis.sequenceNumber });
    failed.push({ ...record.failure });
    failed.push(record.failure);
  }
  if (event.none) return { batchItemFailures: [] };
  if (event.some) return { batchItemFailures: event.failures };
  return { batchItemFailures: failed };
};`,
  );

  reports(
    'lists of other names, and code that nothing reaches',
    `
// template: handler
export const handler = async event => ({ failures: [{ id: event.id }] });
export const unused = () => ({ batchItemFailures: [{ id: 1 }] });`,
  );
});

suite('batch-item-failures and the mapping', () => {
  const template = (types: string) => `
# @file template.yaml
Transform: AWS::Serverless-2016-10-31
Resources:
  Jobs: { Type: AWS::SQS::Queue, Properties: { QueueName: jobs } }
  Work:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: .
      Handler: index.handler
      Runtime: nodejs24.x
      Events: { Q: { Type: SQS, Properties: { Queue: !GetAtt Jobs.Arn, FunctionResponseTypes: [${types}] } } }
// @file index.ts
`;
  const reported = template('ReportBatchItemFailures');
  const silent = template('');

  reports(
    'a handler that names no failures to one that reports them',
    `${reported}import { work } from './work';
export const handler = async event => {
  //         ^ jobs reports item failures
  for (const record of event.Records) await work(record);
  return work(event);
};
// @file work.ts
export const work = async record => record.body;`,
  );

  reports(
    'one whose list is always empty',
    `${reported}export async function handler(event) {
  //                  ^ jobs reports item failures
  await Promise.all(event.Records.map(record => fetch(record.body)));
  return { batchItemFailures: [] };
}`,
  );

  reports(
    'failures that the mapping does not take',
    `${silent}export const handler = async event => {
  const failures = [];
  if (event.Records.length === 0) return { batchItemFailures: [] };
  for (const { messageId } of event.Records) failures.push({ itemIdentifier: messageId });
  return { batchItemFailures: failures };
  //       ^ jobs does not report item failures
};`,
  );

  reports(
    "Powertools' as well",
    `${silent}import { BatchProcessor, processPartialResponse } from '@aws-lambda-powertools/batch';
const processor = new BatchProcessor();
export const handler = async (event, context) => processPartialResponse(event, async () => {}, processor, { context });
//                                               ^ jobs does not report item failures`,
  );

  reports(
    'silence where both agree, where a package answers, and where failures come from elsewhere',
    `${reported}import { failuresOf } from './failures';
import { run } from 'some-batch-package';
export const handler = async event => {
  if (event.other) return run(event);
  return failuresOf(event);
};
// @file failures.ts
export const failuresOf = event => ({ batchItemFailures: event.Records.map(r => ({ itemIdentifier: r.messageId })) });`,
  );

  reports(
    'silence where neither speaks of failures',
    `${silent}export const handler = async event => {
  for (const record of event.Records) await fetch(record.body);
};`,
  );

  reports(
    'what throws past the failures',
    `
// template: handler
export const handler = async event => {
  const batchItemFailures = [];
  for (const record of event.Records) {
    const body = JSON.parse(record.body);
    //           ^ gets past the item failures
    try {
      console.log(JSON.parse(record.body), body);
    } catch {
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  try {
    for (const record of event.Records) JSON.parse(record.body);
  } catch {
    return { batchItemFailures: event.Records.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  }
  for (const name of event.names) JSON.parse(name);
  return { batchItemFailures };
};
export const other = async event => {
  for (const record of event.Records) JSON.parse(record.body);
};`,
  );
});
