import type { Clock } from '../../shared/clock.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { messageOf } from '../../shared/errors.ts';
import type { ProcessLedger } from '../ports.ts';
import type { ExitEnding } from './environmentLifecycle.ts';
import type { EnvironmentPorts, EnvironmentSpec } from './environmentSpec.ts';
import type { ExtensionFailure } from './extensions/extensionFailure.ts';
import { ExtensionHost, type ShutdownReason } from './extensions/extensionHost.ts';
import type { Journal } from './journal.ts';
import { type Memory, memoryOfGroup, openProcessMemory, type ProcessMemory } from './memory.ts';
import { type Launch, type ProcessObserver, type RuntimeProcess, startProcess } from './spawner.ts';

/** The part of the time to end in that the runtime has; the rest is that of the extensions. */
const runtimeShare = 0.3;

/** Most extensions have little to do after the answer: it is not worth another environment. */
const shortWhileMs = 50;

/** What becomes of it. */
export interface AttemptObserver extends Pick<ProcessObserver, 'spawned' | 'failed' | 'output'> {
  exited(exit: ExitEnding): void;
  /** All extensions wait for their next event. */
  extensionsReady(): void;
  /** Takes what extensions print, and what the platform says of them. */
  readonly journal: Pick<Journal, 'extensionOutput' | 'line'>;
}

/**
 * One start of a runtime: a process from before its spawning to its exit, and its initialisation; with the
 * extensions beside it.
 */
export class Attempt {
  readonly extensions: ExtensionHost;
  readonly #clock: Clock;
  readonly #ledger: ProcessLedger;
  readonly #observer: AttemptObserver;
  readonly #startedAt: number;
  #initMs: number | undefined;
  #killed = false;
  #failure: ExtensionFailure | undefined;
  #reason: ShutdownReason = 'failure';
  /** Epoch milliseconds: what is left then is killed. */
  #endsAt: number | undefined;
  #limit: Disposable | undefined;
  #answeredAt: number | undefined;
  #process: RuntimeProcess | undefined;
  #memory: ProcessMemory | undefined;

  constructor(
    spec: Pick<EnvironmentSpec, 'functionName' | 'version' | 'handler' | 'accountId' | 'lines'>,
    { clock, ids, processes: ledger }: Pick<EnvironmentPorts, 'clock' | 'ids' | 'processes'>,
    observer: AttemptObserver,
  ) {
    const { functionName, version: functionVersion, handler, accountId, lines } = spec;
    const identity = { functionName, functionVersion, handler, accountId };
    this.#clock = clock;
    this.#ledger = ledger;
    this.#observer = observer;
    this.#startedAt = clock.monotonic();
    this.extensions = new ExtensionHost(
      { identity, lines, clock, ids, ledger },
      {
        ready: () => {
          this.#limit?.dispose();
          observer.extensionsReady();
        },
        failed: failure => {
          this.#failure = failure;
          this.end('failure');
        },
        output: chunk => observer.journal.extensionOutput(chunk),
        line: text => observer.journal.line(text),
      },
    );
  }

  /**
   * Starts the process as soon as it is known how. What was killed before that is never spawned, and exits all
   * the same: the observer hears `exited` or `failed` once, and last, in every case.
   */
  async start(launch: Promise<Launch>): Promise<void> {
    const observer = this.#observer;
    const exited = (code: number | null, signal: string | null) =>
      this.#endExtensions(() => {
        const extension = this.#failure;
        observer.exited({ kind: 'exit', code, signal, ...(extension === undefined ? {} : { extension }) });
      });
    const failed = (message: string) =>
      this.#killed ? exited(null, null) : this.#endExtensions(() => observer.failed(message));
    try {
      const how = await launch;
      if (this.#killed) {
        exited(null, null);
        return;
      }
      this.#process = startProcess(how, this.#ledger, {
        ...observer,
        spawned: () => {
          if (!this.#killed) observer.spawned();
        },
        failed,
        exited: (code, signal) => {
          this.#memory?.close();
          this.#memory = undefined;
          this.#process = undefined;
          exited(code, signal);
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

  /**
   * Ends what runs: at once, unless there are extensions; then it is asked to end before it is killed.
   * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-shutdown
   */
  end(reason: ShutdownReason): void {
    const { graceMs } = this.extensions;
    if (graceMs === 0) {
      this.kill();
      return;
    }
    this.#killed = true;
    this.#reason = reason;
    this.#endsAt ??= this.#clock.now() + graceMs;
    if (this.#process === undefined) this.#endExtensions(() => {});
    this.#process?.terminate();
    this.#clock.after(graceMs * runtimeShare, () => this.#process?.kill());
  }

  /** The runtime has answered some time ago, and extensions go on. */
  get lingers(): boolean {
    const since = this.#answeredAt;
    if (since === undefined || this.extensions.isReady || this.#process === undefined) return false;
    return this.#clock.monotonic() - since > shortWhileMs;
  }

  /** The runtime has answered. What extensions still do at that time ends the processes. @param at epoch milliseconds */
  limitExtensions(at: number): void {
    if (this.extensions.isReady) return;
    this.#answeredAt = this.#clock.monotonic();
    this.#limit = this.#clock.after(Math.max(0, at - this.#clock.now()), () => this.end('timeout'));
  }

  freeze(): void {
    this.#process?.freeze();
    this.extensions.freeze();
  }

  thaw(): void {
    this.#process?.thaw();
    this.extensions.thaw();
  }

  #endExtensions(then: () => void): void {
    this.#limit?.dispose();
    const { graceMs } = this.extensions;
    if (graceMs === 0) then();
    else void this.extensions.shutDown(this.#reason, this.#endsAt ?? this.#clock.now() + graceMs).then(then);
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
    if (of === 'group') return sumOf([pid, ...this.extensions.groups].map(memoryOfGroup));
    this.#memory ??= openProcessMemory(pid);
    return this.#memory.read();
  }
}

/** What could be read. */
function sumOf(parts: readonly (Memory | undefined)[]): Memory | undefined {
  const [first, ...others] = parts.filter(part => part !== undefined);
  return (
    first &&
    others.reduce(
      (sum, { peakMb, heldMb }) => ({ peakMb: sum.peakMb + peakMb, heldMb: sum.heldMb + heldMb }),
      first,
    )
  );
}
