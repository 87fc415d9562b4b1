import { timerPerInvocation } from '../../../../src/analyzer/rules/timer-per-invocation.ts';
import { check } from './check.ts';

const reports = (name: string, text: string) => test(name, () => check(timerPerInvocation, text));

suite('timer-per-invocation reports', () => {
  reports(
    'intervals and listeners of the process',
    `
// template: handler
export const handler = async event => {
  const timer = setInterval(() => console.log(event), 1000);
  //            ^^^^^^^^^^^ One more interval
    process.on('SIGTERM', () => {});
//  ^ One more listener
};`,
  );

  reports(
    'an interval of init',
    `
// template: handler
let now = 0;
  setInterval(() => { now += 1; }, 1000);
//^ stands still
export const handler = async () => now;`,
  );
});

suite('timer-per-invocation is silent about', () => {
  reports(
    'intervals that are cleared, or that someone else may clear',
    `
// template: handler
import { every } from './every';
export const handler = async event => {
  const timer = every(1000);
};
// @file every.ts
const start = ms => setInterval(() => {}, ms);
export const every = ms => start(ms);
// @file other.ts
export const handler = async (event, context) => {
  const timer = setInterval(() => {}, 10);
  event.Records.length;
  clearInterval(timer);
};`,
  );

  reports(
    'listeners of init, single ones, and listeners that are removed',
    `
// template: handler
process.on('SIGTERM', () => {});
export const handler = async event => {
  process.once('SIGTERM', () => {});
  event.socket.on('data', () => {});
};`,
  );

  reports(
    'functions of the same name',
    `
// template: handler
import { setInterval } from './clock';
export const handler = async event => { setInterval(() => {}, 1000); };
// @file clock.ts
export const setInterval = (run, ms) => run(ms);`,
  );
});
