/** What the Runtime API takes for an error; the key of the stack is `trace` on Node.js. */
export interface ErrorBody {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** An error that the runtime itself finds; its name is one of Lambda's `Runtime.*` types. */
export class RuntimeError extends Error {
  /** @param cause what the user's code threw: its stack is shown, because the runtime's tells nothing. */
  constructor(errorType: string, message: string, cause?: unknown) {
    super(message, { cause });
    Object.defineProperty(this, 'name', { value: errorType });
    this.stack = [`${errorType}: ${message}`, ...framesOf(cause ?? this)].join('\n');
  }
}

/** Any thrown value as Lambda reports it. */
export function errorBody(error: unknown): ErrorBody {
  try {
    if (isErrorLike(error)) {
      return {
        errorType: escaped(error.name),
        errorMessage: escaped(error.message),
        trace: escaped(error.stack ?? '').split('\n'),
      };
    }
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  } catch {
    // A getter of the thrown value throws.
    return {
      errorType: 'handled',
      errorMessage:
        'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
      trace: [],
    };
  }
}

/** The same for a line of the log: a tab, and JSON with the error's own properties. */
export function loggedError(thrown: unknown): string {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  try {
    return `\t${JSON.stringify(error, (_key, value: unknown) => (value instanceof Error ? spread(value) : value))}`;
  } catch {
    // Its properties cannot be written as JSON.
    return `\t${JSON.stringify(errorBody(error))}`;
  }
}

/** What a rejection that nobody handled is reported as. */
export function unhandledRejection(reason: unknown): RuntimeError {
  return new RuntimeError('Runtime.UnhandledPromiseRejection', String(reason), reason);
}

function spread(error: Error): Record<string, unknown> {
  return {
    errorType: error.name,
    errorMessage: error.message,
    code: (error as { code?: unknown }).code,
    ...error,
    ...(typeof error.stack === 'string' ? { stack: error.stack.split('\n') } : {}),
  };
}

function isErrorLike(value: unknown): value is Error {
  if (value instanceof Error) return true;
  const candidate = value as Partial<Error> | null | undefined;
  return (
    typeof candidate?.name === 'string' &&
    typeof candidate.message === 'string' &&
    typeof candidate.stack === 'string'
  );
}

/** The lines of a stack that name places; a syntax error has its own place in the first line only. */
function framesOf(error: unknown): string[] {
  const lines = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  const frames = lines.filter(line => /^\s+at /.test(line));
  const place = error instanceof SyntaxError ? /^(.+:\d+)$/.exec(lines[0] ?? '')?.[1] : undefined;
  return place === undefined ? frames : [`    at ${place}`, ...frames];
}

/** The Runtime API refuses DEL in what it is sent. */
function escaped(text: string): string {
  return text.replaceAll('\x7f', '%7F');
}
