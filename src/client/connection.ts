import type { EngineAttachment } from '../model/engineAttachment.ts';
import type { EngineEvent, InvocationRecord } from '../model/engineEvent.ts';
import type { EnvironmentSettings } from '../model/environmentSettings.ts';
import type { EnvironmentWish } from '../model/environmentWish.ts';
import type { HttpAddress } from '../model/httpAddress.ts';
import type { SavedFunction } from '../model/savedFunction.ts';
import type { InvocationRequest, InvocationResult, Target } from '../model/target.ts';
import type { VariableFiles } from '../model/variableFiles.ts';
import type { Disposable } from '../shared/disposable.ts';
import type { Log } from '../shared/log.ts';

/** How to find, or else start, the engine of a workspace folder. */
export interface ConnectOptions {
  /** The workspace folder; resolved to its real path. */
  readonly root: string;
  /** Where the engine keeps its state if it has to be started. */
  readonly stateDirectory: string;
  /** The folder with engine.js, watchdog.js and the bootstraps. */
  readonly distDirectory: string;
  /** What is passed on to an engine that has to be started. */
  readonly engine: {
    readonly region: string;
    readonly accountId: string;
    readonly nodePath?: string;
    readonly environments?: Partial<EnvironmentSettings>;
    /** How many seconds of waiting pass in one. */
    readonly timeScale?: number;
    /** Where calls to services go, by signing name; see docs/services.md. */
    readonly services?: Readonly<Record<string, string>>;
    readonly variables?: VariableFiles;
    readonly http?: { readonly jwksFile?: string };
    /** How long it outlives its last client; 30 seconds unless stated. */
    readonly leaseGraceMs?: number;
  };
  readonly log: Log;
  readonly signal?: AbortSignal;
}

/** A lease on a running engine: the engine lives at least as long as one of these. */
export interface EngineConnection extends Disposable {
  readonly attachment: EngineAttachment;
  /** Fires once when the engine has ended or can no longer be reached. */
  readonly onDidClose: (listener: (reason: string) => void) => Disposable;
  /** The engine as what any Lambda service is. */
  readonly target: Target;
  invoke(request: InvokeParameters): Promise<InvokeResult>;
  /** The names that can be invoked. */
  functions(): Promise<readonly string[]>;
  /** Where the APIs and function URLs of the workspace answer. */
  httpAddresses(): Promise<readonly HttpAddress[]>;
  /** Newest first. */
  invocations(functionName: string): Promise<readonly InvocationRecord[]>;
  /** The payload of an invocation, as long as the engine keeps it. */
  event(functionName: string, requestId: string): Promise<string | undefined>;
  /** The payload of the last invocation of a function, if the engine remembers one. */
  lastEvent(functionName: string): Promise<string | undefined>;
  /**
   * Every event after `lastEventId` (default: from now on), resuming over broken connections. Where events
   * were missed that the engine no longer knows, `onDidReset` is called: read again what you show.
   *
   * @param onDidOpen called when no event will be missed from now on
   */
  events(
    listener: (event: EngineEvent) => void,
    lastEventId?: number,
    onDidReset?: () => void,
    onDidOpen?: () => void,
  ): Disposable;
  /**
   * Takes what was saved for the new `$LATEST` of the functions that the file is part of.
   *
   * @param file an absolute path
   */
  saved(file: string): Promise<readonly SavedFunction[]>;
  /** Asks the engine what AWS has no API for; see src/engine/api/lensRoutes.ts. Throws a UserError unless it answers 200. */
  lens<T>(
    method: 'GET' | 'POST',
    path: `/_lens/${string}`,
    query?: Readonly<Record<string, string>>,
  ): Promise<T>;
  /** Ends an execution environment; its invocation fails with the reason. */
  endEnvironment(environmentId: string, reason: string): Promise<void>;
  /** Drains and ends the engine for every client. */
  shutDown(): Promise<void>;
}

export interface InvokeParameters extends InvocationRequest {
  /** Absent: one that is idle, or else a new one. */
  readonly environment?: EnvironmentWish;
  readonly signal?: AbortSignal;
}

/** An error of the API (404, 429, ...) is thrown as a UserError that says what to do. */
export type InvokeResult = InvocationResult;
