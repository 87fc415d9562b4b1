import { tmpFileLeft } from '../../../../src/analyzer/rules/tmp-file-left.ts';
import { check } from './check.ts';

const reports = (name: string, text: string) => test(name, () => check(tmpFileLeft, text));

suite('tmp-file-left reports', () => {
  reports(
    'files that grow, and files that every invocation adds',
    `
// template: handler
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
const log = '/tmp/log.txt';
export const handler = async event => {
  fs.appendFileSync(log, event.id);
  //                ^ grows until /tmp is full
  fs.writeFileSync('/tmp/b.txt', event.id, { flag: 'a' });
  //               ^ grows until /tmp is full
  fs.createWriteStream('/tmp/c.txt', { flags: 'a' });
  //                   ^ grows until /tmp is full
  fs.writeFileSync(\`/tmp/\${event.id}.pdf\`, event.body);
  //               ^ leaves one more file
  fs.writeFileSync(join(tmpdir(), randomUUID()), event.body);
  //               ^ leaves one more file
  fs.mkdtempSync('/tmp/work-');
  //             ^ leaves one more file
};`,
  );

  reports(
    'one file for all items of a batch',
    `
// template: handler
import { rm, writeFile } from 'node:fs/promises';
export const handler = async event => {
  await Promise.all(event.Records.map(async ({ body }) => {
    await writeFile('/tmp/item.json', body);
    //              ^ All items of the batch write this one file
  }));
  await rm('/tmp/item.json');
};`,
  );
});

suite('tmp-file-left is silent about', () => {
  reports(
    'files that are written anew, and those of init',
    `
// template: handler
import fs from 'node:fs';
const name = 'report';
fs.appendFileSync('/tmp/started.txt', 'x');
export const handler = async event => {
  fs.writeFileSync('/tmp/report.csv', event.body);
  fs.writeFileSync(\`/tmp/\${name}.csv\`, event.body);
  fs.mkdirSync('/tmp/out', { recursive: true });
  fs.appendFileSync(event.path, 'x');
  for (const { body } of event.Records) fs.writeFileSync('/tmp/item.json', body);
};`,
  );

  reports(
    'functions that remove files, in whichever file',
    `
// template: handler
import fs from 'node:fs';
import { clean } from './clean';
export const handler = async event => {
  fs.writeFileSync(\`/tmp/\${event.id}\`, event.body);
  clean(\`/tmp/\${event.id}\`);
};
// @file clean.ts
import { rmSync } from 'node:fs';
export const clean = path => rmSync(path, { force: true });`,
  );

  reports(
    'a cache on the disk',
    `
// template: handler
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
export const handler = async event => {
  const path = \`/tmp/\${event.city}.json\`;
  if (!existsSync(path)) writeFileSync(path, await (await fetch(event.url)).text());
  return readFileSync(path, 'utf8');
};`,
  );
});
