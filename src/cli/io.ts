/** What a command reads and writes. */
export interface CliIo {
  /** Machine output only. */
  readonly stdout: NodeJS.WritableStream;
  /** Everything else. */
  readonly stderr: NodeJS.WritableStream;
  readonly cwd: string;
  /** The folder with the bundles, absolute. */
  readonly distDirectory: string;
}
