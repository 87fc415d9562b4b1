import { mutableModuleState } from '../../../../src/analyzer/rules/mutable-module-state.ts';
import { check } from './check.ts';

const reports = (name: string, text: string) => test(name, () => check(mutableModuleState, text));

suite('mutable-module-state reports', () => {
  reports(
    'an array that the handler adds to, in whatever function',
    `
// template: handler
const results = [], errors: string[] = [];
export const handler = async event => {
  for (const record of event.Records) await work(record);
  return { results, errors };
};
const work = async record => {
    if (!record.body) errors.push('no body');
//                    ^^^^^^^^^^^^^^^^^^^^^^ errors grows with every invocation
    results.unshift(record.body);
//  ^ results grows
};`,
  );
});

suite('mutable-module-state is silent about', () => {
  reports(
    'arrays that are emptied, set anew or passed on',
    `
// template: handler
const emptied = [], shifted = [], passed = [];
export const exported = [];
let renewed = [];
export const handler = async event => {
  emptied.length = 0;
  renewed = [];
  for (const list of [emptied, shifted, passed, exported, renewed]) list.push(event);
  emptied.push(event);
  shifted.push(event);
  shifted.shift();
  passed.push(event);
  drain(passed);
  renewed.push(event);
  exported.push(event);
};
const drain = list => list.splice(0);`,
  );

  reports(
    'caches, which look before they add',
    `
// template: handler
const seen = [];
const templates = [];
export const handler = async event => {
  if (!seen.includes(event.type)) seen.push(event.type);
};
templates.push('one');`,
  );

  reports(
    'arrays of the invocation, and methods of other things',
    `
// template: handler
import { queue } from './queue';
const history = { push() {} };
export const handler = async event => {
  const list = [];
  list.push(event);
  history.push(event);
  queue.push(event);
};
// @file queue.ts
export const queue = [];`,
  );

  reports(
    'what runs once',
    `
// template: handler
const loaded = [];
let ready;
export const handler = async () => {
  if (!ready) { ready = true; loaded.push(1); }
  return loaded;
};`,
  );
});

suite('mutable-module-state and what goes on', () => {
  reports(
    'counters, sums and lists that go on are reported',
    `
// template: handler
let count = 0, total = 0, list = [];
const totals = {}, state = { orders: 0 }, visitors = new Map();
export const handler = async event => {
  count++;
//^ count goes on from what earlier invocations
  total += event.amount;
//^ total goes on
  list = [...list, event.id];
//^ list goes on
  totals[event.sku] = (totals[event.sku] ?? 0) + 1;
//^ totals goes on
  state.orders = state.orders + 1;
//^ state goes on
  visitors.set(event.page, (visitors.get(event.page) ?? 0) + 1);
//^ visitors goes on
  return { count, total, list, totals, state, visitors: visitors.size };
};`,
  );

  reports(
    'a count of invocations that is part of the result is reported',
    `
// template: handler
let invocations = 0;
export const handler = async event => {
  invocations++;
//^ invocations goes on
  return { invocations };
};`,
  );

  reports(
    'static properties of classes that go on are reported',
    `
// template: handler
class Orders { static total = 0; static names = {}; id = 0; }
export const handler = async event => {
  Orders.total += event.amount;
//^ Orders goes on
  const order = new Orders();
  order.id++;
  return [order, Orders.names];
};`,
  );

  reports(
    'caches, what begins anew, what goes round and what is about the environment are not',
    `
// template: handler
let sum = 0, next = 0, coldStarts = 0, client = null, text = '';
const cache = new Map(), known = {};
export const handler = async event => {
  sum = 0;
  for (const { amount } of event.items) sum += amount;
  next = (next + 1) % 3;
  coldStarts += 1;
  console.log(coldStarts);
  client = client ?? {};
  text = event.items.map(({ id }) => id).join();
  cache.set(event.id, event.items);
  known[event.id] = event.items;
  let count = 0;
  count++;
  const total = {};
  total.items = (total.items ?? 0) + count;
  return [sum, next, client, text, total];
};`,
  );

  reports(
    'a name that a function has for itself is not',
    `
// template: handler
let total = 1;
const sumOf = items => {
  let total = 0;
  for (const { amount } of items) total += amount;
  return total;
};
export const handler = async event => sumOf(event.items) + total;`,
  );
});
