import type { Disposable } from '../../shared/disposable.ts';
import { DebugDoor } from './debugDoor.ts';
import type { EnvironmentPorts, EnvironmentSpec } from './environmentSpec.ts';

/** How long a process waits for the debugger that somebody wants to attach. */
const limitMs = 60_000;

/** What an environment that is debugged is told. */
export interface DebuggingObserver {
  /** Whether time stands still for the function is another answer than it was, or may be. */
  timeChanged(isStopped: boolean): void;
  /** Nobody has come. */
  gaveUp(reason: string): void;
}

/** The debugging of an environment: its door, and how long somebody is waited for. */
export class Debugging {
  readonly #spec: EnvironmentSpec;
  readonly #ports: Pick<EnvironmentPorts, 'clock' | 'events'>;
  readonly #observer: DebuggingObserver;
  readonly #door: DebugDoor;
  #limit: Disposable | undefined;

  constructor(
    spec: EnvironmentSpec,
    ports: Pick<EnvironmentPorts, 'clock' | 'events'>,
    observer: DebuggingObserver,
  ) {
    this.#spec = spec;
    this.#ports = ports;
    this.#observer = observer;
    this.#door = new DebugDoor(() => {
      if (!this.#door.isAwaited) this.#limit?.dispose();
      this.#observer.timeChanged(this.stopsTime);
    });
  }

  /** See DebugDoor. */
  get stopsTime(): boolean {
    return this.#door.stopsTime;
  }

  /** A process is about to be started. @throws UserError when the port is taken. */
  async prepare(): Promise<void> {
    this.#door.expect();
    await this.#door.listen(this.#spec.debug?.port ?? 0);
  }

  /** The process waits on this port. */
  listening(target: number): boolean {
    const { id, debug, functionName, version } = this.#spec;
    const port = this.#door.open(target);
    if (debug === undefined || port === undefined) return false;
    this.#limit?.dispose();
    this.#limit = this.#ports.clock.after(limitMs, () =>
      this.#observer.gaveUp(
        `No debugger has attached to ${functionName} within ${limitMs / 1000} seconds. Try again.`,
      ),
    );
    const { client, codeDirectory } = debug;
    const told = { environmentId: id, functionName, version, client, port, codeDirectory };
    this.#ports.events.emit({ type: 'debuggerListening', ...told });
    return true;
  }

  close(): void {
    this.#limit?.dispose();
    this.#door.close();
  }
}
