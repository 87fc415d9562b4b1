import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
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
  Transition,
} from './environmentLifecycle.ts';
import type { EnvironmentPorts, EnvironmentSpec } from './environmentSpec.ts';
import { startEnvironment, stepEnvironment } from './environmentState.ts';
import { serveExtension } from './extensions/extensionApi.ts';
import type { ExtensionHost } from './extensions/extensionHost.ts';
import { Freezer } from './freezer.ts';
import { type Assignment, type AssignmentOutcome, HeldInvocation } from './heldInvocation.ts';
import { Journal } from './journal.ts';
import { MemoryMeter } from './memoryMeter.ts';
import { removeFolder } from './removeFolder.ts';
import { openStream, passOn } from './responseRoute.ts';
import type { Poll, RuntimeAnswer, Verdict } from './runtimeApi.ts';
import { listenForRuntime, type RuntimeApi } from './runtimeListener.ts';
import { endingOf, invalidState, shutdownReason, truncatedEnding } from './runtimeVerdict.ts';
import type { Launch } from './spawner.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib */
const initLimitMs = 10_000;

/** How long the exit of a process may be told after the end of its connections. */
const exitGraceMs = 200;

/** An execution environment: carries out what environmentState.ts decides. */
export class Environment {
  readonly id: string;
  readonly #spec: EnvironmentSpec;
  readonly #ports: EnvironmentPorts;
  readonly #journal: Journal;
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
  /** The runtime waits for its next event, but not every extension does. */
  #early: Poll | undefined;

  /** Starts the environment; `assign` the invocation that is the reason for it at once. */
  constructor(spec: EnvironmentSpec, ports: EnvironmentPorts) {
    this.id = spec.id;
    this.#spec = spec;
    this.#ports = ports;
    this.#journal = new Journal(spec, ports.clock);
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

  /** It has answered some time ago, and its extensions go on. */
  get lingers(): boolean {
    return this.#attempt?.lingers === true;
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
    this.#end('retire');
  }

  /**
   * Ends the environment now; settled when nothing of it is left.
   *
   * @param reason what its invocation answers, for people; absent: the engine ends.
   */
  stop(reason?: string): Promise<void> {
    this.#stopReason ??= reason;
    this.#end('stop');
    return this.#gone.promise;
  }

  #end(type: 'retire' | 'stop'): void {
    if (this.#state.name !== 'stopping' && this.#state.name !== 'gone') this.#dispatch({ type });
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
        this.#attempt?.end(shutdownReason(this.#state));
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
        if (this.#state.name === 'busy') this.#attempt?.limitExtensions(this.#timeout?.at ?? 0);
        break;
      case 'deliver':
        this.#deliver();
        break;
      case 'drain':
        this.#drain();
        break;
      case 'reportInit':
        this.#journal.initFailed(effect, this.#attempt?.endInit() ?? 0);
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
    this.#early = undefined;
    this.#attempt = new Attempt(this.#spec, this.#ports, {
      spawned: () => this.#dispatch({ type: 'spawned' }),
      failed: message => this.#dispatch({ type: 'spawnFailed', message }),
      output: chunk =>
        this.#journal.output(this.#debugging === undefined ? chunk : withoutDebuggerLines(chunk)),
      exited: exit => this.#dispatch({ type: 'exited', exit }),
      extensionsReady: () => this.#extensionsReady(),
      journal: this.#journal,
    });
    const { extensions } = this.#attempt;
    this.#memory.follow(this.#attempt);
    if (this.#state.name === 'starting') this.#journal.begin(this.#state.init, extensions.telemetry);
    void this.#attempt.start(this.#prepare(extensions));
  }

  /** The runtime may have asked for its next event before the extensions did. */
  #extensionsReady(): void {
    const early = this.#early;
    this.#early = undefined;
    if (early !== undefined) this.#polled(early);
  }

  async #prepare(extensions: ExtensionHost): Promise<Launch> {
    const tmpDirectory = join(this.#spec.directory, 'tmp');
    this.#api ??= this.#listen();
    const [api] = await Promise.all([
      this.#api,
      mkdir(tmpDirectory, { recursive: true }),
      this.#debugging?.prepare(),
    ]);
    await extensions.start(this.#spec.extensions(api.address, tmpDirectory));
    return this.#spec.launch(api.address, tmpDirectory);
  }

  #listen(): Promise<RuntimeApi> {
    return listenForRuntime({
      next: poll => this.#next(poll),
      hungUp: poll => {
        if (this.#early === poll) this.#early = undefined;
        if (this.#poll !== poll) return;
        this.#poll = undefined;
        // A process that is gone hangs up too, and that is told by its exit.
        if (this.#state.name === 'idle' || this.#state.name === 'busy') this.#dispatch({ type: 'hangUp' });
      },
      answer: answer => this.#answer(answer),
      stream: (requestId, contentType) =>
        this.#state.name === 'busy' && this.#state.phase === 'running'
          ? openStream(this.#held, requestId, contentType, this.#spec.version, this.#ports.clock)
          : undefined,
      // The end of the process cuts its responses off as well, and is told right after.
      truncated: requestId =>
        this.#ports.clock.after(exitGraceMs, () => {
          if (requestId === this.requestId) this.#dispatch({ type: 'answer', ending: truncatedEnding() });
        }),
      initError: error => {
        const refusal = invalidState(this.#state, 'InitError');
        const accepted = this.#dispatch({ type: 'initError', error: { kind: 'initError', ...error } });
        return accepted ? { kind: 'accepted' } : refusal;
      },
      other: (request, reply) =>
        this.#attempt !== undefined && serveExtension(this.#attempt.extensions, request, reply),
      debuggerListening: port => this.#debugging?.listening(port) ?? false,
      failed: error => this.#ports.log.error(`The Runtime API of environment ${this.id} failed`, error),
      seen: userAgent => {
        this.#engineVersion ??= /^lambda-lens-(?:nodejs|python)\/(\S+)$/.exec(userAgent)?.[1];
      },
    });
  }

  /** An event is for the runtime and its extensions: it takes all of them to wait for it. */
  #next(poll: Poll): Verdict {
    const extensions = this.#attempt?.extensions;
    extensions?.close();
    if (extensions === undefined || extensions.isReady) return this.#polled(poll);
    if (stepEnvironment(this.#state, { type: 'poll' }) === undefined)
      return invalidState(this.#state, 'Ready');
    this.#early = poll;
    return { kind: 'accepted' };
  }

  #polled(poll: Poll): Verdict {
    const refusal = invalidState(this.#state, 'Ready');
    const earlier = this.#poll;
    this.#poll = poll;
    if (this.#state.name === 'initialising') {
      this.#memory.sample(Number.POSITIVE_INFINITY);
      const { init } = this.#state;
      const initMs = this.#attempt?.endInit() ?? 0;
      if (this.#held !== undefined && init === 'init') this.#held.initDurationMs = initMs;
      this.#journal.initialised(init, initMs);
    }
    if (this.#dispatch({ type: 'poll' })) return { kind: 'accepted' };
    this.#poll = earlier;
    return refusal;
  }

  #answer(answer: RuntimeAnswer): Verdict {
    if (this.#state.name !== 'busy' || this.#state.phase !== 'running') {
      return invalidState(
        this.#state,
        answer.kind === 'error' ? 'InvocationErrorResponse' : 'InvocationResponse',
      );
    }
    if (answer.requestId !== this.requestId) return { kind: 'invalidRequestId' };
    const ending = passOn(this.#held, endingOf(answer), answer.contentType, this.#spec.version);
    this.#dispatch({ type: 'answer', ending });
    this.#memory.sample(this.#held?.elapsedMs ?? 0, answer.maxMemoryKb);
    return { kind: 'accepted' };
  }

  #deliver(): void {
    const held = this.#held;
    const poll = this.#poll;
    if (held === undefined || poll === undefined)
      throw new Error(`Environment ${this.id} has nothing to deliver`);
    this.#poll = undefined;
    this.#journal.announce(held);
    held.begin();
    this.#timeout ??= this.#deadline(this.#spec.timeoutMs, 'timeout');
    const event = { ...held.assignment, deadlineMs: this.#timeout.at };
    this.#attempt?.extensions.invoke(event);
    poll.deliver(event);
  }

  #drain(): void {
    const held = this.#held;
    const drained = () => {
      // An exit in the meantime has completed the invocation.
      if (held !== undefined && held === this.#held) this.#dispatch({ type: 'drained' });
    };
    whenDrained(() => this.#journal.everWritten, drained);
  }

  #complete(ending: Ending): void {
    const held = this.#held;
    if (held === undefined) throw new Error(`Environment ${this.id} has nothing to complete`);
    this.#held = undefined;
    this.#timeout = undefined;
    this.#journal.announce(held);
    const reason = this.#stopReason;
    const told = ending.kind === 'stopped' && reason !== undefined ? { ...ending, reason } : ending;
    held.complete(told, this.#spec.timeoutMs, {
      log: this.#journal.end(held, ending, this.#memory.maxMb),
      maxMemoryUsedMb: this.#memory.maxMb,
      ...(this.#engineVersion === undefined ? {} : { engineVersion: this.#engineVersion }),
    });
  }

  async #release(): Promise<void> {
    this.#debugging?.close();
    // A listener that could not be opened has been told of by the failed start.
    const api = await this.#api?.catch(() => undefined);
    api?.close();
    await removeFolder(this.#spec.directory, this.#ports.log);
    this.#spec.released();
    this.#gone.resolve();
  }
}
