// The engine with a thousand functions of fifty versions each: how soon it is there, and how fast it answers.
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ListVersionsByFunctionCommand, PublishVersionCommand } from '@aws-sdk/client-lambda';
import { openDatabase } from '../../src/engine/store/database.ts';
import { createFunctionTable, createVersionTable } from '../../src/engine/store/functionTable.ts';
import { inTransaction } from '../../src/engine/store/transaction.ts';
import { fingerprintOf } from '../../src/engine/versions/fingerprint.ts';
import type { VersionRecord } from '../../src/engine/versions/records.ts';
import type { Measurement } from '../../src/scripts/bench/rows.ts';
import { startServe } from '../support/engine/cli.ts';
import { lambdaClient } from '../support/engine/lambdaClient.ts';
import { createWorkspace, type TestWorkspace } from '../support/engine/workspace.ts';

const functions = 1000;
const versionsEach = 50;
const distDirectory = join(import.meta.dirname, '..', '..', 'dist');

export async function measure(): Promise<readonly Measurement[]> {
  const workspace = await createWorkspace([]);
  try {
    await mkdir(workspace.stateDirectory, { recursive: true });
    fill(join(workspace.stateDirectory, 'lens.db'));
    const starts: number[] = [];
    for (let times = 0; times < 5; times++) starts.push(await measureStart(workspace));
    return [
      {
        name: `engine start with ${functions} functions of ${versionsEach} versions`,
        unit: 'ms',
        samples: starts,
        comparedWith: { name: 'budget', value: 500 },
      },
      ...(await measureRequests(workspace)),
    ];
  } finally {
    await workspace.remove();
  }
}

async function measureStart(workspace: TestWorkspace): Promise<number> {
  const before = performance.now();
  const serve = await startServe(['--state', workspace.stateDirectory], { distDirectory, workspace });
  const elapsed = performance.now() - before;
  await serve.stop();
  return elapsed;
}

async function measureRequests(workspace: TestWorkspace): Promise<readonly Measurement[]> {
  const serve = await startServe(['--state', workspace.stateDirectory], { distDirectory, workspace });
  const client = lambdaClient(serve.line);
  try {
    const timed = async (send: (FunctionName: string) => Promise<unknown>) => {
      const samples: number[] = [];
      for (let index = 0; index < 200; index++) {
        const before = performance.now();
        await send(nameOf((index * 7) % functions));
        samples.push(performance.now() - before);
      }
      return samples.slice(20);
    };
    const pages = await timed(FunctionName =>
      client.send(new ListVersionsByFunctionCommand({ FunctionName })),
    );
    const unchanged = await timed(FunctionName => client.send(new PublishVersionCommand({ FunctionName })));
    return [
      {
        name: 'a page of ListVersionsByFunction',
        unit: 'ms',
        samples: pages,
        comparedWith: { name: 'budget', value: 10 },
      },
      {
        name: 'PublishVersion of an unchanged function',
        unit: 'ms',
        samples: unchanged,
        comparedWith: { name: 'budget', value: 5 },
      },
    ];
  } finally {
    client.destroy();
    await serve.stop();
  }
}

/** As the API would have put them there. */
function fill(file: string): void {
  const database = openDatabase(file);
  const functionTable = createFunctionTable(database);
  const versionTable = createVersionTable(database);
  inTransaction(database, () => {
    for (let index = 0; index < functions; index++) {
      const name = nameOf(index);
      for (let number = 1; number <= versionsEach; number++) {
        const version = versionOf(name, number, number);
        versionTable.add(name, version, fingerprintOf(version));
      }
      functionTable.put({ name, held: true, latest: versionOf(name, 0, versionsEach) });
    }
  });
  database.close();
}

function versionOf(name: string, number: number, revision: number): VersionRecord {
  return {
    number,
    configuration: {
      runtime: 'nodejs24.x',
      handler: 'index.handler',
      timeoutSeconds: 3,
      memorySizeMb: 128,
      environment: { TABLE: 'orders', STAGE: 'dev', LOG_LEVEL: 'info' },
      description: `Revision ${revision}`,
      roleArn: 'arn:aws:iam::000000000000:role/orders',
    },
    code: {
      sha256: createHash('sha256').update(`${name} ${revision}`).digest('base64'),
      size: 120_000,
      packageFolders: [],
    },
    revisionId: `${String(revision).padStart(8, '0')}-0000-4000-8000-000000000000`,
    modifiedAt: Date.UTC(2026, 0, 1) + revision * 60_000,
  };
}

function nameOf(index: number): string {
  return `function-${String(index).padStart(4, '0')}`;
}
