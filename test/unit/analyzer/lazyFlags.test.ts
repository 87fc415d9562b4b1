import { checkPhases } from './checkPhases.ts';

const check = (name: string, text: string) => test(name, () => checkPhases(text));

suite('more code that runs once', () => {
  check(
    'a flag that is unset by the code it lets in',
    `
// template: handler
let isCold = true;
let wasCold = true;
export const handler = async event => {
  if (isCold) {
    isCold = false;
    warmUp();
    //^ lazy
  }
  if (wasCold) report();
  //           ^ invoke
  wasCold = false;
};
const warmUp = () => 1;
//                   ^ lazy
const report = () => 1;
//                   ^ invoke`,
  );

  check(
    'a flag that is set again',
    `
// template: handler
let isDirty = true;
export const handler = async event => {
  if (isDirty) { isDirty = false; reload(); }
  //                              ^ invoke
  if (event.changed) isDirty = true;
};
const reload = () => 1;
//                   ^ invoke`,
  );

  check(
    'a property of what is kept tells whether it can be used',
    `
// template: handler
let connection;
export const handler = async event => {
  if (!connection?.isOpen) connection = await open();
  //                                    ^ lazy
};
const open = async () => ({ isOpen: true });
//                       ^ lazy`,
  );

  check(
    'a closure of a function that is called at once',
    `
// template: handler
const database = (function () {
  let connection;
  return { get() { return connection || (connection = connect()); } };
  //               ^ invoke
  //                                     ^ lazy
})();
const connect = () => ({});
//                    ^ lazy
export const handler = async () => database.get();`,
  );

  check(
    'an object of another file',
    `
// template: handler
import { state } from './state';
export const handler = async () => {
  if (!state.client) state.client = connect();
  //                 ^ lazy
};
const connect = () => ({});
//                    ^ lazy
// @file state.ts
export const state = { client: undefined };`,
  );

  check(
    'a static promise of a class',
    `
// template: handler
class Db {
  static #ready;
  static get() { return (this.#ready ??= this.open()); }
  //                                     ^ lazy
  static async open() { return {}; }
  //                    ^ lazy
}
export const handler = async () => Db.get();`,
  );

  check(
    'a function that the guarded code calls sets the variable',
    `
// template: handler
let pool, other;
const connect = async () => { pool = await open('pool'); };
//                                         ^ lazy
const open = async name => name;
//                         ^ both
export const handler = async () => {
  if (!pool) await connect();
  //               ^ lazy
  if (!other) await open('nothing');
  //                ^ invoke
};
open('warm up');`,
  );

  check(
    'a function that something else calls sets the variable',
    `
// template: handler
let user;
const remember = async event => { user = event.user; };
//                                ^ invoke
const greet = () => 1;
//                  ^ invoke
export const handler = async event => {
  if (!user) greet();
  //         ^ invoke
  await remember(event);
};`,
  );
});
