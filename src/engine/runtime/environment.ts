import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../shared/errors.ts';
import { Attempt } from './attempt.ts';
import { type Deadline, startDeadline } from './deadline.ts';
import { withoutDebuggerLines } from './debugDoor.ts';
import { Debugging } from './debugging.ts';
import { whenDrained } from './drain.ts';
import type {
  Ending,
  EnvironmentEffect,
  EnvironmentEvent,
  EnvironmentState,
  InitPhase,
  Transition,
} from './environmentLifecycle.ts';
import type { EnvironmentPorts, EnvironmentSpec } from './environmentSpec.ts';
import { startEnvironment, stepEnvironment } from './environmentState.ts';
import { Freezer } from './freezer.ts';
import { type Assignment, type AssignmentOutcome, HeldInvocation } from './heldInvocation.ts';
import { InvocationLog } from './invocationLog.ts';
import { MemoryMeter } from './memoryMeter.ts';
import type { Poll, RuntimeAnswer, Verdict } from './runtimeApi.ts';
import { listenForRuntime, type RuntimeApi } from './runtimeListener.ts';
import { endingOf, invalidState, truncatedEnding } from './runtimeVerdict.ts';
import type { Launch } from './spawner.ts';
import { StreamedResponse } from './streamedResponse.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib */
const initLimitMs = 10_000;

/** How long the exit of a process may be told after the end of its connections. */
const exitGraceMs = 200;

/** An execution environment: carries out what environmentState.ts decides. */
export class Environment {
  readonly id: string;
  readonly #spec: EnvironmentSpec;
  readonly #ports: EnvironmentPorts;
  readonly #log = new InvocationLog();
  readonly #memory: MemoryMeter;
  readonly #freezer: Freezer;
  readonly #gone = Promise.withResolvers<void>();
  #state: EnvironmentState = { name: 'gone' };
  #api: Promise<RuntimeApi> | undefined;
  #attempt: Attempt | undefined;
  #held: HeldInvocation | undefined;
  #poll: Poll | undefined;
  #initLimit: Deadline | undefined;
  #timeout: Deadline | undefined;
  #engineVersion: string | undefined;
  readonly #debugging: Debugging | undefined;
  #stopReason: string | undefined;

  /** Starts the environment; `assign` the invocation that is the reason for it at once. */
  constructor(spec: EnvironmentSpec, ports: EnvironmentPorts) {
    this.id = spec.id;
    this.#spec = spec;
    this.#ports = ports;
    this.#memory = new MemoryMeter(ports.clock, spec.memorySizeMb);
    this.#freezer = new Freezer(spec.freezes);
    if (spec.debug !== undefined) {
      this.#debugging = new Debugging(spec, ports, {
        timeChanged: isStopped => this.#keepTime(isStopped),
        gaveUp: reason => void this.stop(reason),
      });
    }
    this.#enter(startEnvironment());
  }

  get state(): EnvironmentState {
    return this.#state;
  }

  /** The id of the invocation that is running here; during an init there is none. */
  get requestId(): string | undefined {
    return this.#state.name === 'busy' ? this.#held?.assignment.requestId : undefined;
  }

  /** It was made to be debugged, and the debugger is gone. */
  get abandoned(): boolean {
    return this.#debugging?.stopsTime === false;
  }

  /** Runs an invocation. The environment must be idle, or still starting and without one. */
  assign(assignment: Assignment): Promise<AssignmentOutcome> {
    if (this.#held !== undefined) throw new Error(`Environment ${this.id} holds an invocation already`);
    const coldStart = this.#state.name === 'starting' || this.#state.name === 'initialising';
    this.#held = new HeldInvocation(assignment, coldStart, this.#ports.clock);
    const { outcome } = this.#held;
    if (!this.#dispatch({ type: 'assign' })) throw new Error(`Environment ${this.id} takes no invocation`);
    return outcome;
  }

  /** Ends the environment as soon as it is idle. */
  retire(): void {
    if (!this.#leaving()) this.#dispatch({ type: 'retire' });
  }

  /**
   * Ends the environment now; settled when nothing of it is left.
   *
   * @param reason what its invocation answers, for people; absent: the engine ends.
   */
  stop(reason?: string): Promise<void> {
    this.#stopReason ??= reason;
    if (!this.#leaving()) this.#dispatch({ type: 'stop' });
    return this.#gone.promise;
  }

  #leaving(): boolean {
    return this.#state.name === 'stopping' || this.#state.name === 'gone';
  }

  #dispatch(event: EnvironmentEvent): boolean {
    const transition = stepEnvironment(this.#state, event);
    if (transition === undefined) {
      this.#ports.log.debug(`Environment ${this.id} is ${this.#state.name}: ${event.type} is not allowed`);
      return false;
    }
    this.#enter(transition);
    return true;
  }

  #enter({ next, effects }: Transition): void {
    const changed = next.name !== this.#state.name;
    this.#state = next;
    if (changed) {
      this.#memory.watch(next.name === 'initialising' || next.name === 'busy');
      const { functionName, version } = this.#spec;
      this.#ports.events.emit({
        type: 'environmentChanged',
        environmentId: this.id,
        functionName,
        version,
        state: next.name,
      });
    }
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: EnvironmentEffect): void {
    switch (effect.type) {
      case 'spawn':
        this.#spawn();
        break;
      case 'kill':
        this.#memory.sample(Number.POSITIVE_INFINITY);
        this.#attempt?.endInit();
        this.#attempt?.kill();
        break;
      case 'startInitLimit':
        this.#initLimit = this.#deadline(initLimitMs, 'initLimit');
        break;
      case 'endInitLimit':
        this.#attempt?.endInit();
        this.#initLimit?.dispose();
        break;
      case 'startTimeout':
        this.#held?.begin();
        this.#timeout = this.#deadline(this.#spec.timeoutMs, 'timeout');
        break;
      case 'endTimeout':
        this.#held?.end();
        this.#timeout?.dispose();
        break;
      case 'deliver':
        this.#deliver();
        break;
      case 'drain':
        this.#drain(this.#held);
        break;
      case 'reportInit':
        this.#reportInit(effect);
        break;
      case 'complete':
        this.#complete(effect.ending);
        break;
      case 'freeze':
        this.#freezer.freeze(this.#attempt);
        break;
      case 'thaw':
        this.#freezer.thaw(this.#attempt);
        break;
      case 'release':
        void this.#release();
    }
  }

  #deadline(ms: number, type: 'initLimit' | 'timeout'): Deadline {
    const deadline = startDeadline(this.#ports.clock, ms, () => this.#dispatch({ type }));
    if (this.#debugging?.stopsTime) deadline.suspend();
    return deadline;
  }

  /** No limit ends what somebody looks at. */
  #keepTime(isStopped: boolean): void {
    for (const deadline of [this.#initLimit, this.#timeout]) {
      if (isStopped) deadline?.suspend();
      else deadline?.resume();
    }
  }

  #spawn(): void {
    this.#poll = undefined;
    this.#attempt = new Attempt(this.#ports.clock);
    this.#memory.follow(this.#attempt);
    void this.#attempt.start(this.#prepare(), this.#ports.processes, {
      spawned: () => this.#dispatch({ type: 'spawned' }),
      failed: message => this.#dispatch({ type: 'spawnFailed', message }),
      output: chunk => this.#log.write(this.#debugging === undefined ? chunk : withoutDebuggerLines(chunk)),
      exited: (code, signal) => this.#dispatch({ type: 'exited', exit: { kind: 'exit', code, signal } }),
    });
  }

  async #prepare(): Promise<Launch> {
    const tmpDirectory = join(this.#spec.directory, 'tmp');
    this.#api ??= this.#listen();
    const [api] = await Promise.all([
      this.#api,
      mkdir(tmpDirectory, { recursive: true }),
      this.#debugging?.prepare(),
    ]);
    return this.#spec.launch(api.address, tmpDirectory);
  }

  #listen(): Promise<RuntimeApi> {
    return listenForRuntime({
      next: poll => this.#next(poll),
      hungUp: poll => {
        if (this.#poll !== poll) return;
        this.#poll = undefined;
        // A process that is gone hangs up too, and that is told by its exit.
        if (this.#state.name === 'idle' || this.#state.name === 'busy') this.#dispatch({ type: 'hangUp' });
      },
      answer: answer => this.#answer(answer),
      stream: (requestId, contentType) => this.#stream(requestId, contentType),
      truncated: requestId => this.#truncated(requestId),
      initError: error => {
        const refusal = invalidState(this.#state, 'InitError');
        const accepted = this.#dispatch({ type: 'initError', error: { kind: 'initError', ...error } });
        return accepted ? { kind: 'accepted' } : refusal;
      },
      debuggerListening: port => this.#debugging?.listening(port) ?? false,
      failed: error => this.#ports.log.error(`The Runtime API of environment ${this.id} failed`, error),
      seen: userAgent => {
        this.#engineVersion ??= /^lambda-lens-(?:nodejs|python)\/(\S+)$/.exec(userAgent)?.[1];
      },
    });
  }

  #next(poll: Poll): Verdict {
    const refusal = invalidState(this.#state, 'Ready');
    const earlier = this.#poll;
    this.#poll = poll;
    if (this.#state.name === 'initialising') this.#initialised(this.#state.init);
    if (this.#dispatch({ type: 'poll' })) return { kind: 'accepted' };
    this.#poll = earlier;
    return refusal;
  }

  #initialised(init: InitPhase): void {
    this.#memory.sample(Number.POSITIVE_INFINITY);
    const initMs = this.#attempt?.endInit();
    if (this.#held !== undefined && init === 'init') this.#held.initDurationMs = initMs;
  }

  #answer(answer: RuntimeAnswer): Verdict {
    if (this.#state.name !== 'busy' || this.#state.phase !== 'running') {
      return invalidState(
        this.#state,
        answer.kind === 'error' ? 'InvocationErrorResponse' : 'InvocationResponse',
      );
    }
    if (answer.requestId !== this.requestId) return { kind: 'invalidRequestId' };
    this.#dispatch({ type: 'answer', ending: this.#passOn(endingOf(answer), answer.contentType) });
    this.#memory.sample(this.#held?.elapsedMs ?? 0, answer.maxMemoryKb);
    return { kind: 'accepted' };
  }

  /** What was read to its end goes where the rest of a response would. */
  #passOn(ending: Ending, contentType = 'application/octet-stream'): Ending {
    const held = this.#held;
    const sink = held?.assignment.response;
    if (sink === undefined || held?.streams || ending.kind !== 'response') return ending;
    sink.begin({ contentType, executedVersion: this.#spec.version });
    void sink.write(ending.body);
    return { kind: 'response', body: new Uint8Array() };
  }

  #stream(requestId: string, contentType: string): StreamedResponse | undefined {
    const held = this.#held;
    const sink = held?.assignment.response;
    if (held === undefined || sink === undefined || held.streams || requestId !== this.requestId) return;
    if (this.#state.name !== 'busy' || this.#state.phase !== 'running') return;
    held.streams = true;
    const head = { contentType, executedVersion: this.#spec.version };
    return new StreamedResponse(sink, head, this.#ports.clock);
  }

  /** The end of the process cuts its responses off as well, and is told right after. */
  #truncated(requestId: string): void {
    this.#ports.clock.after(exitGraceMs, () => {
      if (requestId === this.requestId) this.#dispatch({ type: 'answer', ending: truncatedEnding() });
    });
  }

  #deliver(): void {
    const held = this.#held;
    const poll = this.#poll;
    if (held === undefined || poll === undefined)
      throw new Error(`Environment ${this.id} has nothing to deliver`);
    this.#poll = undefined;
    this.#announce(held);
    held.begin();
    this.#timeout ??= this.#deadline(this.#spec.timeoutMs, 'timeout');
    poll.deliver({ ...held.assignment, deadlineMs: this.#timeout.at });
  }

  #drain(held: HeldInvocation | undefined): void {
    whenDrained(
      () => this.#log.everWritten,
      () => {
        // An exit in the meantime has completed the invocation.
        if (held !== undefined && held === this.#held) this.#dispatch({ type: 'drained' });
      },
    );
  }

  /** Once an invocation, when its event is delivered or when it has failed before that. */
  #announce(held: HeldInvocation): void {
    if (held.announced) return;
    held.announced = true;
    const { lines, version } = this.#spec;
    this.#writeLine(lines.start(this.#ports.clock.now(), held.assignment.requestId, version));
  }

  #reportInit({ init, status, errorType }: Extract<EnvironmentEffect, { type: 'reportInit' }>): void {
    const failure = errorType === undefined ? { status } : { status, errorType };
    const durationMs = this.#attempt?.endInit() ?? 0;
    this.#writeLine(this.#spec.lines.initReport(this.#ports.clock.now(), durationMs, init, failure));
  }

  /** @param line empty where the log's level leaves it out */
  #writeLine(line: string): void {
    if (line !== '') this.#log.line(line);
  }

  #complete(ending: Ending): void {
    const held = this.#held;
    if (held === undefined) throw new Error(`Environment ${this.id} has nothing to complete`);
    this.#held = undefined;
    this.#timeout = undefined;
    this.#announce(held);
    held.complete(this.#withReason(ending), this.#spec.timeoutMs, {
      log: this.#log.take(),
      maxMemoryUsedMb: this.#memory.maxMb,
      ...(this.#engineVersion === undefined ? {} : { engineVersion: this.#engineVersion }),
    });
  }

  #withReason(ending: Ending): Ending {
    const reason = this.#stopReason;
    return ending.kind === 'stopped' && reason !== undefined ? { ...ending, reason } : ending;
  }

  async #release(): Promise<void> {
    this.#debugging?.close();
    // A listener that could not be opened has been told of by the failed start.
    const api = await this.#api?.catch(() => undefined);
    api?.close();
    // What a handler left behind may resist; the folder is cleared again when the engine starts.
    await rm(this.#spec.directory, { recursive: true, force: true }).catch(error =>
      this.#ports.log.warn(`The folder of environment ${this.id} could not be removed: ${messageOf(error)}`),
    );
    this.#spec.released();
    this.#gone.resolve();
  }
}
