import type { Handler } from './handler.ts';
import type { HandlerResult } from './result.ts';

/**
 * Calls a handler as nodejs24.x does: what it returns, or what its promise settles with, is the result.
 * The result is held back for one turn of the event loop, in which a rejection that nobody handles ends the
 * process.
 */
export async function callAsyncHandler(
  handler: Handler,
  event: unknown,
  context: Record<string, unknown>,
): Promise<HandlerResult> {
  let result: HandlerResult;
  try {
    result = { ok: true, value: await handler(event, context) };
  } catch (error) {
    result = { ok: false, error };
  }
  await new Promise(resolve => setImmediate(resolve));
  return result;
}
