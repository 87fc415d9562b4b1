// Warm invocations through the endpoint, beside serverless-offline and @vercel/fun: the same handler, the same
// client, in turns, so that what else the machine does meets all of them.

import type { Measurement } from '../../src/scripts/bench/rows.ts';
import { percentile } from '../../src/scripts/bench/rows.ts';
import { createEchoClient, type EchoClient } from './support/echoClient.ts';
import { installPeers } from './support/installPeers.ts';
import { measureLayers } from './support/layers.ts';
import { type BenchServer, createEchoWorkspace, startLambdaLens, startPeer } from './support/servers.ts';

const rounds = 20;
const callsOfARound = 50;
const clients = 10;

const frozen = 'Lambda Lens, frozen a millisecond after the answer';
const unfrozen = 'Lambda Lens, not frozen';
const offline = 'serverless-offline';
const echo = 'node:http echo';

export async function measure(): Promise<readonly Measurement[]> {
  const workspace = await createEchoWorkspace();
  const servers = new Map<string, BenchServer>();
  try {
    servers.set(echo, await startPeer('echo', workspace.code));
    const missing = await installPeers();
    if (missing === undefined) {
      servers.set(offline, await startPeer('serverlessOffline', workspace.code));
      servers.set('@vercel/fun', await startPeer('vercelFun', workspace.code));
    } else {
      console.error(`serverless-offline and @vercel/fun: not run, because ${missing}`);
    }
    servers.set(frozen, await startLambdaLens(workspace.path, ['--freeze', 'on']));
    servers.set(unfrozen, await startLambdaLens(workspace.path, ['--freeze', 'off']));
    return [...(await measureServers(servers)), ...(await measureLayers(workspace.path))];
  } finally {
    await Promise.all([...servers.values()].map(server => server.stop()));
    await workspace.remove();
  }
}

async function measureServers(servers: ReadonlyMap<string, BenchServer>): Promise<readonly Measurement[]> {
  const callers = new Map<string, EchoClient>();
  for (const [name, server] of servers) callers.set(name, await createEchoClient(server));
  for (const client of callers.values()) await warmUp(client);
  const times = await inTurns(callers, async client => {
    const samples: number[] = [];
    for (let call = 0; call < callsOfARound; call++) samples.push(await client.call());
    return samples;
  });
  const rates = await inTurns(callers, async client => [await throughput(client)]);
  for (const client of callers.values()) client.close();
  const medianOf = (of: ReadonlyMap<string, readonly number[]>, name: string) =>
    percentile(of.get(name) ?? [], 50);
  const against = (of: ReadonlyMap<string, readonly number[]>) =>
    of.has(offline)
      ? { comparedWith: { name: offline, value: medianOf(of, offline), percentile: 50 as const } }
      : {};
  return [
    ...[...times].map(([name, samples]) => ({
      name: `one client, ${name}`,
      unit: 'ms',
      samples,
      ...against(times),
    })),
    ...[frozen, unfrozen].map(name => ({
      name: `one client, ${name}`,
      unit: 'round trips of the echo',
      samples: [medianOf(times, name) / medianOf(times, echo)],
      comparedWith: { name: 'budget', value: 5 },
    })),
    ...[...rates].map(([name, samples]) => ({
      name: `${clients} clients, ${name}`,
      unit: 'a second',
      samples,
      ...against(rates),
    })),
  ];
}

/** Until every environment that ten clients need runs code that is compiled. */
async function warmUp(client: EchoClient): Promise<void> {
  for (let call = 0; call < 300; call++) await client.call();
  await together(client, 100);
}

async function inTurns(
  callers: ReadonlyMap<string, EchoClient>,
  sample: (client: EchoClient) => Promise<readonly number[]>,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const samples = new Map<string, readonly number[]>();
  for (let round = 0; round < rounds; round++) {
    for (const [name, client] of callers) {
      samples.set(name, [...(samples.get(name) ?? []), ...(await sample(client))]);
    }
  }
  return samples;
}

/** Invocations a second. */
async function throughput(client: EchoClient): Promise<number> {
  const calls = 20;
  const start = performance.now();
  await together(client, calls);
  return (clients * calls * 1000) / (performance.now() - start);
}

async function together(client: EchoClient, calls: number): Promise<void> {
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let call = 0; call < calls; call++) await client.call();
    }),
  );
}
