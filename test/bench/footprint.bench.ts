// What a cold start takes, and what the engine holds: idle, and after a hundred thousand invocations.
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Measurement } from '../../src/scripts/bench/rows.ts';
import { percentile } from '../../src/scripts/bench/rows.ts';
import { createEchoClient } from './support/echoClient.ts';
import { createEchoWorkspace, startLambdaLens } from './support/servers.ts';

const invocations = 100_000;

export async function measure(): Promise<readonly Measurement[]> {
  const workspace = await createEchoWorkspace();
  try {
    return [
      ...(await measureCold(workspace.path)),
      await measureTimeout(workspace.path),
      ...(await measureMemory(workspace.path)),
    ];
  } finally {
    await workspace.remove();
  }
}

/** A cold start of a function that is built already, each beside a start of Node.js that does nothing. */
async function measureCold(workspace: string): Promise<readonly Measurement[]> {
  const server = await startLambdaLens(workspace, ['--idle-seconds', '1']);
  const client = await createEchoClient(server, 'bundled');
  const cold: number[] = [];
  const bare: number[] = [];
  await client.call();
  for (let sample = 0; sample < 15; sample++) {
    // The environment ends when it has been idle for a second.
    await sleep(1300);
    bare.push(await nodeStart());
    cold.push(await client.call());
  }
  client.close();
  await server.stop();
  const comparedWith = { name: 'node -e 0', value: percentile(bare, 50), percentile: 50 } as const;
  return [
    { name: 'node -e 0', unit: 'ms', samples: bare },
    {
      name: 'cold start of a bundled function, from request to response',
      unit: 'ms',
      samples: cold,
      comparedWith,
    },
  ];
}

/** How late a timeout of one second is answered, the end of the process and the way to the client included. */
async function measureTimeout(workspace: string): Promise<Measurement> {
  const server = await startLambdaLens(workspace, []);
  const client = await createEchoClient(server, 'hanging', text => text.includes('Sandbox.Timedout'));
  await client.call();
  const late: number[] = [];
  // A new process answers each time: what it takes to start is part of the invocation's second.
  for (let sample = 0; sample < 20; sample++) late.push((await client.call()) - 1000);
  client.close();
  await server.stop();
  const comparedWith = { name: 'budget', value: 20 };
  return { name: 'a timeout is answered late by', unit: 'ms', samples: late, comparedWith };
}

async function nodeStart(): Promise<number> {
  const start = performance.now();
  await promisify(execFile)(process.execPath, ['-e', '0']);
  return performance.now() - start;
}

async function measureMemory(workspace: string): Promise<readonly Measurement[]> {
  if (process.platform !== 'linux') return [];
  const heapFile = join(workspace, 'heap.txt');
  const hook = join(workspace, 'collect.cjs');
  writeFileSync(
    hook,
    `process.on('SIGUSR2', () => { gc(); gc(); const { heapUsed, external } = process.memoryUsage(); require('node:fs').writeFileSync(${JSON.stringify(heapFile)}, String(heapUsed + external)); });`,
  );
  const server = await startLambdaLens(workspace, [], ['--expose-gc', '--require', hook]);
  const heldMb = async () => {
    writeFileSync(heapFile, '');
    process.kill(server.pid, 'SIGUSR2');
    while (readFileSync(heapFile, 'utf8') === '') await sleep(50);
    return Number(readFileSync(heapFile, 'utf8')) / 1024 / 1024;
  };
  await sleep(2000);
  const idle = residentMb(server.pid);
  const client = await createEchoClient(server);
  const invoke = (count: number) =>
    Promise.all(
      Array.from({ length: 4 }, async () => {
        for (let call = 0; call < count / 4; call++) await client.call();
      }),
    );
  // What is kept for clients that resume, and of the history, is full by then.
  await invoke(10_000);
  const before = await heldMb();
  await invoke(invocations);
  const after = await heldMb();
  client.close();
  await server.stop();
  return [
    {
      name: 'the engine, idle, resident',
      unit: 'MB',
      samples: [idle],
      comparedWith: { name: 'budget', value: 110 },
    },
    {
      name: `the engine's growth over ${invocations} invocations, after collection`,
      unit: 'MB',
      samples: [after - before],
      comparedWith: { name: 'budget', value: 10 },
    },
  ];
}

function residentMb(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}
