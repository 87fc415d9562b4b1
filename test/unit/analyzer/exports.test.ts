import { checkPhases } from './checkPhases.ts';

const check = (name: string, text: string) => test(name, () => checkPhases(text));

suite('how a handler is exported', () => {
  check(
    'a function that is declared later',
    `
// @file index.js
// template: handler
exports.handler = handler;
async function handler() { return 1; }
//                         ^ invoke`,
  );

  check(
    'a default export under a name of its own',
    `
// template: handler
export { default as handler } from './main';
// @file main.ts
export default async function () { return 1; }
//                                 ^ invoke`,
  );

  check(
    'export = of CommonJS in TypeScript',
    `
// @file handler.cts
// template: handler
const handler = async () => 1;
//                          ^ invoke
export = { handler, other: () => 2 };
//                               ^ init`,
  );

  check(
    'a default export of an object',
    `
// template: handler
export default { async handler() { return 1; } };
//                                 ^ invoke`,
  );

  check(
    'a static method',
    `
// template: handler
class Api { static async handler(event) { return this.route(event); } static route(event) { return event; } }
//                                        ^ invoke
//                                                                                          ^ invoke
export const handler = Api.handler;`,
  );

  check(
    'destructured from what a function returns',
    `
// template: handler
export const { handler, other } = makeHandlers();
function makeHandlers() {
  const table = 'orders';
  //            ^ init
  return { handler: async () => table, other: async () => 2 };
  //                            ^ invoke
  //                                                      ^ init
}`,
  );

  check(
    'through a namespace import',
    `
// template: handler
import * as api from './api';
export const handler = api.main;
// @file api.ts
export const main = async () => 1;
//                              ^ invoke
export const other = async () => 1;
//                               ^ init`,
  );

  check(
    'one of several, as the environment says',
    `
// template: handler
const a = async () => 1;
//                    ^ invoke
const b = async () => 2;
//                    ^ invoke
export const handler = process.env.B ? b : a;`,
  );

  check(
    'a variable that is assigned later',
    `
// template: handler
export let handler;
handler = async () => 1;
//                    ^ invoke`,
  );

  check(
    'what a CommonJS module is set to',
    `
// @file index.js
// template: handler
const route = require('./route');
exports.handler = async event => route(event);
// @file route.js
module.exports = event => event;
//                        ^ invoke
module.exports.other = () => 1;
//                           ^ init`,
  );

  check(
    'an object with methods that use this',
    `
// template: handler
const api = {
  table: readTable(),
  //     ^ init
  async handler(event) { return this.load(event); },
  //                     ^ invoke
  load(event) { return [this.table, event]; },
  //            ^ invoke
};
function readTable() { return 1; }
//                     ^ init
export const handler = event => api.handler(event);`,
  );
});

suite('less usual programs', () => {
  check(
    'a function with a prototype',
    `
// @file index.js
// template: handler
function Api(table) { this.table = table; }
//                    ^ init
Api.prototype.load = function (event) { return event; };
//                                      ^ invoke
Api.prototype.other = function () { return 1; };
//                                  ^ init
const api = new Api('orders');
exports.handler = async event => api.load(event);`,
  );

  check(
    'a class that extends what is not analysed keeps its listeners',
    `
// template: handler
import { EventEmitter } from 'node:events';
class Bus extends EventEmitter { send(event) { this.emit('order', event); } }
//                                             ^ invoke
const bus = new Bus();
bus.on('order', event => { store(event); });
//                         ^ invoke
const store = event => event;
//                     ^ invoke
export const handler = async event => bus.send(event);`,
  );

  check(
    'a class that a function makes',
    `
// template: handler
const Timed = Base => class extends Base {
  started = now();
  //        ^ init
  run(event) { return super.run(event); }
  //           ^ invoke
};
class Plain { run(event) { return event; } }
//                         ^ invoke
const now = () => Date.now();
//                ^ init
class Service extends Timed(Plain) {}
const service = new Service();
export const handler = async event => service.run(event);`,
  );

  check(
    'functions composed by a package',
    `
// template: handler
import { pipe } from 'ramda';
import { promisify } from 'node:util';
const run = pipe(parse, event => event.id);
//                               ^ invoke
function parse(event) { return event; }
//                      ^ invoke
const read = promisify((path, callback) => { callback(null, path); });
//                                           ^ invoke
export const handler = async event => { await read('x'); return run(event); };`,
  );

  check(
    'a schema that transforms',
    `
// template: handler
import { z } from 'zod';
const order = z.object({ id: z.string().transform(id => id.trim()), at: z.date().default(() => new Date()) });
//                                                      ^ invoke
//                                                                                             ^ invoke
export const handler = async event => order.parse(event);`,
  );

  check(
    'a container that makes services',
    `
// template: handler
import 'reflect-metadata';
import { container, injectable } from 'tsyringe';
@injectable()
//^ init
class Store { private client = connect(); load(id) { return id; } }
//                             ^ init
//                                                   ^ invoke
@injectable()
class Orders { constructor(private store: Store) { this.check(); } get(id) { return this.store.load(id); } check() { return 1; } }
//                                                 ^ init
//                                                                           ^ invoke
//                                                                                                                   ^ init
const connect = () => ({});
//                    ^ init
const orders = container.resolve(Orders);
export const handler = async event => orders.get(event.id);`,
  );

  check(
    'controllers of a framework',
    `
// template: handler
import { Controller, Get } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import serverlessExpress from '@codegenie/serverless-express';
@Controller('orders')
class OrdersController {
  @Get(':id')
  //^ init
  get(id: string) { return load(id); }
  //                ^ invoke
  helper() { return 1; }
  //         ^ init
}
const load = id => id;
//                 ^ invoke
let server;
async function bootstrap() {
  const app = await NestFactory.create(OrdersController);
  //                ^ lazy
  await app.init();
  return serverlessExpress({ app: app.getHttpAdapter().getInstance() });
}
export const handler = async (event, context) => {
  server = server ?? (await bootstrap());
  //                        ^ lazy
  return server(event, context);
  //     ^ invoke
};`,
  );
});
