import { checkPhases } from './checkPhases.ts';

const check = (name: string, text: string) => test(name, () => checkPhases(text));

suite('modules that imports name', () => {
  for (const [specifier, file] of [
    ['./lib/store', 'lib/store.ts'],
    ['./lib/store.js', 'lib/store.ts'],
    ['./lib/store.js', 'lib/store.tsx'],
    ['./lib/store.mjs', 'lib/store.mts'],
    ['./lib/store.cjs', 'lib/store.cts'],
    ['./lib/store.ts', 'lib/store.ts'],
    ['./lib/store', 'lib/store/index.ts'],
    ['./lib/store/', 'lib/store/index.js'],
    ['./lib/data.model', 'lib/data.model.ts'],
  ] as const) {
    check(
      `${specifier} is ${file}`,
      `
// template: handler
import { save } from '${specifier}';
export const handler = async () => save();
// @file ${file}
export function save() { return 1; }
//                       ^ invoke`,
    );
  }

  check(
    'paths of a tsconfig.json, extended and with comments',
    `
// template: handler
import { save } from '@lib/store';
import { log } from '~/log';
import { only } from 'only';
export const handler = async () => { save(); log(); only(); };
// @file src/lib/store.ts
export function save() { return 1; }
//                       ^ invoke
// @file src/log.ts
export function log() { return 1; }
//                      ^ invoke
// @file src/exactly.ts
export function only() { return 1; }
//                       ^ invoke
// @file tsconfig.json
{ "extends": "./tsconfig.base", "compilerOptions": { "strict": true, }, }
// @file tsconfig.base.json
{ "compilerOptions": { "baseUrl": "src", "paths": { "@lib/*": ["lib/*"], "~/*": ["./*"], "only": ["exactly"] } } }`,
  );

  check(
    'baseUrl without paths',
    `
// template: handler
import { save } from 'lib/store';
export const handler = async () => save();
// @file lib/store.ts
export function save() { return 1; }
//                       ^ invoke
// @file tsconfig.json
{ "compilerOptions": { "baseUrl": "." } }`,
  );

  check(
    'the imports of package.json',
    `
// template: handler
import { save } from '#store';
import { log } from '#lib/log.js';
export const handler = async () => { save(); log(); };
// @file src/store.ts
export function save() { return 1; }
//                       ^ invoke
// @file src/lib/log.ts
export function log() { return 1; }
//                      ^ invoke
// @file package.json
{ "imports": { "#store": { "types": "./dist/store.d.ts", "default": "./dist/store.js" }, "#lib/*": "./src/lib/*" } }`,
  );

  check(
    'a package of the same workspace',
    `
// template: handler
// @link node_modules/@shop/store -> packages/store
// @link node_modules/lodash -> node_modules/lodash
import { save } from '@shop/store';
import { log } from '@shop/store/log';
import { chunk } from 'lodash';
export const handler = async () => { save(); log(); chunk(); };
// @file packages/store/package.json
{ "name": "@shop/store", "exports": { ".": "./dist/index.js", "./*": "./src/*.ts" } }
// @file packages/store/src/index.ts
export function save() { return 1; }
//                       ^ invoke
// @file packages/store/src/log.ts
export function log() { return 1; }
//                      ^ invoke
// @file node_modules/lodash/index.js
exports.chunk = () => 1;
//              ^ none`,
  );

  check(
    'a module that is not there',
    `
// template: handler
import { save } from './missing';
import data from './data.json';
export const handler = async () => save(data);
//                                 ^ invoke`,
  );
});
