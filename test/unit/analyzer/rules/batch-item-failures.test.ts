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
