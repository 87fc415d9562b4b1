import { checkPhases } from './checkPhases.ts';

const check = (name: string, text: string) => test(name, () => checkPhases(text));

suite('shapes of handlers', () => {
  check(
    'export function',
    `
// template: handler
export async function handler(event, attempts = first()) {
//                                              ^ invoke
  return event;
//       ^ invoke
}
const first = () => 1;
//                  ^ invoke`,
  );

  check(
    'exports.handler',
    `
// @file index.js
const aws = require('@aws-sdk/client-s3');
//          ^ init
exports.handler = async function (event) {
  return event.Records;
//       ^ invoke
};`,
  );

  check(
    'module.exports of an object with shorthand, function and arrow',
    `
// @file index.js
// template: third
const first = async () => 1;
//                        ^ init
module.exports = {
  first,
  second: async function () { return 1; },
//                                   ^ init
  third: async () => helper(),
//                   ^ invoke
};
function helper() { return 1; }
//                         ^ invoke`,
  );

  check(
    'export list with another name',
    `
// template: handler
const main = async () => run();
//                       ^ invoke
const run = () => 1;
//                ^ invoke
export { main as handler };`,
  );

  check(
    'export default',
    `
// template: default
export default async event => event;
//                            ^ invoke`,
  );

  check(
    'a re-export of another file',
    `
// template: handler
export { run as handler } from './orders';
//^ init
// @file orders.ts
export const run = async () => 1;
//                             ^ invoke
export const other = async () => 1;
//                               ^ init`,
  );

  check(
    'a star export',
    `
// template: handler
export * from './orders/index.js';
// @file orders/index.ts
export async function handler() { return 1; }
//                                ^ invoke`,
  );

  check(
    'a method of an instance, bound',
    `
// template: handler
class Api {
  private client = connect();
  //               ^ init
  constructor(private readonly table: string) { this.check(); }
  //                                            ^ init
  async handler(event) { return this.load(event); }
  //                     ^ invoke
  load(event) { return this.table + event; }
  //            ^ invoke
  check() { return this.table; }
  //        ^ init
}
const connect = () => ({});
//                    ^ init
const api = new Api('orders');
export const handler = api.handler.bind(api);`,
  );

  check(
    'an arrow that calls the instance',
    `
// template: handler
import { Api } from './api';
const api = new Api();
export const handler = (event, context) => api.handle(event, context);
// @file api.ts
export class Api {
  handle = async (event, context) => this.route(event);
  //                                 ^ invoke
  private route(event) { return event; }
  //                     ^ invoke
}`,
  );

  check(
    'a nested path',
    `
// template: api.v1.handler
export const api = { v1: { handler: async () => 1, other: async () => 2 } };
//                                              ^ invoke
//                                                                    ^ init`,
  );

  check(
    'a wrapper of the workspace',
    `
// template: handler
import { withTiming } from './wrap';
export const handler = withTiming(async event => { return save(event); });
//                     ^ init
//                                                 ^ invoke
const save = event => event;
//                    ^ invoke
// @file wrap.ts
export const withTiming = fn => {
  const name = fn.name;
  //           ^ init
  return async (...args) => {
    const started = Date.now();
    //              ^ invoke
    return fn(...args);
  };
};`,
  );

  check(
    'a wrapper that awaits inside of another',
    `
// template: handler
const a = fn => async event => fn(event);
//                             ^ invoke
const b = fn => async event => { const r = await fn(event); return r; };
//                                         ^ invoke
async function run(event) { return event; }
//                          ^ invoke
export const handler = a(b(run));`,
  );

  check(
    'middy with middlewares',
    `
import middy from '@middy/core';
import jsonBodyParser from '@middy/http-json-body-parser';
import { authorize } from './authorize';
const base = async event => event.body;
//                          ^ invoke
const timing = () => {
  const label = 'timing';
  //            ^ init
  return { before: async request => { start(request); }, after: () => end() };
  //                                  ^ invoke
  //                                                                  ^ invoke
};
const start = request => request;
//                       ^ invoke
const end = () => 1;
//                ^ invoke
export const handler = middy(base).use(jsonBodyParser()).use(timing()).use(authorize({ role: 'admin' }));
//                     ^ init
// @file authorize.ts
export const authorize = options => {
  const check = request => request.event && options;
  //                       ^ invoke
  return { before: check, onError: request => { console.error(request); } };
  //                                            ^ invoke
};`,
  );

  check(
    "middy's handler method",
    `
import middy from '@middy/core';
export const handler = middy().use({ before: () => { check(); } }).handler(async event => { return event; });
//                                                   ^ invoke
//                                                                                          ^ invoke
const check = () => 1;
//                  ^ invoke`,
  );

  check(
    'streaming',
    `
export const handler = awslambda.streamifyResponse(async (event, stream) => {
  stream.end(event);
//^ invoke
});`,
  );

  check(
    'routes of Powertools, run by app.resolve',
    `
import { Router } from '@aws-lambda-powertools/event-handler/experimental-rest';
const app = new Router();
//          ^ init
app.get('/orders', async () => { return list(); });
//^ init
//                               ^ invoke
app.use(async (params, next) => { await next(); });
//                                ^ invoke
const list = () => [];
//                 ^ invoke
export const handler = async (event, context) => app.resolve(event, context);`,
  );

  check(
    'a class with route decorators',
    `
// template: handler
import { AppSyncGraphQLResolver } from '@aws-lambda-powertools/event-handler/appsync-graphql';
const app = new AppSyncGraphQLResolver();
class Lambda {
  @app.onQuery('getOrder')
  //   ^ init
  async getOrder({ id }) { return load(id); }
  //                       ^ invoke
  async handler(event, context) { return app.resolve(event, context); }
  //                              ^ invoke
}
const load = id => id;
//                 ^ invoke
const lambda = new Lambda();
export const handler = lambda.handler.bind(lambda);`,
  );

  check(
    'an Express application behind an adapter',
    `
import express from 'express';
import serverless from 'serverless-http';
import { router } from './routes';
const app = express();
app.use(express.json());
app.use('/orders', router);
app.get('/', (req, res) => { res.json({}); });
//                           ^ invoke
export const handler = serverless(app);
// @file routes.ts
import { Router } from 'express';
export const router = Router();
//                    ^ init
router.get('/:id', async (req, res) => { res.json(await load(req.params.id)); });
//                                       ^ invoke
const load = async id => id;
//                       ^ invoke`,
  );

  check(
    'a router by an object of functions',
    `
// template: handler
const create = event => event;
//                      ^ invoke
const routes = { 'POST /orders': create, 'GET /orders': event => event, 'DELETE /orders'(event) { return event; } };
//                                                               ^ invoke
//                                                                                                ^ invoke
export const handler = async event => routes[event.routeKey](event);`,
  );

  check(
    'a handler that awaits an application made once',
    `
// template: handler
import { createApp } from './app';
const ready = createApp();
export const handler = async event => {
  const app = await ready;
  return app.handle(event);
};
// @file app.ts
export async function createApp() {
  const config = await load();
  //             ^ init
  return { handle: async event => config + event };
  //                              ^ invoke
}
const load = async () => 1;
//                       ^ init`,
  );
});
