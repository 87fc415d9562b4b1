import type { Log } from '../shared/log.ts';

/** Writes lines with a time and a level; @param quiet leaves out what is below a warning. */
export function createStreamLog(stream: { write(text: string): unknown }, quiet: boolean): Log {
  const line = (level: string, message: string) =>
    stream.write(`${new Date().toISOString()} ${level} ${message}\n`);
  return {
    debug: message => {
      if (!quiet) line('DEBUG', message);
    },
    info: message => {
      if (!quiet) line('INFO', message);
    },
    warn: message => line('WARN', message),
    error: (message, error) =>
      line('ERROR', error instanceof Error ? `${message}\n${error.stack ?? error.message}` : message),
  };
}
