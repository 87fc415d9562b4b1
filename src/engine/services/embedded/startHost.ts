import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { Agent, type AgentOptions } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { killGroup } from '../../ownership/processGroups.ts';
import type { ProcessLedger } from '../../ports.ts';
import { type HostAnnouncement, type HostOptions, keyLength } from '../hosts/hostProtocol.ts';

/** A service's process, once it listens. */
export interface ServiceHost {
  /** Connects to the service, and to nothing else. */
  readonly agent: Agent;
  /** Lets it write what it still has to, then ends it. */
  end(): void;
}

export interface HostLaunch {
  /** Absolute path of the bundle that hosts the service. */
  readonly script: string;
  readonly dataDirectory: string;
  readonly region: string;
  readonly accountId: string;
}

export interface HostObserver {
  listening(host: ServiceHost): void;
  /** It is gone; called once and last, also where it could not be started. */
  ended(reason: string): void;
}

/** Starts the process as the leader of a group of its own; what ends before it listens can still be ended. */
export function startHost(
  launch: HostLaunch,
  ledger: ProcessLedger,
  observer: HostObserver,
): Pick<ServiceHost, 'end'> {
  const starting = new AbortController();
  let child: ChildProcess | undefined;
  spawnHost(launch, starting.signal)
    .then(started => {
      child = started;
      follow(started, launch, ledger, observer);
    })
    .catch((error: Error) => observer.ended(error.message));
  return {
    end() {
      starting.abort(new Error('It was ended before it had started.'));
      if (child) endPolitely(child);
    },
  };
}

async function spawnHost({ script, dataDirectory }: HostLaunch, signal: AbortSignal): Promise<ChildProcess> {
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
  signal.throwIfAborted();
  return spawn(process.execPath, [script], {
    // Services look for files of their own in their working folder.
    cwd: dataDirectory,
    env: { ...systemVariables(), ELECTRON_RUN_AS_NODE: '1', NODE_NO_WARNINGS: '1' },
    detached: true,
    windowsHide: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}

/** Without it Windows gives a process no sockets. */
function systemVariables(): NodeJS.ProcessEnv {
  const { SystemRoot } = process.env;
  return SystemRoot === undefined ? {} : { SystemRoot };
}

function follow(child: ChildProcess, launch: HostLaunch, ledger: ProcessLedger, observer: HostObserver) {
  const { pid } = child;
  const key = randomBytes(keyLength);
  let lastWords = '';
  let agent: Agent | undefined;
  let hasEnded = false;
  const end = (reason: string) => {
    if (hasEnded) return;
    hasEnded = true;
    agent?.destroy();
    observer.ended(reason);
  };
  if (pid !== undefined) ledger.add(pid);
  child.stderr?.on('data', (chunk: Buffer) => {
    lastWords = (lastWords + chunk.toString()).slice(-maxLastWords);
  });
  child.on('error', error => {
    if (pid === undefined) end(error.message);
  });
  child.on('exit', (code, signal) => {
    if (pid !== undefined) {
      killGroup(pid);
      ledger.remove(pid);
    }
    const how = signal === null ? `exit code ${code}` : signal;
    end(lastWords.trim() === '' ? how : `${how}: ${lastWords.trim()}`);
  });
  child.on('message', ({ port }: HostAnnouncement) => {
    agent = keyedAgent(port, key);
    observer.listening({ agent, end: () => endPolitely(child, agent) });
  });
  child.send({
    key: key.toString('hex'),
    dataDirectory: launch.dataDirectory,
    region: launch.region,
    accountId: launch.accountId,
  } satisfies HostOptions);
}

const maxLastWords = 2_000;
/** How long it may take to write what it holds. */
const politenessMs = 3_000;

function endPolitely(child: ChildProcess, agent?: Agent): void {
  // It waits for open connections.
  agent?.destroy();
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), politenessMs);
  child.on('exit', () => clearTimeout(force));
}

/** Connections that begin with the key; see guardListening. */
function keyedAgent(port: number, key: Buffer): Agent {
  return new (class extends Agent {
    override createConnection(_options: AgentOptions): Duplex {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      socket.write(key);
      return socket;
    }
  })({ keepAlive: true, maxFreeSockets: 32 });
}
