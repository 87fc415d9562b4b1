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
