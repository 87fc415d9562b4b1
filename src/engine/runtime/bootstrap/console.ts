import { format } from 'node:util';
import { loggedError } from './errors.ts';
import { jsonLine } from './jsonLog.ts';
import { writeLine } from './output.ts';

const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
export type LogLevel = (typeof levels)[number];

export interface LambdaConsole {
  /** The invocation that lines belong to from now on. */
  setRequestId(requestId: string): void;
  write(level: LogLevel, ...message: readonly unknown[]): void;
  /** What the runtime says of something that was thrown. */
  writeError(title: string, thrown: unknown): void;
  /** Whether lines of this level are written. */
  has(level: LogLevel): boolean;
}

export interface ConsoleOptions {
  /** Stands in the text format where the request id does, as long as there is none. */
  readonly noRequest: string;
  /** Lambda's AWS_LAMBDA_LOG_FORMAT. */
  readonly format?: string | undefined;
  /** Its AWS_LAMBDA_LOG_LEVEL: the least that is written; everything where there is none. */
  readonly level?: string | undefined;
}

/**
 * Lambda's text format: time, request id, level and message, separated by tabs; or its JSON format.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
export function lambdaConsole(
  options: ConsoleOptions,
  write: (line: string) => void = writeLine,
  now: () => Date = () => new Date(),
): LambdaConsole {
  const least = levels.indexOf(options.level as LogLevel);
  let requestId: string | undefined;
  const text = (level: LogLevel, message: readonly unknown[]) =>
    `${now().toISOString()}\t${requestId ?? options.noRequest}\t${level}\t${format(...message)}\n`;
  const json = (level: LogLevel, message: readonly unknown[]) =>
    jsonLine({ timestamp: now().toISOString(), level, requestId }, message);
  const isJson = options.format === 'JSON';
  const line = isJson ? json : text;
  return {
    setRequestId: id => {
      requestId = id;
    },
    has: level => levels.indexOf(level) >= least,
    write: (level, ...message) => write(line(level, message)),
    writeError: (title, thrown) =>
      write(
        isJson
          ? json('ERROR', [title, thrown instanceof Error ? thrown : new Error(String(thrown))])
          : text('ERROR', [title, loggedError(thrown)]),
      ),
  };
}

/** Has the global console write through `log`. What it has no level for (`dir`, `table`) is left as it is. */
export function patchConsole(log: LambdaConsole, target: Console = console): void {
  const at =
    (level: LogLevel) =>
    (...message: unknown[]) => {
      if (log.has(level)) log.write(level, ...message);
    };
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
