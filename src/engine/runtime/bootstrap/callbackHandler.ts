import { RuntimeError } from './errors.ts';
import type { Handler } from './handler.ts';
import type { HandlerResult } from './result.ts';

/**
 * Calls a handler as nodejs22.x and its predecessors do. The result is that of the promise which the handler
 * returns, else what it gives to the callback or to `context.done`, `succeed` or `fail`; a callback's result is
 * held back until the event loop is empty unless `callbackWaitsForEmptyEventLoop` is false.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 */
export function callCallbackHandler(
  handler: Handler,
  event: unknown,
  fields: Record<string, unknown>,
): Promise<HandlerResult> {
  return new Promise(resolve => {
    let settled = false;
    let waitForEmptyLoop = true;
    let whenEmpty = (): void => settle(abandoned(handler));
    const onBeforeExit = () => whenEmpty();
    process.on('beforeExit', onBeforeExit);
    const settle = (result: HandlerResult) => {
      process.off('beforeExit', onBeforeExit);
      resolve(result);
    };
    /** Only the first word counts. */
    const once =
      <Arguments extends readonly unknown[]>(act: (...given: Arguments) => void) =>
      (...given: Arguments) => {
        if (settled) return;
        settled = true;
        act(...given);
      };
    const done = once((error: unknown, value: unknown) => settle(resultOf(error, value)));
    const callback = once((error: unknown, value: unknown) => {
      const result = resultOf(error, value);
      if (!result.ok || !waitForEmptyLoop) settle(result);
      else whenEmpty = () => settle(result);
    });
    const context = {
      get callbackWaitsForEmptyEventLoop() {
        return waitForEmptyLoop;
      },
      set callbackWaitsForEmptyEventLoop(value: boolean) {
        waitForEmptyLoop = value;
      },
      succeed: (value: unknown) => done(null, value),
      fail: (error: unknown) => done(error ?? 'handled', null),
      done,
    };
    Object.assign(context, fields);
    try {
      const returned = handler(event, context, callback);
      if (isThenable(returned)) returned.then(context.succeed, context.fail);
    } catch (error) {
      callback(error, undefined);
    }
  });
}

/** From nodejs22.x on, a handler with a callback is told of its end. */
export function callbackWarning(
  handler: Handler,
  major: number,
  variables: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (major < 22 || handler.length !== 3 || isAsync(handler)) return undefined;
  if (variables.AWS_LAMBDA_NODEJS_DISABLE_CALLBACK_WARNING !== undefined) return undefined;
  return (
    'AWS Lambda plans to remove support for callback-based function handlers starting with Node.js 24. ' +
    'You will need to update this function to use an async handler to use Node.js 24 or later. ' +
    'For more information and to provide feedback on this change, see ' +
    'https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/issues/137. ' +
    'To disable this warning, set the AWS_LAMBDA_NODEJS_DISABLE_CALLBACK_WARNING environment variable.'
  );
}

/** Nothing is left to happen, and the handler has given no result. */
function abandoned(handler: Handler): HandlerResult {
  if (!isAsync(handler)) return { ok: true, value: null };
  return {
    ok: false,
    error: new RuntimeError(
      'Runtime.NodeJsExit',
      'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a ' +
        'Promise that was never settled. For more information, see ' +
        'https://nodejs.org/docs/latest/api/process.html#exit-codes',
    ),
  };
}

function resultOf(error: unknown, value: unknown): HandlerResult {
  return error === undefined || error === null ? { ok: true, value } : { ok: false, error };
}

function isAsync(handler: Handler): boolean {
  return handler.constructor.name === 'AsyncFunction';
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}
