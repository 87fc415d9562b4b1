import type { EnvironmentSettings } from '../../model/environmentSettings.ts';
import type { EnvironmentWish } from '../../model/environmentWish.ts';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import type { Code } from '../functions/codeStore.ts';
import type { WorkspaceCode } from '../functions/workspaceBuilds.ts';
import type { ResponseSink } from './responseSink.ts';

/** One synchronous invocation as the API hands it over. */
export interface InvokeRequest {
  readonly requestId: string;
  readonly functionName: string;
  /** Absent: the unqualified function, which is `$LATEST`. */
  readonly qualifier?: string;
  /** The raw JSON bytes; an absent body is the caller's to replace by `{}`. */
  readonly payload: Uint8Array;
  /** The decoded JSON of `X-Amz-Client-Context`. */
  readonly clientContext?: string;
  /** The caller's `X-Amzn-Trace-Id`. */
  readonly traceHeader?: string;
  /** Gets the response as it is written: the payload of an outcome without an error is then empty. */
  readonly response?: ResponseSink;
  /** Absent: one that is idle, or else a new one. */
  readonly environment?: EnvironmentWish;
}

/** What became of it. A function error is a completed invocation: the API answers 200. */
export type InvokeOutcome =
  | {
      readonly kind: 'completed';
      readonly payload: Uint8Array;
      /** `Unhandled` in every recording of AWS (LocalStack snapshots, November 2025). */
      readonly functionError?: 'Unhandled';
      readonly executedVersion: string;
      /** Every log line of the invocation, from INIT_START (on a cold start) or START to REPORT. */
      readonly log: string;
      readonly environmentId: string;
      readonly coldStart: boolean;
      readonly durationMs: number;
      readonly initDurationMs?: number;
    }
  | { readonly kind: 'rejected'; readonly error: ServiceError };

/** An error of the Lambda API, as the wire carries it. */
export interface ServiceError {
  /** For example `ResourceNotFoundException`; sent as `x-amzn-ErrorType`. */
  readonly name: string;
  readonly status: number;
  /** The JSON body: its keys are cased differently from one exception to the next. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Invoker {
  /** Never rejects for anything that a caller or a handler can cause. */
  invoke(request: InvokeRequest): Promise<InvokeOutcome>;
  /** What `InvocationType: DryRun` asks: would it be accepted? Undefined when it would. */
  check(functionName: string, qualifier?: string): ServiceError | undefined;
}

/** What an invocation of a function runs. */
export type Located =
  /** The workspace's code as it is now. */
  | {
      readonly kind: 'workspace';
      /** An alias that follows `$LATEST` has environments of its own: they may be provisioned. */
      readonly followed?: true;
      /** The version that was published of that very code, which an alias that follows `$LATEST` then names. */
      readonly publishedAs?: { readonly version: string; readonly digest: string };
      /** What is kept of it from an earlier time, for when it does not build; undefined where nothing is. */
      lastGood?(): Extract<Located, { kind: 'stored' }> | undefined;
    }
  | {
      readonly kind: 'stored';
      readonly version: string;
      readonly definition: FunctionDefinition;
      /** Unpacks it where that has not been done. */
      code(): Promise<Code>;
    }
  | { readonly kind: 'refused'; readonly error: ServiceError };

export interface Reservation {
  readonly name: string;
  readonly reservedConcurrency?: number;
}

/** Which version a name and a qualifier lead to; what the runtime asks before each invocation. */
export interface DeployedFunctions {
  /**
   * An alias that leads to two versions is decided on each time.
   *
   * @param qualifier absent: the unqualified function
   */
  locate(functionName: string, qualifier: string | undefined): Located | Promise<Located>;
  /** What {@link locate} would refuse, as far as it can be told at once. */
  refusal(functionName: string, qualifier: string | undefined): ServiceError | undefined;
  /** Every function that reserves concurrency. */
  reservations(): Iterable<Reservation>;
}

/** How many of the environments that are to be kept are there. */
export interface ProvisionedStatus {
  /** Initialised, whether or not something runs in them. */
  readonly available: number;
  /** Those whose init has failed. */
  readonly failed: number;
}

/** What environments are kept for. */
export type ProvisionTarget = Pick<Extract<Located, { kind: 'stored' }>, 'version' | 'definition' | 'code'>;

/** Stands for a version where an alias follows `$LATEST`, whatever that is published as. */
export const followedGroup = 'followed';

/** The part of the engine that owns functions, their code and their execution environments. */
export interface FunctionRuntime extends Invoker {
  /** The workspace's functions as they are now; what is unchanged keeps its warm environments. */
  update(definitions: readonly FunctionDefinition[]): void;
  /** The names that can be invoked. */
  names(): readonly string[];
  /** The code of a function of the workspace as it is now, built; undefined when the workspace has none. */
  workspaceCode(functionName: string): Promise<WorkspaceCode | undefined>;
  /** The functions of the workspace that a file, by its absolute path, is part of, as far as that is known. */
  builtFrom(file: string): readonly string[];
  /** Ends the environments of a version as they become idle, and keeps none of it initialised any more. */
  retire(functionName: string, version: string): void;
  /**
   * Keeps as many environments initialised, from now on; those with other code are replaced.
   *
   * @param group the version, or {@link followedGroup}
   */
  provision(group: string, target: ProvisionTarget, count: number): Promise<void>;
  /** Keeps none of them initialised any more. */
  endProvision(functionName: string, group: string): void;
  /** How many of them there are. */
  provisioned(functionName: string, group: string): ProvisionedStatus;
  /** The running invocation of an environment, if there is one; for attributing AWS calls. */
  currentRequest(environmentId: string): string | undefined;
  /** Ends one environment; its invocation answers with the reason, which is for people. False: there is none. */
  end(environmentId: string, reason: string): boolean;
  /** Ends every environment and waits until its processes are gone. */
  stop(): Promise<void>;
}

export interface FunctionRuntimeOptions extends EnvironmentSettings {
  /** Which versions there are; absent: every function is its `$LATEST` as the workspace has it. */
  readonly deployed?: DeployedFunctions;
  /** Where the bundles are: bootstrap-node.js and bin/esbuild are read from here. */
  readonly distDirectory: string;
  /** Absolute path of a folder of the engine's own; builds and the environments' /tmp live below it. */
  readonly workDirectory: string;
  readonly region: string;
  readonly accountId: string;
  /** The endpoint that handlers get as AWS_ENDPOINT_URL, for example `http://127.0.0.1:40123`. */
  readonly endpoint: string;
  /** An executable for Node.js handlers that the user chose; absent: found as design and settings say. */
  readonly nodePath?: string;
}
