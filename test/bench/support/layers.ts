import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAuthorization } from '../../../src/engine/auth/authorization.ts';
import { createCredentialStore } from '../../../src/engine/auth/credentialStore.ts';
import { createVerifier } from '../../../src/engine/auth/verifier.ts';
import { createFunctionRuntime } from '../../../src/engine/functions/functionRuntime.ts';
import { systemIds } from '../../../src/engine/systemIds.ts';
import { defaultEnvironmentSettings } from '../../../src/model/environmentSettings.ts';
import { readProject } from '../../../src/project/readProject.ts';
import type { Measurement } from '../../../src/scripts/bench/rows.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { signedRequest } from '../../support/engine/requests.ts';
import { silentLog } from '../../support/silentLog.ts';

const dist = join(import.meta.dirname, '..', '..', '..', 'dist');

/**
 * Where the time of a warm invocation goes: what the check of a signature takes, and the way to the handler and
 * back without the endpoint. The rest of an invocation is the loopback round trip, which the echo shows, and what
 * is around these two in the engine.
 */
export async function measureLayers(workspace: string): Promise<readonly Measurement[]> {
  return [
    { name: 'layer: the check of a signature', unit: 'us', samples: await checkOfSignature() },
    {
      name: 'layer: to the handler and back',
      unit: 'us',
      samples: await toTheHandler(workspace, false),
    },
    {
      name: 'layer: the same, frozen in between',
      unit: 'us',
      samples: await toTheHandler(workspace, true),
    },
  ];
}

async function checkOfSignature(): Promise<readonly number[]> {
  const credentials = createCredentialStore(systemIds);
  const user = credentials.issue({ kind: 'user' });
  const verifier = createVerifier(credentials, systemClock, 'us-east-1');
  const request = await signedRequest(
    { method: 'POST', target: '/2015-03-31/functions/echo/invocations', body: '{"n":3}' },
    { credentials: user, at: Date.now() },
  );
  return repeat(3000, () => {
    const parsed = parseAuthorization(request);
    if (parsed.kind !== 'claimed' || verifier.verify(request, parsed.claim).kind !== 'verified') {
      throw new Error('The signature was refused.');
    }
  });
}

async function toTheHandler(workspace: string, freeze: boolean): Promise<readonly number[]> {
  const workDirectory = await mkdtemp(join(tmpdir(), 'lambda-lens-bench-'));
  const runtime = createFunctionRuntime(
    {
      clock: systemClock,
      ids: systemIds,
      log: silentLog,
      events: { emit() {} },
      credentials: createCredentialStore(systemIds),
      processes: { add() {}, remove() {} },
    },
    {
      distDirectory: dist,
      workDirectory,
      region: 'us-east-1',
      accountId: '000000000000',
      endpoint: 'http://127.0.0.1:9',
      nodePath: process.execPath,
      ...defaultEnvironmentSettings,
      freeze,
    },
  );
  try {
    runtime.update((await readProject(workspace)).functions);
    const payload = Buffer.from('{"n":3}');
    return await repeat(3000, async () => {
      await runtime.invoke({ requestId: systemIds.uuid(), functionName: 'echo', payload });
    });
  } finally {
    await runtime.stop();
    await rm(workDirectory, { recursive: true, force: true });
  }
}

/** Microseconds; the first third is not counted. */
async function repeat(times: number, act: () => void | Promise<void>): Promise<readonly number[]> {
  const samples: number[] = [];
  for (let time = 0; time < times; time++) {
    const start = performance.now();
    await act();
    samples.push((performance.now() - start) * 1000);
  }
  return samples.slice(times / 3);
}
