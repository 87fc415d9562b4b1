import { ApiConnection } from './connection.ts';
import type { ErrorBody } from './errors.ts';

/** What the Runtime API hands out for an invocation. */
export interface Invocation {
  readonly requestId: string;
  /** Epoch milliseconds. */
  readonly deadlineMs: number;
  readonly invokedFunctionArn: string;
  readonly traceHeader?: string;
  /** JSON, as the following two. */
  readonly clientContext?: string;
  readonly identity?: string;
  readonly tenantId?: string;
  /** The event as JSON text. */
  readonly body: string;
}

export interface RuntimeClient {
  next(): Promise<Invocation>;
  /** Answers an invocation and asks for the next one. @param body JSON text */
  respond(requestId: string, body: string): Promise<Invocation>;
  /** The same with an error. */
  fail(requestId: string, error: ErrorBody): Promise<Invocation>;
  /** Tells on which port this process waits for a debugger. */
  debuggerListening(port: number): Promise<void>;
  /** An error that is the end of the process. */
  failForGood(requestId: string | undefined, error: ErrorBody): Promise<void>;
}

export const root = '/2018-06-01/runtime';

/** How this runtime names itself: the engine knows its connection by it, and the version of Node.js. */
const userAgent = `lambda-lens-nodejs/${process.versions.node}`;

/**
 * A client of the Runtime API.
 *
 * An answer and the question for the next event are one request, which the engine keeps open until there is an
 * event; Lambda's own runtimes need two, of which the second follows the first at once.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 *
 * @param address `host:port`
 */
export function createRuntimeClient(address: string): RuntimeClient {
  const connection = new ApiConnection(address);
  const post = async (
    path: string,
    body: string,
    headers: Readonly<Record<string, string>>,
    over = connection,
  ) => {
    const answer = await over.send(
      'POST',
      path,
      { 'Content-Type': 'application/json', 'User-Agent': userAgent, ...memoryHeader(), ...headers },
      body,
    );
    if (answer.status >= 500) process.exit(1);
    return answer;
  };
  const next = async () => {
    const { status, headers, body } = await connection.send('GET', `${root}/invocation/next`, {
      'User-Agent': userAgent,
    });
    if (status !== 200) process.exit(1);
    return invocationOf(headers, body);
  };
  const answer = async (path: string, body: string, headers: Readonly<Record<string, string>> = {}) => {
    const answered = await post(path, body, { ...headers, 'Lambda-Lens-Next': '1' });
    // An answer that was refused, because there was one already or because it was too large, has no event.
    return answered.status === 200 ? invocationOf(answered.headers, answered.body) : next();
  };
  return {
    next,
    respond: (requestId, body) => answer(`${root}/invocation/${requestId}/response`, body),
    fail: (requestId, error) =>
      answer(`${root}/invocation/${requestId}/error`, JSON.stringify(error), errorHeader(error)),
    debuggerListening: async port => {
      await post('/lambda-lens/debugger', String(port), {});
    },
    failForGood: async (requestId, error) => {
      const path = requestId === undefined ? `${root}/init/error` : `${root}/invocation/${requestId}/error`;
      // The other connection may be waiting for the next event.
      await post(path, JSON.stringify(error), errorHeader(error), new ApiConnection(address));
    },
  };
}

/** A header holds Latin-1 without control characters; an error's name can be anything. */
export function errorHeader(error: ErrorBody): Record<string, string> {
  return { 'Lambda-Runtime-Function-Error-Type': error.errorType.replace(/[^ -~]/g, '?') };
}

/** On Linux the engine reads the process's memory itself. */
export function memoryHeader(): Record<string, string> {
  return process.platform === 'linux'
    ? {}
    : { 'Lambda-Lens-Max-Memory-Kb': String(process.resourceUsage().maxRSS) };
}

function invocationOf(headers: Readonly<Record<string, string>>, body: string): Invocation {
  const traceHeader = headers['lambda-runtime-trace-id'];
  const clientContext = headers['lambda-runtime-client-context'];
  const identity = headers['lambda-runtime-cognito-identity'];
  const tenantId = headers['lambda-runtime-aws-tenant-id'];
  return {
    requestId: headers['lambda-runtime-aws-request-id'] ?? '',
    deadlineMs: Number(headers['lambda-runtime-deadline-ms']),
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'] ?? '',
    body,
    ...(traceHeader === undefined ? {} : { traceHeader }),
    ...(clientContext === undefined ? {} : { clientContext }),
    ...(identity === undefined ? {} : { identity }),
    ...(tenantId === undefined ? {} : { tenantId }),
  };
}
