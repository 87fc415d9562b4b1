import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ConnectOptions, EngineConnection } from '../../../src/client/connection.ts';
import { copySamples } from '../../../src/scripts/host/copySamples.ts';
import { createTemporaryHome } from '../../../src/scripts/host/temporaryHome.ts';

const dist = join(import.meta.dirname, '..', '..', '..', 'dist');

/** The samples with the built engine behind them. */
export interface BenchEngine {
  readonly workspace: string;
  /** Starts the engine, or attaches to it. */
  connect(): Promise<EngineConnection>;
}

/** Runs `measure` and ends the engine, whatever becomes of it. */
export async function withEngine<T>(measure: (engine: BenchEngine) => Promise<T>): Promise<T> {
  const home = await createTemporaryHome();
  const stateHome = process.env.XDG_STATE_HOME;
  // Engines and their clients meet below it.
  process.env.XDG_STATE_HOME = home.env.XDG_STATE_HOME;
  try {
    const workspace = join(home.path, 'samples');
    await copySamples(workspace);
    const { connectEngine } = createRequire(import.meta.url)(join(dist, 'aws.js')) as {
      connectEngine(options: ConnectOptions): Promise<EngineConnection>;
    };
    const connect = () =>
      connectEngine({
        root: workspace,
        stateDirectory: join(home.path, 'engine'),
        distDirectory: dist,
        engine: { region: 'us-east-1', accountId: '000000000000' },
        log: { debug() {}, info() {}, warn: console.error, error: console.error },
      });
    return await measure({ workspace, connect });
  } finally {
    await home.remove();
    if (stateHome === undefined) delete process.env.XDG_STATE_HOME;
    else process.env.XDG_STATE_HOME = stateHome;
  }
}
