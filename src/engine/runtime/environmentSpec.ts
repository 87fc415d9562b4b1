import type { Ports } from '../ports.ts';
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
  /** How to start the runtime; may throw a UserError. */
  launch(runtimeApi: string, tmpDirectory: string): Promise<Launch>;
  /** Called once, when nothing of the environment is left. */
  released(): void;
}

export type EnvironmentPorts = Pick<Ports, 'clock' | 'events' | 'log' | 'processes'>;
