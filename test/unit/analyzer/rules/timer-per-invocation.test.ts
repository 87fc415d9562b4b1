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

suite('timer-per-invocation, single timers and emitters', () => {
  reports(
    'work that is put off, and listeners of what outlives the invocation, are reported',
    `
// template: handler
import { EventEmitter } from 'node:events';
import { bus } from './bus';
const own = new EventEmitter();
export const timer = setTimeout(() => console.log('due'), 60_000);
//                   ^ stands still then
export const handler = async event => {
  setTimeout(() => console.log(event.id), 100);
//^ Nothing waits for this timer
  own.on('order', order => console.log(event.id, order));
//^ One more listener of own
  bus.addListener('order', order => console.log(event.id, order));
//^ One more listener of bus
};
// @file bus.ts
import { EventEmitter } from 'node:events';
export const bus = new EventEmitter();`,
  );

  reports(
    'pauses, limits, listeners of what the invocation makes, and those of init are not',
    `
// template: handler
import { EventEmitter, once } from 'node:events';
const own = new EventEmitter();
own.on('order', order => console.log(order));
export const handler = async event => {
  await new Promise(resolve => setTimeout(resolve, 100));
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 1000);
  const mine = new EventEmitter();
  mine.on('order', order => console.log(event.id, order));
  own.once('order', order => console.log(event.id, order));
  return controller;
};`,
  );

  reports(
    'a handler with a callback waits for its timers',
    `
// template: handler
export const handler = (event, context, callback) => {
  setTimeout(() => callback(null, event.id), 100);
};`,
  );
});
