import type { Ports } from '../ports.ts';
import type { ExtensionLaunch } from './extensions/extensionProcess.ts';
import type { PlatformLines } from './platformLines.ts';
import type { Launch } from './spawner.ts';

/** What an execution environment is. */
export interface EnvironmentSpec {
  readonly id: string;
  readonly functionName: string;
  readonly version: string;
  readonly timeoutMs: number;
  /** What processes may hold together before they are killed. */
  readonly memorySizeMb: number;
  /** A folder of the environment's own, which ends with it; its /tmp lies below. */
  readonly directory: string;
  readonly lines: PlatformLines;
  /** Whether its processes are suspended while they wait for an event. */
  readonly freezes: boolean;
  /** Present where processes wait for a debugger before they load the function's code. */
  readonly debug?: DebugSpec;
  readonly handler: string;
  readonly accountId: string;
  /** How to start the extensions of the function's layers. */
  extensions(runtimeApi: string, tmpDirectory: string): readonly ExtensionLaunch[];
  /** How to start the runtime; may throw a UserError. */
  launch(runtimeApi: string, tmpDirectory: string): Promise<Launch>;
  /** Called once, when nothing of the environment is left. */
  released(): void;
}

export interface DebugSpec {
  /** What the client that wants to debug calls itself; told with the port. */
  readonly client: string;
  /** 0: the system chooses. */
  readonly port: number;
  /** The folder of the code that runs. */
  readonly codeDirectory: string;
}

export type EnvironmentPorts = Pick<Ports, 'clock' | 'events' | 'ids' | 'log' | 'processes'>;
