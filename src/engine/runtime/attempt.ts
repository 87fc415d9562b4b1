import type { Clock } from '../../shared/clock.ts';
import { messageOf } from '../../shared/errors.ts';
import type { ProcessLedger } from '../ports.ts';
import { type Memory, memoryOfGroup, openProcessMemory, type ProcessMemory } from './memory.ts';
import { type Launch, type ProcessObserver, type RuntimeProcess, startProcess } from './spawner.ts';

/** One start of a runtime: a process from before its spawning to its exit, and its initialisation. */
export class Attempt {
  readonly #clock: Clock;
  readonly #startedAt: number;
  #initMs: number | undefined;
  #killed = false;
  #process: RuntimeProcess | undefined;
  #memory: ProcessMemory | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startedAt = clock.monotonic();
  }

  /**
   * Starts the process as soon as it is known how. What was killed before that is never spawned, and exits all
   * the same: the observer hears `exited` or `failed` once, and last, in every case.
   */
  async start(launch: Promise<Launch>, ledger: ProcessLedger, observer: ProcessObserver): Promise<void> {
    const failed = (message: string) =>
      this.#killed ? observer.exited(null, null) : observer.failed(message);
    try {
      const how = await launch;
      if (this.#killed) {
        observer.exited(null, null);
        return;
      }
      this.#process = startProcess(how, ledger, {
        ...observer,
        spawned: () => {
          if (!this.#killed) observer.spawned();
        },
        failed,
        exited: (code, signal) => {
          this.#memory?.close();
          this.#memory = undefined;
          this.#process = undefined;
          observer.exited(code, signal);
        },
      });
    } catch (error) {
      failed(messageOf(error));
    }
  }

  kill(): void {
    this.#killed = true;
    this.#process?.kill();
  }

  freeze(): void {
    this.#process?.freeze();
  }

  thaw(): void {
    this.#process?.thaw();
  }

  /** Ends the measuring of the initialisation, unless that was done before; milliseconds from the start. */
  endInit(): number {
    this.#initMs ??= this.#clock.monotonic() - this.#startedAt;
    return this.#initMs;
  }

  /** The memory of the process alone, or of its descendants too; undefined where the system does not tell. */
  memory(of: 'process' | 'group'): Memory | undefined {
    const pid = this.#process?.pid;
    if (pid === undefined) return undefined;
    if (of === 'group') return memoryOfGroup(pid);
    this.#memory ??= openProcessMemory(pid);
    return this.#memory.read();
  }
}
