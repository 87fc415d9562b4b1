import { readOnlyFileSystem } from '../../../../src/analyzer/rules/read-only-file-system.ts';
import { check } from './check.ts';

const reports = (name: string, text: string) => test(name, () => check(readOnlyFileSystem, text));

suite('read-only-file-system reports', () => {
  reports(
    'writes beside the code and in folders that belong to nobody',
    `
// template: handler
import { createWriteStream, promises, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as fs from 'fs';
const dir = join(process.cwd(), 'cache');
export const handler = async event => {
  writeFileSync('report.csv', event.body);
  //            ^ The folder of the code cannot be written
  await promises.writeFile('./out/report.csv', event.body);
  //                       ^ fails with EROFS
  fs.mkdirSync(dir, { recursive: true });
  //           ^ The folder of the code
  createWriteStream(resolve(__dirname, 'log.txt'));
  //                ^ The folder of the code
  await fs.promises.appendFile(\`\${process.cwd()}/log.txt\`, 'x');
  //                           ^ The folder of the code
  fs.copyFileSync('/tmp/a', '/home/user/a');
  //                        ^ This place cannot be written
};`,
  );
});

suite('read-only-file-system is silent about', () => {
  reports(
    '/tmp, mounted file systems, reads and paths that are not known',
    `
// template: handler
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fs from 'node:fs';
export const handler = async event => {
  fs.writeFileSync('/tmp/a', '');
  fs.writeFileSync(join(tmpdir(), 'a'), '');
  fs.writeFileSync('/mnt/efs/a', '');
  fs.writeFileSync('/dev/stdout', '');
  fs.writeFileSync(event.path, '');
  fs.writeFileSync(join(event.folder, 'a'), '');
  fs.writeFileSync(process.env.FILE, '');
  fs.openSync('./data.json', 'r');
  fs.copyFileSync('./data.json', '/tmp/data.json');
  return fs.readFileSync('./data.json');
};`,
  );

  reports(
    'code that goes to another folder first',
    `
// template: handler
import fs from 'node:fs';
process.chdir('/tmp');
export const handler = async () => fs.writeFileSync('report.csv', '');`,
  );
});
