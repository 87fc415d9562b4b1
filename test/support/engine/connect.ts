import { connectEngine } from '../../../src/client/connectEngine.ts';
import type { ConnectOptions, EngineConnection } from '../../../src/client/connection.ts';
import { startTimeOf } from '../../../src/engine/ownership/processIdentity.ts';
import { silentLog } from '../silentLog.ts';
import { until } from '../until.ts';
import { fakeEngineBundles } from './bundles.ts';
import { createWorkspace, type TestWorkspace } from './workspace.ts';

/** A workspace, and clients of its engine that run in this process. */
export interface ConnectedWorkspace extends TestWorkspace {
  connect(options?: Partial<ConnectOptions>): Promise<EngineConnection>;
}

/**
 * Clients look for engines where XDG_STATE_HOME says, so that it is set for this process until the workspace
 * is removed; then the engines that clients have started are ended.
 */
export async function createConnectedWorkspace(functions?: readonly string[]): Promise<ConnectedWorkspace> {
  const workspace = await createWorkspace(functions);
  const stateHome = process.env.XDG_STATE_HOME;
  process.env.XDG_STATE_HOME = workspace.stateHome;
  const pids = new Set<number>();
  const connections: EngineConnection[] = [];
  return {
    ...workspace,
    async connect(options = {}) {
      const connection = await connectEngine({
        root: workspace.root,
        stateDirectory: workspace.stateDirectory,
        distDirectory: await fakeEngineBundles(),
        engine: { region: 'us-east-1', accountId: '000000000000', leaseGraceMs: 3_000 },
        log: silentLog,
        ...options,
      });
      pids.add(connection.attachment.pid);
      connections.push(connection);
      return connection;
    },
    async remove() {
      for (const connection of connections) connection.dispose();
      for (const pid of pids) kill(pid, 'SIGTERM');
      await until('the engines to end', () => ![...pids].some(isAlive));
      if (stateHome === undefined) delete process.env.XDG_STATE_HOME;
      else process.env.XDG_STATE_HOME = stateHome;
      await workspace.remove();
    },
  };
}

/** Whether there is a process of that id that has not ended. */
export function isAlive(pid: number): boolean {
  return startTimeOf(pid) !== undefined;
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}
