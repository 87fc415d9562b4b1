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
