// How fast asynchronous events are accepted, which is when they are safe on the disk, and what a long queue costs.
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../../src/engine/store/database.ts';
import { createEventQueue } from '../../src/engine/store/eventQueue.ts';
import { systemIds } from '../../src/engine/systemIds.ts';
import { type Measurement, percentile } from '../../src/scripts/bench/rows.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { silentLog } from '../support/silentLog.ts';
import { createEchoClient, type EchoClient } from './support/echoClient.ts';
import { type BenchServer, createEchoWorkspace, startLambdaLens } from './support/servers.ts';

const seconds = 5;
const clients = 10;
const queued = 100_000;

export async function measure(): Promise<readonly Measurement[]> {
  const workspace = await createEchoWorkspace();
  const empty = join(workspace.path, 'empty');
  const full = join(workspace.path, 'full');
  try {
    const first = await withServer(workspace.path, empty, async (_server, client) => ({
      rates: await rates(client),
      times: await timesAtAHundredASecond(client),
    }));
    await fill(full);
    const startedAt = performance.now();
    const second = await withServer(workspace.path, full, async (server, client) => {
      const started = performance.now() - startedAt;
      return { started, rates: await rates(client), megabytes: await megabytesOf(server) };
    });
    const medianRate = percentile(first.rates, 50);
    return [
      {
        name: `events accepted, ${clients} clients`,
        unit: 'a second',
        samples: first.rates,
        comparedWith: { name: 'at least', value: 1_500, percentile: 50 },
      },
      {
        name: 'acceptance at 100 events a second',
        unit: 'ms',
        samples: first.times,
        comparedWith: { name: 'budget', value: 3, percentile: 50 },
      },
      {
        name: `events accepted, ${clients} clients, ${queued} in the queue`,
        unit: 'a second',
        samples: second.rates,
        comparedWith: { name: 'at least half of the empty queue', value: medianRate / 2, percentile: 50 },
      },
      {
        name: `engine with ${queued} events in its queue`,
        unit: 'MB',
        samples: [second.megabytes],
        comparedWith: { name: 'budget', value: 200 },
      },
      {
        name: `engine start with ${queued} events in its queue`,
        unit: 'ms',
        samples: [second.started],
        comparedWith: { name: 'budget', value: 2_000 },
      },
    ];
  } finally {
    await rm(workspace.path, { recursive: true, force: true });
  }
}

async function withServer<T>(
  workspace: string,
  state: string,
  act: (server: BenchServer, client: EchoClient) => Promise<T>,
): Promise<T> {
  const server = await startLambdaLens(workspace, [], [], state);
  // What is accepted is for a function that never answers, so that it is the accepting that is measured.
  const client = await createEchoClient(server, 'stuck', text => text === '', 'Event');
  try {
    return await act(server, client);
  } finally {
    client.close();
    await server.stop();
  }
}

/** Events a second, in each second. */
async function rates(client: EchoClient): Promise<readonly number[]> {
  const samples: number[] = [];
  for (let second = 0; second < seconds; second += 1) {
    const start = performance.now();
    let accepted = 0;
    const work = async () => {
      while (performance.now() - start < 1_000) {
        await client.call();
        accepted += 1;
      }
    };
    await Promise.all(Array.from({ length: clients }, work));
    samples.push((accepted * 1_000) / (performance.now() - start));
  }
  return samples;
}

async function timesAtAHundredASecond(client: EchoClient): Promise<readonly number[]> {
  const calls: Promise<number>[] = [];
  for (let call = 0; call < seconds * 100; call += 1) {
    calls.push(client.call());
    await sleep(10);
  }
  return Promise.all(calls);
}

/** Half of the events are due, the others wait for a retry. */
async function fill(state: string): Promise<void> {
  await mkdir(state);
  const database = openDatabase(join(state, 'lens.db'));
  const queue = createEventQueue(database, systemClock, silentLog);
  const now = Date.now();
  const payload = Buffer.from('{"n":3}');
  const events = Array.from({ length: queued }, (_, index) => {
    const waits = index % 2 === 1;
    const progress = { queuedAt: now, invokeCount: waits ? 1 : 0, refusals: 0 };
    const event = { requestId: systemIds.uuid(), functionName: 'stuck', progress };
    return queue.add(event, payload, waits ? now + 3_600_000 : now);
  });
  queue.dispose();
  await Promise.all(events);
  database.close();
}

async function megabytesOf({ pid }: BenchServer): Promise<number> {
  const [, kilobytes = ''] = /^VmRSS:\s+(\d+) kB/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
