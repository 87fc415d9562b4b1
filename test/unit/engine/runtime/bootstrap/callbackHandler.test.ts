import assert from 'node:assert/strict';
import {
  callbackWarning,
  callCallbackHandler,
} from '../../../../../src/engine/runtime/bootstrap/callbackHandler.ts';
import type { Handler } from '../../../../../src/engine/runtime/bootstrap/handler.ts';

type Callback = (error: unknown, value?: unknown) => void;
interface Context {
  callbackWaitsForEmptyEventLoop: boolean;
  done: Callback;
  succeed(value: unknown): void;
  fail(error?: unknown): void;
}
/** A handler as users write it, with what it is given typed. */
type Written = (event: unknown, context: Context, callback: Callback) => unknown;

suite('handlers of nodejs22.x and before', () => {
  const call = (handler: Written) =>
    callCallbackHandler(handler as Handler, { a: 1 }, { awsRequestId: 'r-1' });
  const boom = new Error('boom');

  const cases: readonly (readonly [string, Written, { ok: boolean; value?: unknown; error?: unknown }])[] = [
    ['a promise answers', async () => 'yes', { ok: true, value: 'yes' }],
    ['a rejected promise fails', async () => Promise.reject(boom), { ok: false, error: boom }],
    [
      'a thrown error fails',
      () => {
        throw boom;
      },
      { ok: false, error: boom },
    ],
    ['context.done answers', (_event, context) => context.done(null, 1), { ok: true, value: 1 }],
    ['context.succeed answers', (_event, context) => context.succeed(2), { ok: true, value: 2 }],
    ['context.fail fails', (_event, context) => context.fail(boom), { ok: false, error: boom }],
    [
      'context.fail without a reason fails',
      (_event, context) => context.fail(),
      { ok: false, error: 'handled' },
    ],
    [
      'a callback with an error fails',
      (_event, _context, callback) => callback(boom),
      { ok: false, error: boom },
    ],
    [
      'a callback answers at once if told not to wait',
      (_event, context, callback) => {
        context.callbackWaitsForEmptyEventLoop = false;
        callback(null, 3);
      },
      { ok: true, value: 3 },
    ],
    [
      'only the first word counts',
      (_event, context) => {
        context.succeed('first');
        context.fail(boom);
        return Promise.reject(boom);
      },
      { ok: true, value: 'first' },
    ],
  ];
  for (const [title, handler, expected] of cases) {
    test(title, async () => assert.deepEqual(await call(handler), expected));
  }

  test('a handler with a callback is warned of Node.js 24, once it runs on 22', () => {
    const handler: Handler = (_event, _context, _callback) => {};
    assert.match(
      callbackWarning(handler, 22, {}) ?? '',
      /^AWS Lambda plans to remove support for callback-based/,
    );
    assert.equal(callbackWarning(handler, 20, {}), undefined);
    assert.equal(
      callbackWarning(handler, 22, { AWS_LAMBDA_NODEJS_DISABLE_CALLBACK_WARNING: '1' }),
      undefined,
    );
    assert.equal(
      callbackWarning(async (_event, _context, _callback) => {}, 22, {}),
      undefined,
    );
    assert.equal(
      callbackWarning((_event, _context) => {}, 22, {}),
      undefined,
    );
  });
});
