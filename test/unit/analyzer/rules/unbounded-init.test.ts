import { unboundedInit } from '../../../../src/analyzer/rules/unbounded-init.ts';
import { check } from './check.ts';

const reports = (name: string, text: string) => test(name, () => check(unboundedInit, text));

suite('unbounded-init reports', () => {
  reports(
    'requests that nothing ends, also in functions that init calls',
    `
// template: handler
import axios from 'axios';
const keys = await (await fetch('https://example.com/keys')).json();
//                        ^ nothing ends this request
const load = async () => axios.get('https://example.com/features');
//                       ^ Pass timeout: ...
const features = await load();
export const handler = async event => [keys, features, event];`,
  );

  reports(
    'waiting until something is ready, and long pauses',
    `
// template: handler
const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
const isReady = async () => true;
while (true) {
  if (await isReady()) break;
  //  ^ this waits until something else is ready
  await sleep(500);
}
await new Promise(resolve => setTimeout(resolve, 15_000));
//                           ^ this waits for 15 of them
export const handler = async event => event;`,
  );

  reports(
    'what only an invocation has',
    `
// template: handler
let request;
const user = request?.user;
//           ^ request is set by an invocation
const trace = process.env._X_AMZN_TRACE_ID;
//            ^ at init there is none
export const handler = async event => {
  request = event;
  return [user, trace, request.id];
};`,
  );
});

suite('unbounded-init is silent about', () => {
  reports(
    'requests with a limit, of the SDK, and those that nobody waits for at init',
    `
// template: handler
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
const ssm = new SSMClient({});
const parameter = await ssm.send(new GetParameterCommand({ Name: 'a' }));
const keys = await fetch('https://example.com/keys', { signal: AbortSignal.timeout(3000) });
const warm = fetch('https://example.com/warm').catch(() => {});
export const handler = async event => [parameter, keys, warm, await fetch('https://example.com/' + event.id)];`,
  );

  reports(
    'loops that end, variables that init sets, and reads within functions',
    `
// template: handler
const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
let token, seen, later, attempts = 0;
do { token = await sleep(10); } while (token && attempts++ < 5);
seen = 1;
const first = seen;
const use = () => later;
export { later };
export const handler = async event => {
  seen = event;
  later = event;
  await new Promise(resolve => setTimeout(resolve, 20_000));
  return [first, use(), token];
};`,
  );
});
