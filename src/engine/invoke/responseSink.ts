/** What is known of a response before its first piece. */
export interface ResponseHead {
  /** What the runtime says that it is. */
  readonly contentType: string;
  /** The version that runs. */
  readonly executedVersion: string;
}

/** Takes a response in the pieces in which the runtime writes it; how it ended is told by the invocation's outcome. */
export interface ResponseSink {
  /** The response has begun. */
  begin(head: ResponseHead): void;
  /** @returns what is to be waited for before the next piece, if anything is */
  write(chunk: Uint8Array): Promise<void> | undefined;
}
