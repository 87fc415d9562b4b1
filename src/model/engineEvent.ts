import type { WaitClockState } from './waitClock.ts';

/**
 * What the engine tells the views, in order. Every event has an id that grows by one; a client that was
 * away resumes from the last id that it saw.
 */
export type EngineEvent = EngineEventBody & {
  readonly id: number;
  /** Epoch milliseconds. */
  readonly at: number;
};

export type EngineEventBody =
  | { readonly type: 'functionsChanged'; readonly functions: readonly string[] }
  /** Versions, aliases or settings of a function are others than they were. */
  | { readonly type: 'versionsChanged'; readonly functionName: string }
  /**
   * The API has put code or configuration in `$LATEST`, and the workspace has changed since: which of them counts is
   * to be asked. Until then it is the API's.
   */
  | { readonly type: 'latestContested'; readonly functionName: string }
  | { readonly type: 'buildFailed'; readonly functionName: string; readonly message: string }
  | {
      readonly type: 'environmentChanged';
      readonly environmentId: string;
      readonly functionName: string;
      readonly version: string;
      readonly state: EnvironmentStateName;
    }
  | {
      readonly type: 'invocationStarted';
      readonly requestId: string;
      readonly functionName: string;
      readonly qualifier: string;
    }
  | ({ readonly type: 'invocationEnded' } & InvocationRecord)
  | AsyncEventChanged
  | MappingEvent
  /** Somebody has scaled, paused or moved the clock that waits go by. */
  | ({ readonly type: 'waitClockChanged' } & Omit<WaitClockState, 'at'>)
  | AwsCallEvent
  | DebuggerListeningEvent
  /** Other routes or function URLs are served, or the same ones elsewhere. */
  | { readonly type: 'httpAddressesChanged' }
  | HttpRequestEvent;

export type EnvironmentStateName =
  | 'starting'
  | 'initialising'
  | 'idle'
  | 'busy'
  | 'resetting'
  | 'stopping'
  | 'gone';

/** How one invocation went; kept in the store and shown in the history. */
export interface InvocationRecord {
  readonly requestId: string;
  readonly functionName: string;
  /** As the caller gave it; `$LATEST` when the caller gave none. */
  readonly qualifier: string;
  readonly executedVersion: string;
  readonly environmentId: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** Present on a cold start only. */
  readonly initDurationMs?: number;
  readonly maxMemoryUsedMb: number;
  readonly status: 'success' | 'error' | 'timeout';
  /** The error's type, when the status is not `success`. */
  readonly errorType?: string;
}

/** An asynchronous event has come further; its invocations are told of like all others, with the same request id. */
export interface AsyncEventChanged {
  readonly type: 'asyncEventChanged';
  readonly requestId: string;
  readonly functionName: string;
  /** As the caller gave it; `$LATEST` when the caller gave none. */
  readonly qualifier: string;
  readonly change: AsyncEventChange;
}

/** Times are epoch milliseconds of the clock of waits; see WaitClockState. */
export type AsyncEventChange =
  | { readonly kind: 'queued' }
  | {
      readonly kind: 'waits';
      /** An error of the function counts as an attempt; what turned the event away does not. */
      readonly after: 'error' | 'refusal';
      readonly reason: string;
      readonly dueAt: number;
    }
  | {
      readonly kind: 'ended';
      readonly condition: 'Success' | 'RetriesExhausted' | 'EventAgeExceeded' | 'ZeroReservedConcurrency';
      readonly invokeCount: number;
    }
  | {
      readonly kind: 'delivered';
      readonly as: 'deadLetter' | 'onFailure' | 'onSuccess';
      readonly targetArn: string;
    }
  | {
      readonly kind: 'notDelivered';
      readonly as: 'deadLetter' | 'onFailure' | 'onSuccess';
      readonly targetArn: string;
      readonly reason: string;
      /** When it is tried again; absent: it is lost, as on Lambda. */
      readonly dueAt?: number;
    };

/** Something has become of an event source mapping, or of what it has read. */
export type MappingEvent =
  /** It was made, changed, deleted, or is in another state. */
  | { readonly type: 'mappingChanged'; readonly uuid: string; readonly functionName: string }
  /** Records that no filter wants: the function does not get them, and the source keeps them no longer. */
  | {
      readonly type: 'recordsFiltered';
      readonly uuid: string;
      readonly functionName: string;
      /** Message ids or sequence numbers. */
      readonly ids: readonly string[];
    }
  /** Records of a stream that are not tried any more. */
  | {
      readonly type: 'recordsDiscarded';
      readonly uuid: string;
      readonly functionName: string;
      readonly condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
      /** Sequence numbers. */
      readonly ids: readonly string[];
      /** The destination for failures. */
      readonly targetArn?: string;
      /** Why it was not told. */
      readonly fault?: string;
    }
  | BatchHandledEvent;

/** A function was invoked with a batch. */
export interface BatchHandledEvent {
  readonly type: 'batchHandled';
  readonly uuid: string;
  readonly functionName: string;
  readonly sourceArn: string;
  readonly requestId: string;
  /** Of a stream. */
  readonly shardId?: string;
  /** How many records the last request to a queue had brought, before filters. */
  readonly read?: number;
  /** How often a stream's records have failed before. */
  readonly attempts?: number;
  /** Why nothing was added to the batch any more. */
  readonly closed: 'size' | 'bytes' | 'window';
  readonly outcome: 'processed' | 'partial' | 'failed' | 'throttled';
  /** Why the batch counts as failed, or did not run. */
  readonly reason?: string;
  /** Message ids or sequence numbers. */
  readonly processed: readonly string[];
  readonly failed: readonly string[];
}

/** The process of an environment waits for a debugger, before it loads the code of its function. */
export interface DebuggerListeningEvent {
  readonly type: 'debuggerListening';
  readonly environmentId: string;
  readonly functionName: string;
  readonly version: string;
  /** What the client called itself that asked for it. */
  readonly client: string;
  /** On 127.0.0.1; stays the same for the next process of the environment. */
  readonly port: number;
  /** Absolute path of the folder of the code that runs. */
  readonly codeDirectory: string;
}

/** A call that a handler made to an AWS service through the engine's endpoint. */
export interface AwsCallEvent {
  readonly type: 'awsCall';
  /** The signing name in the credential scope, for example `sqs`. */
  readonly service: string;
  /** The operation, for example `SendMessage`; `Unknown` where the request does not tell. */
  readonly action: string;
  /** The environment whose credentials signed the call. */
  readonly environmentId: string;
  readonly functionName: string;
  /** The invocation that was running there; absent during init. */
  readonly requestId?: string;
  readonly statusCode: number;
  readonly durationMs: number;
}

/** A request to an API or to a function URL that was answered. */
export interface HttpRequestEvent {
  readonly type: 'httpRequest';
  readonly kind: 'restApi' | 'httpApi' | 'functionUrl';
  /** Of the API; of a function URL, the function's. */
  readonly name: string;
  readonly method: string;
  /** As the client has sent it, without the query. */
  readonly path: string;
  /** Of the route, for example `/orders/{orderId}`. */
  readonly resourcePath: string;
  readonly statusCode: number;
  readonly durationMs: number;
  /** The function that was invoked, if one was. */
  readonly functionName?: string;
  /** Its invocation. */
  readonly requestId?: string;
  /** Why the client did not get what the function meant to answer, or was not let through. */
  readonly problem?: string;
}
