import type { Clock } from '../../shared/clock.ts';
import type { ResponseSink } from '../invoke/responseSink.ts';
import type { Ending } from './environmentLifecycle.ts';
import type { RuntimeEvent } from './runtimeApi.ts';

/** An invocation as an environment gets it. */
export interface Assignment extends Omit<RuntimeEvent, 'deadlineMs'> {
  /** Gets the response as it is written. */
  readonly response?: ResponseSink;
}

/** What an environment knows of an invocation that it ran. */
export interface AssignmentOutcome {
  readonly ending: Ending;
  /** What was printed, with START and INIT_REPORT in their places; without INIT_START, END and REPORT. */
  readonly log: string;
  /** Whether the environment came into being for this invocation. */
  readonly coldStart: boolean;
  /** From the delivery of the event, or from the start of an init inside of the invocation. */
  readonly durationMs: number;
  /** From the start of the process to its first poll; only where that took place before the invocation. */
  readonly initDurationMs?: number;
  readonly maxMemoryUsedMb: number;
  /** The version of the language runtime that ran, as its bootstrap reported it. */
  readonly engineVersion?: string;
}

/** The invocation that an environment holds, and its timing. */
export class HeldInvocation {
  readonly assignment: Assignment;
  readonly coldStart: boolean;
  readonly outcome: Promise<AssignmentOutcome>;
  /** Set when the init before this invocation succeeded. */
  initDurationMs: number | undefined;
  /** Whether the response comes in pieces, of which the first may have been passed on. */
  streams = false;
  /** Whether START was logged. */
  announced = false;
  readonly #clock: Clock;
  readonly #resolve: (outcome: AssignmentOutcome) => void;
  #startedAt: number | undefined;
  #endedAt: number | undefined;

  constructor(assignment: Assignment, coldStart: boolean, clock: Clock) {
    this.assignment = assignment;
    this.coldStart = coldStart;
    this.#clock = clock;
    const { promise, resolve } = Promise.withResolvers<AssignmentOutcome>();
    this.outcome = promise;
    this.#resolve = resolve;
  }

  /** How long it has run, up to its end; 0 as long as it has not begun. */
  get elapsedMs(): number {
    if (this.#startedAt === undefined) return 0;
    return (this.#endedAt ?? this.#clock.monotonic()) - this.#startedAt;
  }

  /** Its duration counts from the first of these calls. */
  begin(): void {
    this.#startedAt ??= this.#clock.monotonic();
  }

  /** And to the first of these. */
  end(): void {
    this.#endedAt ??= this.#clock.monotonic();
  }

  /** @param timeoutMs what an invocation that timed out took, exactly. */
  complete(
    ending: Ending,
    timeoutMs: number,
    rest: Pick<AssignmentOutcome, 'log' | 'maxMemoryUsedMb' | 'engineVersion'>,
  ): void {
    this.end();
    const { initDurationMs } = this;
    this.#resolve({
      ...rest,
      ending,
      coldStart: this.coldStart,
      durationMs: ending.kind === 'timeout' ? timeoutMs : this.elapsedMs,
      ...(initDurationMs === undefined ? {} : { initDurationMs }),
    });
  }
}
