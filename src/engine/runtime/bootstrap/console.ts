import { format } from 'node:util';
import { writeLine } from './output.ts';

export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';

export interface LambdaConsole {
  /** The invocation that lines belong to from now on. */
  setRequestId(requestId: string): void;
  write(level: LogLevel, ...message: readonly unknown[]): void;
}

/**
 * Lambda's text format: time, request id, level and message, separated by tabs.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 *
 * @param noRequest stands where the request id does, as long as there is none
 */
export function lambdaConsole(
  noRequest: string,
  write: (line: string) => void = writeLine,
  now: () => Date = () => new Date(),
): LambdaConsole {
  let requestId = noRequest;
  return {
    setRequestId: id => {
      requestId = id;
    },
    write: (level, ...message) =>
      write(`${now().toISOString()}\t${requestId}\t${level}\t${format(...message)}\n`),
  };
}

/** Has the global console write through `log`. What it has no level for (`dir`, `table`) is left as it is. */
export function patchConsole(log: LambdaConsole, target: Console = console): void {
  const at =
    (level: LogLevel) =>
    (...message: unknown[]) =>
      log.write(level, ...message);
  Object.assign(target, {
    trace: at('TRACE'),
    debug: at('DEBUG'),
    info: at('INFO'),
    log: at('INFO'),
    warn: at('WARN'),
    error: at('ERROR'),
    fatal: at('FATAL'),
  });
}
