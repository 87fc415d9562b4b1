import { checkPhases } from './checkPhases.ts';

const check = (name: string, text: string) => test(name, () => checkPhases(text));

suite('phases of one file', () => {
  check(
    'module code runs once, the body of the handler every time',
    `
import { S3Client } from '@aws-sdk/client-s3';
const s3 = new S3Client({});
//         ^ init
export const handler = async (event) => {
  const body = event.Records;
  //           ^ invoke
  return s3.send(body);
};
const after = 1;
//            ^ init`,
  );

  check(
    'a function takes the phase of its callers',
    `
// template: handler
const table = readTable();
function readTable() { return process.env.TABLE; }
//                     ^ init
function respond(body: unknown) { return { statusCode: 200, body }; }
//                                ^ invoke
function trim(text: string) { return text.trim(); }
//                            ^ both
const title = trim(' x ');
export function handler() { return respond(trim(table)); }
//                          ^ invoke`,
  );

  check(
    'callbacks run where the call that takes them runs',
    `
// template: handler
const names = ['a'].map(name => name.trim());
//                              ^ init
export const handler = async event => {
  await Promise.all(event.Records.map(async record => save(record)));
  //                                                  ^ invoke
  setTimeout(() => console.log('late'), 1);
  //               ^ invoke
};
const save = async record => record;
//                           ^ invoke`,
  );

  check(
    'what is guarded by a module variable runs once',
    `
// template: handler
let client, pool, ready = false, cached;
function getClient() {
  if (!client) client = connect('client');
  //                    ^ lazy
  return client;
}
async function start() {
  if (ready) return;
  await connect('start');
  //    ^ lazy
  ready = true;
}
const connect = async name => name;
//                            ^ lazy
export const handler = async () => {
  pool ??= connect('pool');
  //       ^ lazy
  cached = cached ?? connect('cached');
  //                 ^ lazy
  await start();
  return getClient();
  //     ^ invoke
};`,
  );

  check(
    'a variable of the invocation keeps nothing',
    `
// template: handler
let token;
export const handler = async event => {
  let client;
  if (!client) client = connect();
  //                    ^ invoke
  token = undefined;
  token ??= connect();
  //        ^ invoke
};
const connect = () => ({});
//                    ^ invoke`,
  );

  check(
    'a guard that the event can open again does not make code lazy',
    `
// template: handler
let config, secret, fetchedAt = 0;
export const handler = async event => {
  if (!config || event.refresh) config = load();
  //                                     ^ invoke
  if (!secret || Date.now() - fetchedAt > 60_000) secret = load();
  //                                                       ^ lazy
};
const load = () => ({});
//                 ^ invoke`,
  );
});

suite('phases across files', () => {
  check(
    'an imported module runs with init, its functions when they are called',
    `
import { save } from './store';
export const handler: import('aws-lambda').Handler = async event => save(event);
//                                                                  ^ invoke
// @file store.ts
const table = process.env.TABLE;
//            ^ init
let pool;
export function save(item) { return getPool().query(item, table); }
//                           ^ invoke
function getPool() { return pool ??= createPool(); }
//                                   ^ lazy
function createPool() { return {}; }
//                      ^ lazy
// @file other.ts
export const alone = () => 1;
//           ^ none`,
  );

  check(
    'a module that the handler imports when it needs it is loaded once',
    `
// template: handler
export const handler = async () => {
  const { render } = await import('./render.js');
  return render();
};
// @file render.ts
const template = compile();
//               ^ lazy
function compile() { return ''; }
//                   ^ lazy
export function render() { return template; }
//                         ^ invoke`,
  );

  check(
    'a type is no reason to load a module',
    `
// template: handler
import { Item } from './types';
export const handler = async (item: Item) => item;
// @file types.ts
export interface Item { id: string }
//               ^ none`,
  );
});
