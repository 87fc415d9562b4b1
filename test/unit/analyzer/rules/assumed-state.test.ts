import { assumedState } from '../../../../src/analyzer/rules/assumed-state.ts';
import { check } from './check.ts';

const reports = (name: string, text: string) => test(name, () => check(assumedState, text));

suite('assumed-state reports', () => {
  reports(
    'a file that nothing writes',
    `
// template: handler
import { readFileSync } from 'node:fs';
export const handler = async event => JSON.parse(readFileSync('/tmp/model.json', 'utf8'))[event.id];
//                                                            ^ Nothing here writes this file`,
  );

  reports(
    'a file that is written after it is read',
    `
// template: handler
import { readFile, writeFile } from 'node:fs/promises';
const file = '/tmp/count.txt';
export const handler = async event => {
  const count = Number(await readFile(file, 'utf8')) + event.more;
  //                                  ^ The file is written further down only
  await writeFile(file, String(count));
  return count;
};`,
  );

  reports(
    'a variable that another event sets',
    `
// template: handler
let session = null;
export const handler = async event => {
  if (event.kind === 'start') {
    session = await open(event);
    return 'started';
  }
  session.add(event.item);
//^ session is set by some other invocation only
  return session.items;
};
const open = async event => ({ items: [], add: item => item });`,
  );
});

suite('assumed-state is silent about', () => {
  reports(
    'files that are looked for, are expected to be missing, or are written by someone',
    `
// template: handler
import fs from 'node:fs';
import { download } from './download';
export const handler = async event => {
  try { return fs.readFileSync('/tmp/a.json'); } catch {}
  await download('/tmp/b.json');
  return fs.readFileSync('/tmp/b.json');
};
// @file download.ts
export const download = path => path;`,
  );

  reports(
    'files that are written before they are read',
    `
// template: handler
import fs from 'node:fs';
const path = '/tmp/a.json';
fs.writeFileSync(path, '{}');
export const handler = async () => fs.readFileSync(path);`,
  );

  reports(
    'variables that are looked at first, set in between, or set at init',
    `
// template: handler
let session, other, cache, ready = {};
export const handler = async event => {
  if (event.kind === 'start') {
    session = { token: event.token };
    other = {};
    ready = {};
    return 'started';
  }
  if (!session) throw new Error('Start first');
  if (event.kind === 'load') cache = event.items;
  cache = cache.slice();
  return [session.token, other?.x, ready.x];
};`,
  );
});
