import { checkPhases } from './checkPhases.ts';

const check = (name: string, text: string) => test(name, () => checkPhases(text));
suite('patterns of programs', () => {
  check(
    'exports by Object.assign',
    `
// @file index.js
// template: handler
const handler = async () => 1;
//                          ^ invoke
Object.assign(exports, { handler });`,
  );
  check(
    'exports as compilers write them',
    `
// @file index.js
// template: handler
Object.defineProperty(exports, '__esModule', { value: true });
const main_1 = require('./main');
Object.defineProperty(exports, 'handler', { enumerable: true, get: function () { return main_1.handler; } });
// @file main.js
exports.handler = void 0;
const handler = async () => 1;
//                          ^ invoke
exports.handler = handler;`,
  );
  check(
    'a promise that a class begins with',
    `
// template: handler
class Service {
  private ready = this.init();
  //              ^ init
  private async init() { return load(); }
  //                     ^ init
  async run(event) { await this.ready; return event; }
  //                 ^ invoke
}
const load = () => 1;
//                 ^ init
const service = new Service();
export const handler = async event => service.run(event);`,
  );
  check(
    'instances in a table',
    `
// template: handler
class A { run(event) { return event; } }
//                     ^ invoke
class B { run(event) { return event; } stop() { return 1; } }
//                     ^ invoke
//                                              ^ init
const all = { a: new A(), b: new B() };
export const handler = async event => all[event.kind].run(event);`,
  );
  check(
    'entries and values of a table',
    `
// template: handler
const routes = { a: event => one(event), b: event => two(event) };
//                           ^ invoke
const one = e => e;
//               ^ invoke
const two = e => e;
//               ^ invoke
export const handler = async event => {
  for (const [name, run] of Object.entries(routes)) run(event);
  Object.values(routes).forEach(run => run(event));
};`,
  );
  check(
    'optional calls',
    `
// template: handler
const hooks = { before: () => start(), after: undefined };
//                            ^ invoke
const start = () => 1;
//                  ^ invoke
export const handler = async event => { await hooks.before?.(); hooks?.after?.(); };`,
  );
  check(
    'comma and void',
    `
// template: handler
const a = () => 1, b = () => 2;
//              ^ init
//                           ^ invoke
const x = (0, a)();
export const handler = async () => { void (0, b)(); };`,
  );
  check(
    'a spread generator',
    `
// template: handler
function* gen() { yield make(); }
//                      ^ invoke
const make = () => 1;
//                 ^ invoke
export const handler = async () => [...gen()];`,
  );
  check(
    'an iterator of a class',
    `
// template: handler
class Pages { *[Symbol.iterator]() { yield load(); } }
//                                         ^ invoke
const load = () => 1;
//                 ^ invoke
export const handler = async () => { for (const page of new Pages()) console.log(page); };`,
  );
  check(
    'a resource that is disposed of',
    `
// template: handler
class Lease { [Symbol.dispose]() { release(); } }
//                                 ^ invoke
const release = () => 1;
//                    ^ invoke
export const handler = async () => { using lease = new Lease(); return 1; };`,
  );
  check(
    'a resource that is disposed of asynchronously',
    `
// template: handler
class Lease { async [Symbol.asyncDispose]() { release(); } }
//                                            ^ invoke
const release = () => 1;
//                    ^ invoke
export const handler = async () => { await using lease = new Lease(); return 1; };`,
  );
  check(
    'a setter',
    `
// template: handler
class Model { #x = 0; set value(x) { this.#x = clamp(x); } get value() { return this.#x; } }
//                                             ^ invoke
const clamp = x => x;
//                 ^ invoke
const model = new Model();
export const handler = async event => { model.value = event.x; };`,
  );
  check(
    'a tag',
    `
// template: handler
const log = (strings, ...values) => write(strings, values);
//                                  ^ invoke
const write = (a, b) => a;
//                      ^ invoke
export const handler = async event => log\`x \${event}\`;`,
  );
  check(
    'a helper that calls what it is given again',
    `
// template: handler
function retry(times, fn) { return fn().catch(() => retry(times - 1, fn)); }
//                                 ^ invoke
export const handler = async event => retry(3, () => save(event));
//                                                   ^ invoke
const save = async e => e;
//                      ^ invoke`,
  );
  check(
    'a helper that is used at init and in the handler',
    `
// template: handler
async function retry(fn) { return fn(); }
//                         ^ both
const config = await retry(() => load());
//                               ^ init
const load = () => 1;
//                 ^ init
export const handler = async event => retry(() => save(event));
//                                                ^ invoke
const save = e => e;
//                ^ invoke`,
  );
  check(
    'a middleware that is an instance',
    `
import middy from '@middy/core';
class Timer { constructor() { this.started = now(); } before = async () => { this.mark(); }; after = async () => { now(); }; mark() { return 1; } }
//                                           ^ init
//                                                                           ^ invoke
const now = () => Date.now();
//                ^ both
export const handler = middy(async () => 1).use(new Timer());`,
  );
  check(
    'a wrapper that returns a typed handler',
    `
import type { Handler } from 'aws-lambda';
const wrap = (fn) => (async (e, c) => fn(e, c)) satisfies Handler;
//                                    ^ invoke
export const handler = wrap(async () => { return 1; });
//                                        ^ invoke`,
  );
  check(
    'one of two modules',
    `
// @file index.js
// template: handler
const tools = process.env.X ? require('./a') : require('./b');
exports.handler = async () => tools.run();
// @file a.js
exports.run = () => 1;
//                  ^ invoke
// @file b.js
const table = 1;
//            ^ init
exports.run = () => 2;
//                  ^ invoke`,
  );
});
