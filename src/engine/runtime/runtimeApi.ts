import type { StreamedResponse } from './streamedResponse.ts';

/** The event as the runtime gets it. */
export interface RuntimeEvent {
  readonly requestId: string;
  /** Epoch milliseconds. */
  readonly deadlineMs: number;
  readonly invokedFunctionArn: string;
  readonly traceHeader: string;
  /** JSON. */
  readonly clientContext?: string;
  readonly payload: Uint8Array;
}

/** A runtime that waits for its next event. */
export interface Poll {
  /** Sends the event; the poll is used up. */
  deliver(event: RuntimeEvent): void;
}

/** What the runtime posted for an invocation. */
export interface RuntimeAnswer {
  readonly requestId: string;
  readonly kind: 'response' | 'error';
  /** Absent when it exceeded the limit. */
  readonly body: Uint8Array | undefined;
  /** Of a response that is streamed on, in bytes. */
  readonly limit?: number;
  /** What the runtime says that a response is. */
  readonly contentType?: string;
  /** What the runtime says of the error's type. */
  readonly errorType?: string;
  readonly maxMemoryKb?: number;
}

export type Verdict =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'invalidRequestId' }
  | { readonly kind: 'invalidState'; readonly from: string; readonly to: string };

/** A request to the Runtime API, read to its end. */
export interface RuntimeRequest {
  /** For example `GET /2018-06-01/runtime/invocation/next`. */
  readonly route: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly trailers: Readonly<Record<string, string | undefined>>;
  /** Absent when it exceeded the limit. */
  readonly body: Uint8Array | undefined;
  /** What the limit is, in bytes; absent: that of a response which is not streamed on. */
  readonly limit?: number;
}

/** Where its answer goes. */
export interface RuntimeReply {
  send(status: number, headers: Readonly<Record<string, string | number>>, body: Uint8Array): void;
  /** Calls back if the connection is closed before an answer was sent. */
  onAbandoned(callback: () => void): void;
}

/** What stands behind the API. */
export interface RuntimeApiHandlers {
  /** The runtime polls; `hungUp` is called if it closes the connection before it was served. */
  next(poll: Poll): Verdict;
  hungUp(poll: Poll): void;
  answer(answer: RuntimeAnswer): Verdict;
  /** A response begins that comes in pieces; undefined where it is to be read to its end, as others are. */
  stream(requestId: string, contentType: string): StreamedResponse | undefined;
  /** The runtime has cut off a response that had begun so. */
  truncated(requestId: string): void;
  initError(error: { readonly body: Uint8Array; readonly errorType: string }): Verdict;
  /** A bootstrap of ours waits for a debugger, on this port. False where nobody wants to debug. */
  debuggerListening(port: number): boolean;
  /** Serves what is no operation of the Runtime API; false where it is none of another API either. */
  other(request: RuntimeRequest, reply: RuntimeReply): boolean;
  /** Called with the User-Agent of every request. */
  seen(userAgent: string): void;
  /** A request could not be served because of an error of ours. */
  failed(error: unknown): void;
}
