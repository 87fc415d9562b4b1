import type { EnvironmentSettings } from '../../model/environmentSettings.ts';
import type { EnvironmentWish } from '../../model/environmentWish.ts';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
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

/** The part of the engine that owns functions, their code and their execution environments. */
export interface FunctionRuntime extends Invoker {
  /** The workspace's functions as they are now; what is unchanged keeps its warm environments. */
  update(definitions: readonly FunctionDefinition[]): void;
  /** The names that can be invoked. */
  names(): readonly string[];
  /** The running invocation of an environment, if there is one; for attributing AWS calls. */
  currentRequest(environmentId: string): string | undefined;
  /** Ends one environment; its invocation answers with the reason, which is for people. False: there is none. */
  end(environmentId: string, reason: string): boolean;
  /** Ends every environment and waits until its processes are gone. */
  stop(): Promise<void>;
}

export interface FunctionRuntimeOptions extends EnvironmentSettings {
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
