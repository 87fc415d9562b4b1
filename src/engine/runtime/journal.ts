import type { Clock } from '../../shared/clock.ts';
import type { Ending, EnvironmentEffect, InitPhase } from './environmentLifecycle.ts';
import type { EnvironmentSpec } from './environmentSpec.ts';
import {
  initEnd,
  initStart,
  invocationEnd,
  invocationStart,
  type PlatformEvent,
} from './extensions/platformEvents.ts';
import type { Telemetry } from './extensions/telemetry.ts';
import type { HeldInvocation } from './heldInvocation.ts';
import { InvocationLog } from './invocationLog.ts';

type JournalSpec = Pick<EnvironmentSpec, 'functionName' | 'version' | 'lines' | 'memorySizeMb'>;

/** What is written down of an environment: its log, and what its extensions are told. */
export class Journal {
  readonly #spec: JournalSpec;
  readonly #clock: Clock;
  readonly #log = new InvocationLog();
  #telemetry: Telemetry | undefined;

  constructor(spec: JournalSpec, clock: Clock) {
    this.#spec = spec;
    this.#clock = clock;
  }

  /** How many bytes were ever written. */
  get everWritten(): number {
    return this.#log.everWritten;
  }

  /** A process begins, whose extensions are told from now on. */
  begin(phase: InitPhase, telemetry: Telemetry): void {
    this.#telemetry = telemetry;
    this.#tell(() => [initStart(phase, this.#spec.functionName, this.#spec.version)]);
  }

  /** What the function's process prints. */
  output(chunk: Uint8Array): void {
    this.#log.write(chunk);
    if (this.#telemetry?.isOn) this.#telemetry.printed('function', chunk);
  }

  /** What an extension's process prints. */
  extensionOutput(chunk: Uint8Array): void {
    this.#log.write(chunk);
  }

  /** @param text empty where the log's level leaves it out */
  line(text: string): void {
    if (text !== '') this.#log.line(text);
  }

  initialised(phase: InitPhase, durationMs: number): void {
    this.#tell(() => initEnd(phase, durationMs, 'success'));
  }

  initFailed(
    { init, status, errorType }: Extract<EnvironmentEffect, { type: 'reportInit' }>,
    durationMs: number,
  ): void {
    const failure = errorType === undefined ? { status } : { status, errorType };
    this.line(this.#spec.lines.initReport(this.#clock.now(), durationMs, init, failure));
    this.#tell(() => initEnd(init, durationMs, status, errorType));
  }

  /** Once an invocation, when its event is delivered or when it has failed before that. */
  announce(held: HeldInvocation): void {
    if (held.announced) return;
    held.announced = true;
    const { lines, version } = this.#spec;
    const { requestId } = held.assignment;
    this.line(lines.start(this.#clock.now(), requestId, version));
    this.#tell(() => [invocationStart(requestId, version)]);
  }

  /** @returns the log of the invocation */
  end(
    { assignment, elapsedMs, initDurationMs }: HeldInvocation,
    ending: Ending,
    maxMemoryUsedMB: number,
  ): string {
    this.#tell(() =>
      invocationEnd(assignment.requestId, ending, {
        durationMs: elapsedMs,
        ...(initDurationMs === undefined ? {} : { initDurationMs }),
        memorySizeMB: this.#spec.memorySizeMb,
        maxMemoryUsedMB,
      }),
    );
    return this.#log.take();
  }

  #tell(events: () => readonly PlatformEvent[]): void {
    if (!this.#telemetry?.isOn) return;
    for (const [type, record] of events()) this.#telemetry.platform(type, record);
  }
}
