import { eventDataExecuted } from '../../../../src/analyzer/rules/event-data-executed.ts';
import { check } from './check.ts';

const reports = (name: string, text: string) => test(name, () => check(eventDataExecuted, text));

suite('event-data-executed reports', () => {
  reports(
    'code',
    `
// template: handler
export const handler = async event => {
  eval(event.code);
  //   ^^^^^^^^^^ is run as code
  return new Function('x', \`return \${event.formula}\`);
  //                       ^ is run as code
};`,
  );

  reports(
    'commands',
    `
// template: handler
import { exec } from 'node:child_process';
import * as child from 'child_process';
export const handler = async ({ file }) => {
  exec('convert ' + file + ' out.png');
  //   ^ part of a shell command
  const command = \`rm \${file}\`;
  child.execSync(command);
  //             ^ part of a shell command
};`,
  );

  reports(
    'SQL, of a record as well',
    `
// template: handler
import { Client } from 'pg';
const db = new Client();
export const handler = async event => {
  const { id } = JSON.parse(event.body);
  await db.query(\`select * from orders where id = '\${id}'\`);
  //             ^ part of SQL
  await Promise.all(event.Records.map(record => db.query('DELETE FROM x WHERE id = ' + record.body)));
  //                                                     ^ part of SQL
};`,
  );
});

suite('event-data-executed is silent about', () => {
  reports(
    'parameters, and what a function has made of the data',
    `
// template: handler
import { execFile, exec } from 'node:child_process';
export const handler = async (event, context) => {
  await db.query('select * from orders where id = $1', [event.id]);
  await db.query(\`select * from orders where id = \${Number(event.id)}\`);
  await db.query(\`select * from \${process.env.TABLE}\`);
  execFile('convert', [event.file]);
  exec('ls ' + context.functionName);
  exec(\`ls \${quote(event.file)}\`);
};
const db = { query() {} };
const quote = text => JSON.stringify(text);`,
  );

  reports(
    'other methods of the same names, and other functions',
    `
// template: handler
const pattern = /x/;
export const handler = async event => {
  pattern.exec(event.text);
  cache.query(event.key);
  cache.query(\`\${event.key}:latest\`);
};
const cache = { query: key => key };`,
  );
});

suite('event-data-executed and paths', () => {
  reports(
    'a path with a part of the event is reported, however it is put together',
    `
// template: handler
import fs, { promises } from 'node:fs';
import path from 'node:path';
export const handler = async event => {
  fs.readFileSync(\`pages/\${event.page}\`);
  //              ^ reaches other files
  const file = path.join('/tmp', decodeURIComponent(event.Records[0].s3.object.key));
  await promises.writeFile(file, '');
  //                       ^ reaches other files
  fs.createReadStream(path.resolve('pages', event.page.trim()));
  //                  ^ reaches other files
  fs.renameSync('/tmp/a', '/tmp/' + event.name);
  //                      ^ reaches other files
};`,
  );

  reports(
    'a path is not, where the part is reduced, looked at, or written by Lambda',
    `
// template: handler
import fs from 'node:fs';
import path from 'node:path';
const pages = ['a', 'b'];
export const handler = async event => {
  fs.readFileSync(path.join('pages', path.basename(event.page)));
  fs.readFileSync(\`pages/\${Number(event.page)}\`);
  fs.readFileSync(\`/tmp/\${event.Records[0].messageId}\`);
  if (!pages.includes(event.name)) return;
  fs.readFileSync(\`pages/\${event.name}\`);
  fs.readFileSync('pages/a');
};`,
  );
});

suite('event-data-executed and functions in between', () => {
  reports(
    'data that the handler passes on, shells that are spawned, and statements in objects are reported',
    `
// template: handler
import { exec, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { Pool } from 'pg';
const pool = new Pool();
const run = promisify(exec);
const read = name => readFile(\`pages/\${name}\`);
//                            ^ becomes part of a path
const find = id => pool.query({ text: \`select * from orders where id = '\${id}'\` });
//                                    ^ becomes part of SQL
export const handler = async event => {
  await run('ls ' + event.folder);
  //        ^ becomes part of a shell command
  spawn('bash', ['-c', \`ls \${event.folder}\`]);
  //                   ^ becomes part of a shell command
  return [await read(event.page), await find(event.id)];
};`,
  );

  reports(
    'lists of arguments and constants that are passed on are not',
    `
// template: handler
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
const read = name => readFile(\`pages/\${name}\`);
export const handler = async event => {
  spawn('ls', ['-c', event.folder]);
  return read('index.html');
};`,
  );
});
