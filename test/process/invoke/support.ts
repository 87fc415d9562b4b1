// A real function behind the engine's endpoint.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import { createEngine } from '../../../src/engine/engine.ts';
import type { Credentials } from '../../../src/engine/ports.ts';
import { openDatabase } from '../../../src/engine/store/database.ts';
import { systemIds } from '../../../src/engine/systemIds.ts';
import { defaultEnvironmentSettings } from '../../../src/model/environmentSettings.ts';
import type { FunctionDefinition } from '../../../src/model/functionDefinition.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { lambdaClient } from '../../support/engine/lambdaClient.ts';
import { silentLog } from '../../support/silentLog.ts';
import { functionIn, type TestRuntime, withRuntime } from '../runtime/support.ts';

export interface TestLambda {
  readonly client: LambdaClient;
  readonly runtime: TestRuntime;
  /** What other clients need. */
  readonly target: Credentials & { readonly endpoint: string; readonly region: string };
  /** Takes no further invocation, and lets what is under way come to its end. */
  stop(): Promise<void>;
}

/** @param source of `app.ts`, whose export `handler` the function `fn` is */
export function withLambda(
  given: Partial<FunctionDefinition>,
  source: string,
  test: (lambda: TestLambda) => Promise<void>,
): Promise<void> {
  return withRuntime([given], { 'app.ts': source }, async runtime => {
    const stateDirectory = await mkdtemp(join(tmpdir(), 'lambda-lens-endpoint-'));
    const database = openDatabase(join(stateDirectory, 'lens.db'));
    const home = { region: 'eu-west-1', accountId: '123456789012' };
    const engine = createEngine(
      {
        ...home,
        root: stateDirectory,
        services: {},
        http: {},
        stateDirectory,
        distDirectory: stateDirectory,
        port: 0,
        environments: defaultEnvironmentSettings,
        drainMs: 5000,
      },
      {
        clock: systemClock,
        ids: systemIds,
        log: silentLog,
        processes: { add() {}, remove() {} },
        database,
        createFunctionRuntime: () => runtime.runtime,
        acquireLease: () => undefined,
        shutDown() {},
      },
    );
    const { endpoint, credentials } = await engine.start();
    engine.update({ functions: [functionIn(runtime.workspace, given)], triggers: [] });
    const target = { ...home, ...credentials, endpoint };
    const client = lambdaClient(target);
    let stopped: Promise<void> | undefined;
    const stop = () => {
      stopped ??= engine.stop();
      return stopped;
    };
    try {
      await test({ client, runtime, target, stop });
    } finally {
      client.destroy();
      await stop();
      database.close();
      await rm(stateDirectory, { recursive: true });
    }
  });
}
