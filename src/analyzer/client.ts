import { Worker } from 'node:worker_threads';
import type { Finding, RuleInfo, TextEdit } from '../model/finding.ts';
import type { ProjectModel } from '../model/functionDefinition.ts';
import type {
  CompleteHandlerRequest,
  HandlerCompletions,
  HandlerRepairs,
  OpenProject,
  OpenProjectRequest,
  RepairHandlerRequest,
} from '../model/templateRequests.ts';
import type { Clock } from '../shared/clock.ts';
import type { Disposable } from '../shared/disposable.ts';
import { UserError } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import { BackgroundRequests } from './background.ts';
import { CancellationFlags } from './cancellation.ts';
import { idleMs, step, type WorkerEffect, type WorkerEvent, type WorkerState } from './lifecycle.ts';
import type {
  AnalyzedFile,
  AnalyzeRequest,
  CheckRequest,
  ExplainRequest,
  Explanation,
  FileAnalysis,
  FindingsRequest,
  FoundInFile,
  HandlerLocation,
  LocateRequest,
  OperationName,
  Operations,
  Outcome,
  ProjectFindingsRequest,
  TemplateFindingsRequest,
  WorkerData,
  WorkerReply,
  WorkerRequest,
} from './protocol.ts';
import { workerLimits } from './workerLimits.ts';

/**
 * The worker thread as its caller sees it. The thread starts with the first request and again after it has
 * ended; a request that it was busy with when it ended is rejected with a UserError.
 */
export interface AnalyzerClient extends Disposable {
  /** The newest version wins: an unanswered request for the same file is cancelled. */
  analyze(request: AnalyzeRequest, signal?: AbortSignal): Promise<Outcome<AnalyzedFile>>;
  /** Undefined where there is nothing to say. */
  explain(request: ExplainRequest, signal?: AbortSignal): Promise<Outcome<Explanation | undefined>>;
  /** From now on the file is what the disk says, not what the editor said last. */
  closeFile(file: string): void;
  check(request: CheckRequest, signal?: AbortSignal): Promise<Outcome<readonly FileAnalysis[]>>;
  /** Waits until nothing else is asked, and gives way when something is: hints never wait for findings. */
  findings(request: FindingsRequest, signal?: AbortSignal): Promise<Outcome<FoundInFile>>;
  /** Waits and gives way like `findings`. By absolute path, every template that has findings. */
  templateFindings(
    request: TemplateFindingsRequest,
    signal?: AbortSignal,
  ): Promise<Outcome<ReadonlyMap<string, readonly Finding[]>>>;
  /** Waits and gives way like `findings`. By absolute path, every file that the handlers reach. */
  projectFindings(
    request: ProjectFindingsRequest,
    signal?: AbortSignal,
  ): Promise<Outcome<ReadonlyMap<string, readonly Finding[]>>>;
  /** Every safe fix of a file at once; the edits do not overlap. */
  fixAll(request: FindingsRequest, signal?: AbortSignal): Promise<Outcome<readonly TextEdit[]>>;
  /** Every rule, in the order of the alphabet. */
  rules(): Promise<Outcome<readonly RuleInfo[]>>;
  /** Rejects with the signal's reason when it is cancelled. */
  readProject(root: string, signal?: AbortSignal): Promise<ProjectModel>;
  /** The project with what editors show in the place of what the disk has. */
  readOpenProject(request: OpenProjectRequest): Promise<OpenProject>;
  /** One answer for each handler. */
  locateHandlers(request: LocateRequest, signal?: AbortSignal): Promise<Outcome<readonly HandlerLocation[]>>;
  /** Undefined where the position is in no handler. */
  completeHandler(
    request: CompleteHandlerRequest,
    signal?: AbortSignal,
  ): Promise<Outcome<HandlerCompletions | undefined>>;
  repairHandler(request: RepairHandlerRequest, signal?: AbortSignal): Promise<Outcome<HandlerRepairs>>;
}

export interface AnalyzerClientOptions {
  /** Absolute path of dist/analyzer.js. */
  readonly workerPath: string;
  /**
   * A folder, named after our version, for the worker's compiled code, with which it starts in half the time from the
   * second time on. Folders beside it are removed. Default: none.
   */
  readonly compileCache?: string;
  readonly log: Log;
  readonly clock: Clock;
  /** The heap at which the worker is ended; default 1024 MB. */
  readonly maxOldGenerationSizeMb?: number;
}

export function createAnalyzerClient(options: AnalyzerClientOptions): AnalyzerClient {
  return new ThreadClient(options);
}

interface Pending {
  readonly settle: (outcome: Outcome<unknown>) => void;
  readonly fail: (error: Error) => void;
}

class ThreadClient implements AnalyzerClient {
  readonly #options: AnalyzerClientOptions;
  readonly #pending = new Map<number, Pending>();
  /** The unanswered request of each open file. */
  readonly #analysing = new Map<string, number>();
  readonly #background = new BackgroundRequests();
  #state: WorkerState = { kind: 'stopped', crashes: [] };
  #worker: Worker | undefined;
  #flags = new CancellationFlags();
  #idle: Disposable | undefined;
  #refusal: Error | undefined;
  #lastError: Error | undefined;
  #lastId = 0;

  constructor(options: AnalyzerClientOptions) {
    this.#options = options;
  }

  async analyze(request: AnalyzeRequest, signal?: AbortSignal): Promise<Outcome<AnalyzedFile>> {
    const older = this.#analysing.get(request.file);
    if (older !== undefined) this.#cancel(older);
    const answer = this.#request('analyze', request, signal);
    const id = this.#lastId;
    this.#analysing.set(request.file, id);
    try {
      return await answer;
    } finally {
      if (this.#analysing.get(request.file) === id) this.#analysing.delete(request.file);
    }
  }

  explain(request: ExplainRequest, signal?: AbortSignal): Promise<Outcome<Explanation | undefined>> {
    return this.#request('explain', request, signal);
  }

  closeFile(file: string): void {
    this.#worker?.postMessage({ id: 0, operation: 'close', input: { file } } satisfies WorkerRequest);
  }

  check(request: CheckRequest, signal?: AbortSignal): Promise<Outcome<readonly FileAnalysis[]>> {
    return this.#request('check', request, signal);
  }

  findings(request: FindingsRequest, signal?: AbortSignal): Promise<Outcome<FoundInFile>> {
    return this.#background.run(given => this.#post('findings', request, given), signal);
  }

  templateFindings(
    request: TemplateFindingsRequest,
    signal?: AbortSignal,
  ): Promise<Outcome<ReadonlyMap<string, readonly Finding[]>>> {
    return this.#background.run(given => this.#post('templateFindings', request, given), signal);
  }

  projectFindings(
    request: ProjectFindingsRequest,
    signal?: AbortSignal,
  ): Promise<Outcome<ReadonlyMap<string, readonly Finding[]>>> {
    return this.#background.run(given => this.#post('projectFindings', request, given), signal);
  }

  fixAll(request: FindingsRequest, signal?: AbortSignal): Promise<Outcome<readonly TextEdit[]>> {
    return this.#request('fixAll', request, signal);
  }

  rules(): Promise<Outcome<readonly RuleInfo[]>> {
    return this.#request('rules', undefined, undefined);
  }

  async readProject(root: string, signal?: AbortSignal): Promise<ProjectModel> {
    const outcome = await this.#request('readProject', { root }, signal);
    if (outcome.kind === 'done') return outcome.value;
    throw signal?.reason ?? new Error('Reading the project was cancelled');
  }

  async readOpenProject(request: OpenProjectRequest): Promise<OpenProject> {
    const outcome = await this.#request('readOpenProject', request, undefined);
    if (outcome.kind === 'done') return outcome.value;
    throw new Error('Reading the project was cancelled');
  }

  locateHandlers(request: LocateRequest, signal?: AbortSignal): Promise<Outcome<readonly HandlerLocation[]>> {
    return this.#request('locateHandlers', request, signal);
  }

  completeHandler(
    request: CompleteHandlerRequest,
    signal?: AbortSignal,
  ): Promise<Outcome<HandlerCompletions | undefined>> {
    return this.#request('completeHandler', request, signal);
  }

  repairHandler(request: RepairHandlerRequest, signal?: AbortSignal): Promise<Outcome<HandlerRepairs>> {
    return this.#request('repairHandler', request, signal);
  }

  dispose(): void {
    if (this.#state.kind !== 'disposed') this.#step({ type: 'disposed' });
  }

  /** Ahead of everything in the background. */
  async #request<K extends OperationName>(
    operation: K,
    input: Operations[K]['input'],
    signal: AbortSignal | undefined,
  ): Promise<Outcome<Operations[K]['output']>> {
    this.#background.began();
    try {
      return await this.#post(operation, input, signal);
    } finally {
      this.#background.ended();
    }
  }

  #post<K extends OperationName>(
    operation: K,
    input: Operations[K]['input'],
    signal: AbortSignal | undefined,
  ): Promise<Outcome<Operations[K]['output']>> {
    if (signal?.aborted) return Promise.resolve({ kind: 'cancelled' });
    if (this.#state.kind === 'disposed') return Promise.reject(new Error('The analyzer has been disposed'));
    this.#refusal = undefined;
    this.#step({ type: 'requested', at: this.#options.clock.now() });
    const worker = this.#worker;
    if (this.#refusal || !worker) return Promise.reject(this.#refusal ?? new Error('No worker was started'));
    const id = this.#nextId();
    return new Promise((resolve, reject) => {
      const abort = () => this.#cancel(id);
      const finish = (settle: () => void) => {
        this.#pending.delete(id);
        signal?.removeEventListener('abort', abort);
        settle();
      };
      this.#pending.set(id, {
        settle: outcome => finish(() => resolve(outcome as Outcome<Operations[K]['output']>)),
        fail: error => finish(() => reject(error)),
      });
      signal?.addEventListener('abort', abort, { once: true });
      worker.postMessage({ id, operation, input } as WorkerRequest);
    });
  }

  /** The worker may be too busy to be told; it looks at the flag. The caller is told at once. */
  #cancel(id: number): void {
    const pending = this.#pending.get(id);
    if (!pending) return;
    this.#flags.cancel(id);
    pending.settle({ kind: 'cancelled' });
    this.#step({ type: 'settled' });
  }

  #nextId(): number {
    this.#lastId = (this.#lastId % 0x7fff_ffff) + 1;
    return this.#lastId;
  }

  #step(event: WorkerEvent): void {
    const result = step(this.#state, event);
    if (!result) {
      this.#options.log.error(`The analyzer cannot be ${event.type} while it is ${this.#state.kind}`);
      return;
    }
    this.#state = result.next;
    for (const effect of result.effects) this.#apply(effect);
  }

  #apply(effect: WorkerEffect): void {
    switch (effect.type) {
      case 'start':
        this.#worker = this.#start();
        return;
      case 'terminate': {
        const worker = this.#worker;
        this.#worker = undefined;
        void worker?.terminate();
        return;
      }
      case 'waitForIdle':
        this.#worker?.unref();
        this.#idle = this.#options.clock.after(idleMs, () => this.#step({ type: 'idled' }));
        return;
      case 'stopWaiting':
        this.#worker?.ref();
        this.#idle?.dispose();
        this.#idle = undefined;
        return;
      case 'rejectPending': {
        const error = this.#endError();
        for (const pending of [...this.#pending.values()]) pending.fail(error);
        return;
      }
      case 'refuse':
        this.#refusal = new UserError(
          `Lambda Lens cannot analyse code: its analyzer keeps ending (${this.#lastError?.message ?? 'unknown reason'}). ` +
            `It will be tried again in ${Math.max(1, Math.ceil((effect.retryAt - this.#options.clock.now()) / 1000))} s; the log has details.`,
        );
        return;
    }
  }

  #start(): Worker {
    this.#flags = new CancellationFlags();
    this.#lastError = undefined;
    const { compileCache } = this.#options;
    const worker = new Worker(this.#options.workerPath, {
      workerData: { cancellations: this.#flags.buffer, compileCache } satisfies WorkerData,
      resourceLimits: {
        ...workerLimits,
        maxOldGenerationSizeMb: this.#options.maxOldGenerationSizeMb ?? workerLimits.maxOldGenerationSizeMb,
      },
      execArgv: [],
      ...(compileCache !== undefined && { env: { ...process.env, NODE_COMPILE_CACHE: compileCache } }),
    });
    worker.on('message', (reply: WorkerReply) => this.#receive(reply));
    worker.on('error', error => {
      if (this.#worker !== worker) return;
      this.#lastError = error instanceof Error ? error : new Error(String(error));
    });
    worker.on('exit', code => this.#exited(worker, code));
    return worker;
  }

  #receive(reply: WorkerReply): void {
    const pending = this.#pending.get(reply.id);
    if (!pending) return;
    if (reply.kind === 'done') pending.settle({ kind: 'done', value: reply.output });
    else if (reply.kind === 'cancelled') pending.settle({ kind: 'cancelled' });
    else pending.fail(reply.forUser ? new UserError(reply.message) : errorOf(reply));
    this.#step({ type: 'settled' });
  }

  #exited(worker: Worker, code: number): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#lastError ??= new Error(`it ended with code ${code}`);
    this.#options.log.error('The analyzer ended unexpectedly', this.#lastError);
    this.#step({ type: 'crashed', at: this.#options.clock.now() });
  }

  #endError(): Error {
    if (this.#state.kind === 'disposed') return new Error('The analyzer has been disposed');
    const memory =
      (this.#lastError as NodeJS.ErrnoException | undefined)?.code === 'ERR_WORKER_OUT_OF_MEMORY';
    return new UserError(
      memory
        ? 'Lambda Lens ran out of memory while it analysed code. It starts again with the next request.'
        : `Lambda Lens stopped analysing: ${this.#lastError?.message ?? 'its analyzer ended'}. It starts again with the next request; the log has details.`,
    );
  }
}

/** An error of the worker, with the worker's stack. */
function errorOf({ message, stack }: Extract<WorkerReply, { kind: 'failed' }>): Error {
  const error = new Error(message);
  if (stack !== '') error.stack = stack;
  return error;
}
