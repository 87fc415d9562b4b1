import type { ProcessLedger } from '../../ports.ts';
import { type Launch, type RuntimeProcess, startProcess } from '../spawner.ts';
import { crash, type ExtensionFailure } from './extensionFailure.ts';

/** An external extension as it is started. */
export interface ExtensionLaunch {
  /** The name that it has to register by. */
  readonly name: string;
  readonly launch: Launch;
  /** Whether its file may be run. */
  readonly isExecutable: boolean;
}

/** The process of an external extension. */
export class ExtensionProcess {
  readonly name: string;
  readonly gone: Promise<void>;
  readonly #process: RuntimeProcess;
  #isGone = false;

  /** @param exited is called once, unless it was never started */
  constructor(
    { name, launch }: ExtensionLaunch,
    ledger: ProcessLedger,
    output: (chunk: Uint8Array) => void,
    exited: (failure: ExtensionFailure) => void,
  ) {
    this.name = name;
    const gone = Promise.withResolvers<void>();
    this.gone = gone.promise;
    const end = (failure: ExtensionFailure) => {
      this.#isGone = true;
      gone.resolve();
      exited(failure);
    };
    this.#process = startProcess(launch, ledger, {
      spawned() {},
      failed: message => end({ errorType: 'Extension.LaunchError', message }),
      output,
      exited: (code, signal) => end(crash(code, signal)),
    });
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  /** The leader of its group. */
  get pid(): number | undefined {
    return this.#isGone ? undefined : this.#process.pid;
  }

  kill(): void {
    this.#process.kill();
  }

  freeze(): void {
    this.#process.freeze();
  }

  thaw(): void {
    this.#process.thaw();
  }
}
