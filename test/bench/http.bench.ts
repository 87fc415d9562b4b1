// Requests to an HTTP API, beside serverless-offline's: the same handler, the same client, in turns. And how soon
// the first byte of a streamed response is there.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Measurement, percentile } from '../../src/scripts/bench/rows.ts';
import { signedRequest } from '../support/engine/requests.ts';
import { createHttpLoad, type HttpLoad } from './support/httpLoad.ts';
import { installPeers } from './support/installPeers.ts';
import { type BenchServer, startLambdaLens, startPeer } from './support/servers.ts';

const rounds = 20;
const requestsOfARound = 100;
const frozen = 'Lambda Lens, frozen between invocations';
const unfrozen = 'Lambda Lens, not frozen';
const offline = 'serverless-offline';

export async function measure(): Promise<readonly Measurement[]> {
  const path = await createWorkspace();
  const servers: BenchServer[] = [];
  const loads = new Map<string, HttpLoad>();
  const streams = new Map<string, HttpLoad>();
  try {
    const missing = await installPeers();
    if (missing === undefined) {
      const server = await startPeer('serverlessOfflineHttp', path);
      servers.push(server);
      loads.set(offline, createHttpLoad(`${server.target.endpoint}/echo/7`, isEcho));
    } else console.error(`serverless-offline: not run, because ${missing}`);
    for (const [name, freeze] of [
      [frozen, 'on'],
      [unfrozen, 'off'],
    ] as const) {
      const server = await startLambdaLens(path, ['--freeze', freeze]);
      servers.push(server);
      const http = await httpEndpoint(server);
      loads.set(name, createHttpLoad(`${http}/execute-api/serverlesshttpapi/echo/7`, isEcho));
      streams.set(
        name,
        createHttpLoad(`${http}/lambda-url/stream/`, text => text === 'first last'),
      );
    }
    for (const load of loads.values()) await load.rate(10, 3000);
    for (const load of streams.values()) for (let call = 0; call < 20; call++) await load.firstByte();
    return [...(await measureRates(loads)), ...(await measureFirstBytes(streams))];
  } finally {
    for (const load of [...loads.values(), ...streams.values()]) load.close();
    await Promise.all(servers.map(server => server.stop()));
    await rm(path, { recursive: true, force: true });
  }
}

async function measureRates(loads: ReadonlyMap<string, HttpLoad>): Promise<readonly Measurement[]> {
  const measurements: Measurement[] = [];
  for (const connections of [1, 10]) {
    const rates = new Map<string, number[]>([...loads.keys()].map(name => [name, []]));
    for (let round = 0; round < rounds; round++) {
      for (const [name, load] of loads) rates.get(name)?.push(await load.rate(connections, requestsOfARound));
    }
    const peer = rates.get(offline);
    measurements.push(
      ...[...rates].map(([name, samples]) => ({
        name: `HTTP API over ${connections} connection${connections === 1 ? '' : 's'}, ${name}`,
        unit: 'a second',
        samples,
        ...(peer === undefined
          ? {}
          : { comparedWith: { name: offline, value: percentile(peer, 50), percentile: 50 as const } }),
      })),
    );
  }
  return measurements;
}

async function measureFirstBytes(streams: ReadonlyMap<string, HttpLoad>): Promise<readonly Measurement[]> {
  const samples = new Map<string, number[]>([...streams.keys()].map(name => [name, []]));
  for (let call = 0; call < 50; call++) {
    for (const [name, load] of streams) samples.get(name)?.push(await load.firstByte());
  }
  return [...samples].map(([name, times]) => ({
    name: `first byte of a stream that takes 50 ms, ${name}`,
    unit: 'ms',
    samples: times,
  }));
}

/** The event comes back: it is there, and it is of this request. */
function isEcho(text: string): boolean {
  return text.includes('"rawPath":"/echo/7"') && text.includes('"version":"2.0"');
}

/** Where the APIs are: the engine's endpoint tells it to whoever has its keys. */
async function httpEndpoint({ target }: BenchServer): Promise<string> {
  const { host } = new URL(target.endpoint);
  const { headers } = await signedRequest(
    { method: 'GET', target: '/_lens/http', headers: { host } },
    { credentials: target, region: target.region, at: Date.now() },
  );
  const response = await fetch(`${target.endpoint}/_lens/http`, { headers });
  return ((await response.json()) as { endpoint: string }).endpoint;
}

async function createWorkspace(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'lambda-lens-bench-'));
  await writeFile(join(path, 'app.js'), 'exports.handler = async event => event;\n');
  await writeFile(
    join(path, 'stream.js'),
    `exports.handler = awslambda.streamifyResponse(async (event, stream) => {
  stream.write('first ');
  await new Promise(resolve => setTimeout(resolve, 50));
  stream.end('last');
});
`,
  );
  await writeFile(
    join(path, 'template.yaml'),
    `Transform: AWS::Serverless-2016-10-31
Globals:
  Function: { Runtime: nodejs24.x, CodeUri: ., Timeout: 30, MemorySize: 1024 }
Resources:
  Echo:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: echo
      Handler: app.handler
      Events: { Echo: { Type: HttpApi, Properties: { Method: GET, Path: "/echo/{id}" } } }
  Stream:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: stream
      Handler: stream.handler
      FunctionUrlConfig: { AuthType: NONE, InvokeMode: RESPONSE_STREAM }
`,
  );
  return path;
}
