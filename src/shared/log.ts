/** Where a part of the program writes what a maintainer may want to read; never credentials or payloads. */
export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string, error?: unknown): void;
}
