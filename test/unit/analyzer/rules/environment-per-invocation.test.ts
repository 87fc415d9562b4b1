import { environmentPerInvocation } from '../../../../src/analyzer/rules/environment-per-invocation.ts';
import { check } from './check.ts';

const reports = (name: string, text: string) => test(name, () => check(environmentPerInvocation, text));

suite('environment-per-invocation reports', () => {
  reports(
    'each variable once, wherever it is read on every invocation',
    `
// template: handler
import { tableOf } from './tables';
export const handler = async event => {
  const { BUCKET, PREFIX: prefix } = process.env;
  //                                 ^ BUCKET, PREFIX is read on every invocation
  const stage = process.env['STAGE'] ?? 'dev';
  //            ^ STAGE is read on every invocation
  return [BUCKET, prefix, stage, process.env.STAGE, tableOf(event.kind)];
};
// @file tables.ts
export const tableOf = kind => \`\${process.env.TABLE}-\${kind}\`;
//                                ^ TABLE is read on every invocation`,
  );
});

suite('environment-per-invocation is silent about', () => {
  reports(
    'what is read once, what is set, and what may be another one each time',
    `
// template: handler
const table = process.env.TABLE;
let client;
const settings = () => ({ url: process.env.URL });
const first = settings();
process.env.REGION = 'x';
export const handler = async event => {
  client ??= { table: process.env.LAZY };
  process.env.COUNT = '1';
  const env = { env: { A: 1 } };
  return [
    process.env._X_AMZN_TRACE_ID, process.env.NODE_ENV, process.env[event.name], process.env.COUNT,
    process.env.REGION, env.env.A, table, first, settings(), Object.keys(process.env),
  ];
};`,
  );
});
