/** What a running engine writes (mode 0600) for the windows and command lines that attach to it. */
export interface EngineAttachment {
  readonly pid: number;
  /** Epoch milliseconds at which the engine became ready. */
  readonly startedAt: number;
  /** For example `http://127.0.0.1:40123`. */
  readonly endpoint: string;
  readonly region: string;
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Identifies the build of Lambda Lens that runs; a client of another build replaces the engine. */
  readonly buildId: string;
  /** Real path of the workspace folder that is served. */
  readonly root: string;
  readonly stateDirectory: string;
}
