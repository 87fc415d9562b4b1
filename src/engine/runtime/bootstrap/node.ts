// The runtime of Node.js functions: loads the handler, then asks the Runtime API for one event after the other.
// It is bundled alone (dist/bootstrap-node.js) and runs in the process of an execution environment.
import { callAsyncHandler } from './asyncHandler.ts';
import { callbackWarning, callCallbackHandler } from './callbackHandler.ts';
import { createRuntimeClient, type Invocation } from './client.ts';
import { lambdaConsole, patchConsole } from './console.ts';
import { contextFields } from './context.ts';
import { errorBody, RuntimeError, unhandledRejection } from './errors.ts';
import { type Handler, loadHandler } from './handler.ts';
import { InvokeStore } from './invokeStore.ts';
import { type BootstrapFolders, literalPaths } from './literalPaths.ts';
import { flushOutput, watchOutput } from './output.ts';
import { patchFs } from './patchFs.ts';
import { httpResponseStream, ResponseStream } from './responseStream.ts';
import type { HandlerResult } from './result.ts';
import {
  callStreamingHandler,
  type StreamingHandler,
  streamifyResponse,
  streamingOf,
} from './streamingHandler.ts';

const variables = process.env;
/** 24 for `AWS_Lambda_nodejs24.x`: the managed runtime whose ways are followed. */
const major = Number(/nodejs(\d+)/.exec(variables.AWS_EXECUTION_ENV ?? '')?.[1] ?? 24);
const runtimeApi = variables.AWS_LAMBDA_RUNTIME_API ?? '';
const client = createRuntimeClient(runtimeApi);
const invokeStore = new InvokeStore();
const log = lambdaConsole({
  noRequest: major >= 24 ? '-' : 'undefined',
  format: variables.AWS_LAMBDA_LOG_FORMAT,
  level: variables.AWS_LAMBDA_LOG_LEVEL,
});

void main();

/** The invocation that runs: what an error that nobody awaits belongs to. */
interface Current {
  requestId?: string;
  /** Its response, where that is streamed. */
  stream?: ResponseStream | undefined;
}

async function main(): Promise<void> {
  // The editor's own executable needs it to behave as Node.js; the handler's children must not inherit it.
  delete variables.ELECTRON_RUN_AS_NODE;
  const { debug } = useFolders();
  watchOutput();
  patchConsole(log);
  process.setSourceMapsEnabled(true);
  provideAwslambda();
  const current: Current = {};
  if (major < 24) reportUncaught(current);
  if (debug) await (await import('./debugger.ts')).waitForDebugger(client.debuggerListening);
  const handler = await initialise();
  let invocation = await client.next();
  for (;;) {
    current.requestId = invocation.requestId;
    current.stream = undefined;
    const running = invocation;
    invocation = await invokeStore.runInvocation(running, () => handle(handler, running, current));
  }
}

/** The folders are the engine's to say: an argument, which handlers are not to see. */
function useFolders(): Pick<BootstrapFolders, 'debug'> {
  const [argument] = process.argv.splice(2);
  if (argument === undefined) return { debug: false };
  const folders = JSON.parse(argument) as BootstrapFolders;
  const { LAMBDA_TASK_ROOT = '', LAMBDA_RUNTIME_DIR = '' } = variables;
  const own = [folders.tmp, LAMBDA_TASK_ROOT, LAMBDA_RUNTIME_DIR, process.cwd(), process.execPath];
  patchFs(literalPaths(folders, own), folders.tmp, folders.tmpBytes);
  return folders;
}

async function initialise(): Promise<Handler> {
  try {
    const handler = await loadHandler(variables.LAMBDA_TASK_ROOT ?? '', variables._HANDLER ?? '');
    if (streamingOf(handler) !== undefined) return handler;
    const warning = callbackWarning(handler, major, variables);
    if (major >= 24) refuseCallback(handler);
    else if (warning !== undefined) log.write('WARN', warning);
    return handler;
  } catch (error) {
    log.writeError(major >= 24 ? 'Init Error' : 'Uncaught Exception', error);
    await flushOutput();
    await client.failForGood(undefined, errorBody(error));
    process.exit(1);
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html */
function refuseCallback(handler: Handler): void {
  if (handler.length < 3) return;
  throw new RuntimeError(
    'Runtime.CallbackHandlerDeprecated',
    'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. ' +
      'You need to modify this function to use a supported handler signature to use Node.js 24 or later. ' +
      'For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
  );
}

/** Runs one invocation, answers it and waits for the next one. */
async function handle(handler: Handler, invocation: Invocation, current: Current): Promise<Invocation> {
  log.setRequestId(invocation.requestId);
  if (invocation.traceHeader === undefined) delete variables._X_AMZN_TRACE_ID;
  else variables._X_AMZN_TRACE_ID = invocation.traceHeader;
  const fields = contextFields(invocation, variables, major);
  const event: unknown = JSON.parse(invocation.body);
  const streaming = streamingOf(handler);
  if (streaming !== undefined) {
    const { requestId } = invocation;
    const { postInPieces } = await import('./postInPieces.ts');
    const { highWaterMark } = streaming;
    const stream = new ResponseStream(type => postInPieces(runtimeApi, requestId, type), highWaterMark);
    current.stream = stream;
    return handleStreaming(handler as unknown as StreamingHandler, stream, requestId, event, fields);
  }
  const result = serialised(
    major >= 24
      ? await callAsyncHandler(handler, event, fields)
      : await callCallbackHandler(handler, event, fields),
  );
  if (!result.ok) log.writeError('Invoke Error', result.error);
  await flushOutput();
  return result.ok
    ? client.respond(invocation.requestId, result.body)
    : client.fail(invocation.requestId, errorBody(result.error));
}

async function handleStreaming(
  handler: StreamingHandler,
  stream: ResponseStream,
  requestId: string,
  event: unknown,
  context: unknown,
): Promise<Invocation> {
  const result = await callStreamingHandler(handler, event, stream, context, message =>
    log.write('WARN', message),
  );
  if (result.ok) return client.next();
  log.writeError('Invoke Error', result.error);
  await flushOutput();
  const error = errorBody(result.error);
  return (await stream.fail(error)) ? client.next() : client.fail(requestId, error);
}

/** What Lambda's own runtime puts in the global scope. */
function provideAwslambda(): void {
  if (/^(?:1|true)$/.test(variables.AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA ?? '')) return;
  Object.assign(globalThis, {
    awslambda: { streamifyResponse, HttpResponseStream: httpResponseStream, InvokeStore: invokeStore },
  });
}

/** What JSON has no word for (`undefined`, a function) is answered as `null`. */
function serialised(
  result: HandlerResult,
): { readonly ok: true; readonly body: string } | { readonly ok: false; readonly error: unknown } {
  if (!result.ok) return result;
  try {
    return { ok: true, body: JSON.stringify(result.value) ?? 'null' };
  } catch {
    // A circular structure, a BigInt, a toJSON that throws.
    const error = new RuntimeError('Runtime.JSONStringifyError', 'Unable to stringify response body');
    return { ok: false, error };
  }
}

/** Up to nodejs22.x an error that nobody awaited is the invocation's answer, and then the process ends. */
function reportUncaught(current: Current): void {
  const report = async (title: string, error: unknown, exitCode: number) => {
    log.writeError(title, error);
    await flushOutput();
    const body = errorBody(error);
    if (!(await current.stream?.fail(body))) await client.failForGood(current.requestId, body);
    process.exit(exitCode);
  };
  process.on('uncaughtException', error => void report('Uncaught Exception', error, 129));
  process.on(
    'unhandledRejection',
    reason => void report('Unhandled Promise Rejection', unhandledRejection(reason), 128),
  );
}
