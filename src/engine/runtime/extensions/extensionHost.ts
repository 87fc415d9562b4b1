import type { Clock } from '../../../shared/clock.ts';
import type { Ids, ProcessLedger } from '../../ports.ts';
import type { PlatformLines } from '../platformLines.ts';
import type { RuntimeEvent } from '../runtimeApi.ts';
import { Extension } from './extension.ts';
import type { ExtensionApiHandlers, ExtensionIdentity } from './extensionApi.ts';
import type { ExtensionFailure } from './extensionFailure.ts';
import { maxExtensions } from './extensionFiles.ts';
import { type ExtensionLaunch, ExtensionProcess } from './extensionProcess.ts';
import type { Subscription } from './subscription.ts';
import { Telemetry } from './telemetry.ts';

export interface ExtensionHostOptions {
  readonly identity: ExtensionIdentity;
  readonly lines: PlatformLines;
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'uuid'>;
  readonly ledger: ProcessLedger;
}

export interface ExtensionObserver {
  /** All of them wait for their next event. */
  ready(): void;
  /** One of them is the end of the environment's processes; called once at most. */
  failed(failure: ExtensionFailure): void;
  output(chunk: Uint8Array): void;
  /** A line of the platform. */
  line(text: string): void;
}

export type ShutdownReason = 'spindown' | 'timeout' | 'failure';

/** The extensions beside one process of a runtime. */
export class ExtensionHost implements ExtensionApiHandlers {
  readonly identity: ExtensionIdentity;
  readonly telemetry: Telemetry;
  readonly #options: ExtensionHostOptions;
  readonly #observer: ExtensionObserver;
  readonly #extensions: Extension[] = [];
  readonly #allRegistered = Promise.withResolvers<void>();
  #processes: readonly ExtensionProcess[] = [];
  #isClosed = false;
  #hasFailed = false;
  #isEnding = false;

  constructor(options: ExtensionHostOptions, observer: ExtensionObserver) {
    this.identity = options.identity;
    this.telemetry = new Telemetry(options.clock);
    this.#options = options;
    this.#observer = observer;
  }

  /**
   * Starts the external extensions; settles when each of them has registered.
   *
   * @throws when one of them fails before that, of which the observer has heard
   */
  async start(launches: readonly ExtensionLaunch[]): Promise<void> {
    if (launches.length === 0 || this.#isEnding) return;
    for (const { name } of launches) {
      this.#extensions.push(new Extension(name, this.#options.ids.uuid(), true));
    }
    const unusable = launches.find(({ isExecutable }) => !isExecutable);
    if (launches.length > maxExtensions) this.#launchFailed(`${launches.length} extensions are too many`);
    else if (unusable) this.#launchFailed(`fork/exec /opt/extensions/${unusable.name}: permission denied`);
    else {
      this.#processes = launches.map(
        launch =>
          new ExtensionProcess(
            launch,
            this.#options.ledger,
            chunk => {
              this.#observer.output(chunk);
              this.telemetry.printed('extension', chunk);
            },
            failure => this.#fail(failure),
          ),
      );
    }
    await this.#allRegistered.promise;
  }

  /** How long its processes and the runtime's may take to end together. */
  get graceMs(): number {
    if (this.#extensions.length === 0) return 0;
    return this.#processes.length > 0 ? externalGraceMs : internalGraceMs;
  }

  /** Each of them waits for its next event. */
  get isReady(): boolean {
    return this.#extensions.every(extension => extension.isReady);
  }

  /** Process groups besides the runtime's. */
  get groups(): readonly number[] {
    return this.#processes.flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  }

  /** The runtime is initialised: nobody can join any more. */
  close(): void {
    this.#isClosed = true;
    if (this.isReady) this.telemetry.close();
  }

  admit(name: string): Extension | 'closed' | 'tooMany' {
    const external = this.#extensions.find(extension => extension.isExternal && extension.name === name);
    if (external) return external;
    if (this.#isClosed) return 'closed';
    if (this.#extensions.length >= maxExtensions) return 'tooMany';
    return new Extension(name, this.#options.ids.uuid(), false);
  }

  find(identifier: string): Extension | undefined {
    return this.#extensions.find(extension => extension.identifier === identifier);
  }

  registered(extension: Extension): void {
    if (!extension.isExternal) this.#extensions.push(extension);
    if (this.#extensions.every(({ isExternal, isRegistered }) => !isExternal || isRegistered)) {
      this.#allRegistered.resolve();
    }
  }

  ready(extension: Extension, isFirst: boolean): void {
    if (isFirst) {
      const { name, events } = extension;
      const { lines, clock } = this.#options;
      this.#observer.line(lines.extension(clock.now(), name, events));
      this.telemetry.platform('extension', { name, state: 'Ready', events });
    }
    if (!this.isReady) return;
    if (this.#isClosed) this.telemetry.close();
    this.#observer.ready();
  }

  failed({ name }: Extension, kind: 'InitError' | 'ExitError', errorType: string): void {
    this.#fail({ errorType: `Extension.${kind}`, message: `${name}: ${errorType}` });
  }

  subscribe({ name }: Extension, subscription: Subscription): 'accepted' | 'closed' {
    if (!this.telemetry.subscribe(subscription)) return 'closed';
    const { api, types } = subscription;
    const { lines, clock } = this.#options;
    this.#observer.line(lines.subscription(clock.now(), name, api, types));
    this.telemetry.platform(`${api}Subscription`, { name, state: 'Subscribed', types });
    return 'accepted';
  }

  /** Tells those that have asked for it of an invocation. */
  invoke({ deadlineMs, requestId, invokedFunctionArn, traceHeader }: RuntimeEvent): void {
    for (const extension of this.#extensions) {
      if (!extension.events.includes('INVOKE')) continue;
      extension.deliver({
        eventType: 'INVOKE',
        deadlineMs,
        requestId,
        invokedFunctionArn,
        tracing: { type: 'X-Amzn-Trace-Id', value: traceHeader },
      });
    }
  }

  freeze(): void {
    for (const process of this.#processes) process.freeze();
  }

  thaw(): void {
    for (const process of this.#processes) process.thaw();
  }

  /**
   * Ends what runs: those that have asked for it are told, and have until the deadline to end by themselves.
   * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-shutdown
   *
   * @param deadlineMs epoch milliseconds
   */
  async shutDown(shutdownReason: ShutdownReason, deadlineMs: number): Promise<void> {
    this.#isEnding = true;
    this.#allRegistered.reject(new Error('The environment ends'));
    this.#allRegistered.promise.catch(() => {});
    this.telemetry.flush();
    const { clock } = this.#options;
    const timer = clock.after(deadlineMs - clock.now(), () => {
      for (const process of this.#processes) process.kill();
    });
    for (const process of this.#processes) {
      process.thaw();
      const extension = this.#extensions.find(({ name, isExternal }) => isExternal && name === process.name);
      if (extension?.events.includes('SHUTDOWN')) {
        extension.deliver({ eventType: 'SHUTDOWN', shutdownReason, deadlineMs });
      } else process.kill();
    }
    await Promise.all(this.#processes.map(({ gone }) => gone));
    timer.dispose();
    this.telemetry.dispose();
  }

  #launchFailed(message: string): void {
    this.#fail({ errorType: 'Extension.LaunchError', message });
  }

  #fail(failure: ExtensionFailure): void {
    if (this.#hasFailed || this.#isEnding) return;
    this.#hasFailed = true;
    this.#observer.failed(failure);
    this.#allRegistered.reject(new Error(failure.message));
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-shutdown */
const externalGraceMs = 2_000;
const internalGraceMs = 500;
