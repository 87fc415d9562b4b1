import { checkPhases } from './checkPhases.ts';

const check = (name: string, text: string) => test(name, () => checkPhases(text));

suite('code that runs once inside of the handler', () => {
  check(
    'every way to test a variable',
    `
// template: handler
let a, b, c, d, e, f, g;
const make = () => ({});
//                 ^ lazy
export const handler = async () => {
  if (!a) { a = make(); }
  //        ^ lazy
  if (b === undefined) b = make();
  //                   ^ lazy
  if (null == c) c = make();
  //             ^ lazy
  if (typeof d === 'undefined') { d = make(); }
  //                              ^ lazy
  e ||= make();
  //    ^ lazy
  if (f) { use(f); } else { f = make(); }
  //       ^ invoke
  //                        ^ lazy
  return g ?? (g = make());
  //           ^ lazy
};
const use = x => x;
//               ^ invoke`,
  );

  check(
    'conditional expressions and conjunctions',
    `
// template: handler
let a, b, c;
export const handler = async event => {
  const x = a ? a : (a = make());
  //                 ^ lazy
  !b && (b = make());
  //    ^ lazy
  if (!c && event.wants) c = make();
  //                     ^ lazy
};
const make = () => ({});
//                 ^ lazy`,
  );

  check(
    'an early return',
    `
// template: handler
let connection;
async function connect() {
  if (connection) return connection;
  //              ^ invoke
  const url = await secret();
  //          ^ lazy
  connection = open(url);
  return connection;
}
const secret = async () => 'x';
//                         ^ lazy
const open = url => ({ url });
//                  ^ lazy
export const handler = async () => connect();`,
  );

  check(
    'a cached promise, forgotten when it fails',
    `
// template: handler
let settings;
function load() {
  settings ??= fetchSettings().catch(error => {
  //           ^ lazy
    settings = undefined;
    throw error;
  });
  return settings;
}
const fetchSettings = async () => ({});
//                                ^ lazy
export const handler = async () => load();`,
  );

  check(
    'a static instance and a private field',
    `
// template: handler
class Database {
  static instance;
  #pool;
  static get() {
    if (!Database.instance) Database.instance = new Database();
    //                      ^ lazy
    return Database.instance;
  }
  constructor() { open(); }
  //              ^ lazy
  pool() { return this.#pool ??= open(); }
  //                             ^ lazy
}
const open = () => ({});
//                 ^ lazy
export const handler = async () => Database.get().pool();`,
  );

  check(
    'a field of an object that is made at init',
    `
// template: handler
class Service {
  private client;
  run() { this.client ??= connect(); return this.client; }
  //                      ^ lazy
}
const service = new Service();
const connect = () => ({});
//                    ^ lazy
export const handler = async () => service.run();`,
  );

  check(
    'a field of an object that is made on every invocation keeps nothing',
    `
// template: handler
class Service {
  private client;
  run() { this.client ??= connect(); return this.client; }
  //                      ^ invoke
}
const connect = () => ({});
//                    ^ invoke
export const handler = async () => new Service().run();`,
  );

  check(
    'a closure that is made at init keeps, one that is made in the handler does not',
    `
// template: handler
const once = fn => {
  let done = false, value;
  return () => { if (!done) { done = true; value = fn(); } return value; };
  //                          ^ lazy
};
const client = once(() => connect());
//                        ^ lazy
const connect = () => ({});
//                    ^ lazy
const again = fn => { let value; return () => (value ??= fn()); };
//                                                       ^ invoke
export const handler = async () => {
  const local = again(() => reconnect());
  client(); local();
};
const reconnect = () => ({});
//                      ^ invoke`,
  );

  check(
    'functions that packages memoise',
    `
// template: handler
import { memoize, once } from 'lodash';
import pMemoize from 'p-memoize';
const a = once(() => { return connect(); });
//                     ^ lazy
const b = memoize(async () => { return connect(); });
//                              ^ lazy
const c = pMemoize(async () => connect());
//                             ^ lazy
const connect = () => ({});
//                    ^ lazy
export const handler = async () => { a(); await b(); await c(); };`,
  );

  check(
    'an entry of a map under a constant key, and under the key of the event',
    `
// template: handler
const cache = new Map();
export const handler = async event => {
  if (!cache.has('config')) cache.set('config', await load());
  //                        ^ lazy
  if (!cache.has(event.id)) cache.set(event.id, await fetchItem(event.id));
  //                        ^ invoke
};
const load = async () => ({});
//                       ^ lazy
const fetchItem = async id => id;
//                            ^ invoke`,
  );

  check(
    'a property of a kept object, and of globalThis',
    `
// template: handler
const state = { client: undefined };
export const handler = async () => {
  state.client ??= connect();
  //               ^ lazy
  globalThis.pool ??= connect();
  //                  ^ lazy
};
const connect = () => ({});
//                    ^ lazy`,
  );

  check(
    'a parameter that is tested is no kept variable',
    `
// template: handler
function withDefault(options) {
  if (!options) options = load();
  //                      ^ invoke
  return options;
}
const load = () => ({});
//                 ^ invoke
export const handler = async event => withDefault(event.options);`,
  );

  check(
    'a guard that sets something else guards nothing',
    `
// template: handler
let enabled = false, count = 0;
export const handler = async () => {
  if (!enabled) { count += 1; track(); }
  //                          ^ invoke
};
const track = () => 1;
//                  ^ invoke`,
  );

  check(
    'a variable that every invocation unsets keeps nothing',
    `
// template: handler
let user;
async function currentUser(event) {
  if (!user) user = await load(event);
  //         ^ invoke
  return user;
}
const load = async event => event;
//                          ^ invoke
export const handler = async event => {
  user = null;
  return currentUser(event);
};`,
  );

  check(
    'guarded code of init is init',
    `
// template: handler
let client;
const get = () => client ?? (client = connect());
//                           ^ init
const connect = () => ({});
//                    ^ init
get();
export const handler = async () => client;`,
  );
});
