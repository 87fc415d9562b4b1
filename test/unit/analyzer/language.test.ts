import { checkPhases } from './checkPhases.ts';

const check = (name: string, text: string) => test(name, () => checkPhases(text));

suite('the language', () => {
  check(
    'static parts of a class run with it, instance fields with new',
    `
// template: handler
class Cache {
  static shared = make('static');
  //              ^ init
  static { make('block'); }
  //       ^ init
  entries = make('entries');
  //        ^ invoke
  get size() { return make('size'); }
  //           ^ invoke
  [make('name')]() {}
  //^ init
}
const make = text => text;
//                   ^ both
export const handler = () => new Cache().size;`,
  );

  check(
    'decorators run with the class',
    `
// template: handler
function logged(label) {
  const prefix = label + ': ';
  //             ^ init
  return (target, key, descriptor) => {
    const original = descriptor.value;
    //               ^ init
    descriptor.value = function (...args) { return original.apply(this, args); };
    //                                             ^ invoke
  };
}
class Api {
  @logged('handler')
  //^ init
  async handler(event) { return event; }
  //                            ^ invoke
}
const api = new Api();
export const handler = api.handler.bind(api);`,
  );

  check(
    'default parameters run with the call',
    `
// template: handler
const now = () => Date.now();
//                ^ both
function stamp(at = now()) { return at; }
//                  ^ both
const started = stamp();
export const handler = async (event, at = stamp()) => at;`,
  );

  check(
    'functions that are called at once',
    `
// template: handler
const config = (() => { return load(); })();
//                      ^ init
const client = await (async () => load())();
//                                ^ init
const load = () => ({});
//                 ^ both
export const handler = async () => {
  const value = (() => { return load(); })();
  //                     ^ invoke
};`,
  );

  check(
    'top-level await and dynamic import',
    `
// template: handler
const { Client } = await import('./client.mjs');
//                 ^ init
export const handler = () => new Client();
// @file client.mts
export class Client { constructor() { this.open(); } open() { } }
//                                    ^ invoke`,
  );

  check(
    'a closure that is made at init and called later',
    `
// template: handler
function makeCounter() {
  let count = start();
  //          ^ init
  return () => { count += 1; return count; };
  //             ^ invoke
}
const start = () => 0;
//                  ^ init
const next = makeCounter();
export const handler = async () => next();`,
  );

  check(
    'then, catch, finally and a promise executor',
    `
// template: handler
const ready = load().then(value => { return value + 1; });
//                                   ^ init
const load = () => new Promise(resolve => { resolve(1); });
//                                          ^ both
export const handler = async () => load().then(value => value).catch(error => { throw error; });
//                                                      ^ invoke
//                                                                              ^ invoke`,
  );

  check(
    'a listener that is added at init is not code of every invocation',
    `
// template: handler
import { emitter } from 'somewhere';
process.on('SIGTERM', () => { stop(); });
//                            ^ init
const stop = () => 1;
//                 ^ init
export const handler = async event => {
  event.stream.on('data', chunk => { keep(chunk); });
  //                                 ^ invoke
};
const keep = chunk => chunk;
//                    ^ invoke`,
  );

  check(
    'getters of objects and classes',
    `
// template: handler
const settings = { get table() { return read('TABLE'); }, get region() { return read('REGION'); } };
//                               ^ invoke
//                                                                              ^ init
const read = name => process.env[name];
//                   ^ both
const region = settings.region;
export const handler = async () => settings.table;`,
  );

  check(
    'generators',
    `
// template: handler
function* pages(items) { yield* split(items); }
//                       ^ invoke
async function* records(event) { for (const page of pages(event.Records)) yield page; }
//                                                  ^ invoke
function split(items) { return [items]; }
//                      ^ invoke
export const handler = async event => { for await (const record of records(event)) console.log(record); };`,
  );

  check(
    'imports with side effects, and what they import',
    `
// template: handler
import './setup';
export const handler = async () => 1;
// @file setup.ts
import { install } from './install';
install();
// ^ init
// @file install.ts
export function install() { globalThis.ready = true; }
//                          ^ init
export function remove() { return 1; }
//                         ^ init`,
  );

  check(
    'enums, namespaces and JSON',
    `
// template: handler
import names from './names.json';
enum Kind { A = compute(), B = 2 }
//              ^ init
namespace Tools { export const x = compute(); export function run() { return compute(); } }
//                                 ^ init
//                                                                           ^ invoke
function compute() { return names.length; }
//                          ^ both
export const handler = async () => Tools.run();`,
  );

  check(
    'inheritance: a template method of the base class',
    `
// template: handler
abstract class Base {
  constructor() { this.init(); }
  //              ^ init
  handler = async event => this.process(event);
  //                       ^ invoke
  init() { }
  abstract process(event);
}
class Orders extends Base {
  private client = open();
  //               ^ init
  async process(event) { return super.toString() + this.detail(event); }
  //                     ^ invoke
  detail(event) { return event; }
  //              ^ invoke
}
const open = () => ({});
//                 ^ init
const { handler } = new Orders();
export { handler };`,
  );

  check(
    'an injected service, by what is passed and by its type',
    `
// template: handler
import { Orders, Store } from './orders';
const orders = new Orders(new Store());
export const handler = async event => orders.place(event);
// @file orders.ts
export interface Saving { save(item): void }
export class Store implements Saving {
  save(item) { write(item); }
  //           ^ invoke
  load(id) { return id; }
  //         ^ init
}
function write(item) { return item; }
//                     ^ invoke
export class Orders {
  constructor(private readonly store: Saving) {}
  place(event) { this.store.save(event); }
  //             ^ invoke
}`,
  );

  check(
    'an event emitter of the workspace',
    `
// template: handler
class Bus {
  private listeners = [];
  on(listener) { this.listeners.push(listener); }
  emit(event) { for (const listener of this.listeners) listener(event); }
}
const bus = new Bus();
bus.on(event => { audit(event); });
//                ^ invoke
const audit = event => event;
//                     ^ invoke
export const handler = async event => bus.emit(event);`,
  );

  check(
    'functions in a Map',
    `
// template: handler
const routes = new Map([['create', event => { return create(event); }]]);
//                                            ^ invoke
routes.set('delete', event => { return event; });
//                              ^ invoke
const create = event => event;
//                      ^ invoke
export const handler = async event => routes.get(event.kind)(event);`,
  );

  check(
    'functions in an array',
    `
// template: handler
const steps = [event => event.a, parse];
//                      ^ invoke
function parse(event) { return event; }
//                      ^ invoke
export const handler = async event => steps.reduce((value, step) => step(value), event);`,
  );

  check(
    'tagged templates and JSX',
    `
// @file handler.tsx
// template: handler
const Page = ({ title }) => <h1>{format(title)}</h1>;
//                               ^ invoke
const format = text => text;
//                     ^ invoke
const sql = (parts, ...values) => parts.join('?');
//                                ^ invoke
export const handler = async event => render(<Page title={sql\`select \${event.id}\`} />);
const render = element => element;
//                        ^ invoke`,
  );

  check(
    'a module that is required in the handler',
    `
// @file index.js
// template: handler
exports.handler = async () => {
  const { render } = require('./render');
  return render();
};
// @file render.js
const template = compile();
//               ^ lazy
function compile() { return ''; }
//                   ^ lazy
exports.render = () => template;
//                     ^ invoke`,
  );

  check(
    'cyclic imports',
    `
// template: handler
import { b } from './b';
export const a = () => 1;
//                     ^ invoke
export const handler = async () => b();
// @file b.ts
import { a } from './handler';
export const b = () => a();
//                     ^ invoke`,
  );

  check(
    'switch, try, loops and labels',
    `
// template: handler
export const handler = async event => {
  outer: for (const record of event.Records) {
    try { switch (record.kind) { case 'a': await one(record); break outer; default: continue; } }
    //                                     ^ invoke
    catch (error) { report(error); } finally { done(); }
    //              ^ invoke
  }
};
const one = x => x;
//               ^ invoke
const report = x => x;
//                  ^ invoke
const done = () => 1;
//                 ^ invoke`,
  );
});
