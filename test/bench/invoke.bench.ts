// Invocations as the extension makes them: through the engine's API, by the client of dist/aws.js.
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineConnection, InvokeResult } from '../../src/client/connection.ts';
import type { Measurement } from '../../src/scripts/bench/rows.ts';
import { type BenchEngine, withEngine } from './support/benchEngine.ts';

/** What a user waits for who edits and invokes, and what one waits for who invokes again. */
export async function measure(): Promise<readonly Measurement[]> {
  const start = await withEngine(measureStart);
  const invocations = await withEngine(measureInvocations);
  return [{ name: 'engine start', unit: 'ms', samples: start }, ...invocations];
}

async function measureStart({ connect }: BenchEngine): Promise<readonly number[]> {
  return repeat(5, async () => {
    const { elapsed, result } = await timed(connect);
    await result.shutDown();
    return elapsed;
  });
}

async function measureInvocations({ workspace, connect }: BenchEngine): Promise<readonly Measurement[]> {
  const connection = await connect();
  const functions = [
    { name: 'count-clicks', event: 'five-clicks', source: 'src/clicks.ts' },
    { name: 'orders-api', event: 'quote', source: 'src/orders.ts' },
  ];
  const measurements: Measurement[] = [];
  for (const { name, event, source } of functions) {
    const payload = await readFile(join(workspace, '.lambda-lens', 'events', name, `${event}.json`), 'utf8');
    const call = () => invoke(connection, name, payload);
    const inits: number[] = [];
    const edited = await repeat(10, async index => {
      await appendFile(join(workspace, source), `\nexport const edit${index} = ${index};\n`);
      const { elapsed, result } = await timed(call);
      inits.push(initDuration(result));
      return elapsed;
    });
    const warm = await repeat(100, async () => (await timed(call)).elapsed);
    measurements.push(
      { name: `${name}, after an edit: build and cold start`, unit: 'ms', samples: edited },
      { name: `${name}, Init Duration of those`, unit: 'ms', samples: inits },
      { name: `${name}, warm`, unit: 'ms', samples: warm },
    );
  }
  await connection.shutDown();
  return measurements;
}

async function invoke(
  connection: EngineConnection,
  functionName: string,
  payload: string,
): Promise<InvokeResult> {
  const result = await connection.invoke({ functionName, payload });
  if (result.functionError) throw new Error(`${functionName} failed: ${result.payload}`);
  return result;
}

function initDuration({ logTail }: InvokeResult): number {
  const figure = /Init Duration: ([\d.]+) ms/.exec(logTail)?.[1];
  if (figure === undefined) throw new Error(`That was no cold start:\n${logTail}`);
  return Number(figure);
}

async function timed<T>(run: () => Promise<T>): Promise<{ readonly elapsed: number; readonly result: T }> {
  const start = performance.now();
  const result = await run();
  return { elapsed: performance.now() - start, result };
}

async function repeat(times: number, sample: (index: number) => Promise<number>): Promise<readonly number[]> {
  const samples: number[] = [];
  for (let index = 0; index < times; index += 1) samples.push(await sample(index));
  return samples;
}
