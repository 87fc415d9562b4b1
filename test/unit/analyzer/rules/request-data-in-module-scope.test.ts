import { requestDataInModuleScope } from '../../../../src/analyzer/rules/request-data-in-module-scope.ts';
import { check } from './check.ts';

const reports = (name: string, text: string) => test(name, () => check(requestDataInModuleScope, text));

suite('request-data-in-module-scope reports', () => {
  reports(
    'parts of the event, and the event as a whole',
    `
// template: handler
let user, body, last, page, header;
export const handler = async event => {
  user = event.requestContext.authorizer.claims.sub;
//^ user keeps data of this request
  body = JSON.parse(event.body ?? '{}');
//^ body keeps
  last = event;
//^ last keeps
  const { queryStringParameters } = event;
  page = queryStringParameters.page || 1;
//^ page keeps
  const headers = event.headers;
  if (headers) header = headers['x-id']!;
//             ^ header keeps
};`,
  );

  reports(
    'destructured parameters, records and the context',
    `
// template: handler
let id, record, context, request;
export const handler = async ({ detail }, ctx) => {
  id = detail.id;
//^ id keeps
  context = ctx;
//^ context keeps
  request = ctx.awsRequestId;
//^ request keeps
  for (const each of detail.Records) record = each.body;
//                                   ^ record keeps
};`,
  );

  reports(
    'what the first request sets for all',
    `
// template: handler
let tenant, user;
export const handler = async event => {
  tenant ??= event.tenant;
//^ tenant is set once per environment
  if (!user) user = event.user;
//           ^ user is set once
};`,
  );
});

suite('request-data-in-module-scope is silent about', () => {
  reports(
    'variables of the handler',
    `
// template: handler
export const handler = async event => {
  let user;
  user = event.user;
  return user;
};`,
  );

  reports(
    'what is the same for every invocation of an environment',
    `
// template: handler
let name, config, cold = true;
export const handler = async (event, context) => {
  name = context.functionName;
  config = await load(event.stage);
  const loaded = await load(event.stage);
  config = loaded;
  cold = false;
};
const load = async stage => stage;`,
  );

  reports(
    'other parameters, and code that only init runs',
    `
// template: handler
let options, settings;
const configure = event => { options = event.options; };
configure({});
export const handler = async () => apply({});
const apply = value => { settings = value.settings; };`,
  );
});

suite('request-data-in-module-scope and objects', () => {
  reports(
    'data in objects that outlive the invocation is reported',
    `
// template: handler
import { current } from './current';
const store = new Map();
let session;
export const handler = async (event, context) => {
  current.user = event.user;
//^ current.user keeps data of this request
  current.request.id = context.awsRequestId;
//^ current.request.id keeps data of this request
  store.set('tenant', event.tenant);
//^ store.tenant keeps data of this request
  Object.assign(current, event.body);
//^ current keeps data of this request
  Object.assign({}, current, event.body);
  globalThis.event = event;
//^ globalThis.event keeps data of this request
  session = { user: event.user, at: Date.now() };
//^ session keeps data of this request
  return session;
};
// @file current.ts
export const current = { user: undefined, request: {} };`,
  );

  reports(
    'what is made of the first request only is reported',
    `
// template: handler
let discount, client, settings;
export const handler = async (event, context) => {
  settings ??= { name: context.functionName };
  if (!client) client = connect(event.tenant);
  //           ^ client is set once per environment
  return quote(event);
};
const quote = event => {
  const order = JSON.parse(event.body);
  discount ??= order.customer.endsWith('@example.com') ? 0.2 : 0;
//^ discount is set once per environment
  return discount;
};
const connect = tenant => ({ tenant });`,
  );

  reports(
    'data in an instance that serves all invocations is reported',
    `
// template: handler
class Orders {
  async handle(event) {
    this.event = event;
//  ^ this.event keeps data of this request
    return this.event.id;
  }
}
const orders = new Orders();
export const handler = orders.handle.bind(orders);`,
  );

  reports(
    'data in objects of the invocation, in caches and in those of packages is not',
    `
// template: handler
import { Logger } from '@aws-lambda-powertools/logger';
const logger = new Logger();
const cache = new Map(), byId = {};
let last;
class Request { constructor(event) { this.event = event; } }
export const handler = async (event, context) => {
  const response = { user: undefined };
  response.user = event.user;
  logger.requestId = context.awsRequestId;
  cache.set(event.id, event.body);
  byId[event.id] = event.body;
  if (last?.id !== event.id) last = { id: event.id, items: [] };
  return [new Request(event), response, last];
};`,
  );
});

suite('request-data-in-module-scope and setters', () => {
  reports(
    'a function that is given the data is reported, one that is given something else is not',
    `
// template: handler
let user, name;
const setUser = value => {
  user = value;
//^ user keeps data of this request
};
const setName = value => { name = value; };
setName('orders');
export const handler = async event => {
  setUser(event.user);
  return [user, name];
};`,
  );
});
