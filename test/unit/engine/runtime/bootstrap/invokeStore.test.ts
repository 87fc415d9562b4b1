import assert from 'node:assert/strict';
import { InvokeStore } from '../../../../../src/engine/runtime/bootstrap/invokeStore.ts';

const invocation = {
  requestId: 'r-1',
  deadlineMs: 0,
  invokedFunctionArn: '',
  traceHeader: 'Root=1-2-3',
  body: '{}',
};

suite('the store of an invocation', () => {
  test('tells what belongs to the invocation that runs', () => {
    const store = new InvokeStore();
    assert.deepEqual([store.hasContext(), store.getRequestId()], [false, '-']);
    const seen = store.runInvocation(invocation, () => [
      store.getRequestId(),
      store.getXRayTraceId(),
      store.getTenantId(),
      store.hasContext(),
    ]);
    assert.deepEqual(seen, ['r-1', 'Root=1-2-3', undefined, true]);
  });

  test('keeps the values of a handler until the next invocation', () => {
    const store = new InvokeStore();
    store.runInvocation(invocation, () => store.set('user', 1));
    assert.equal(store.get('user'), 1);
    store.runInvocation(invocation, () => assert.equal(store.get('user'), undefined));
  });

  test('does not let a handler change whose it is', () => {
    const store = new InvokeStore();
    assert.throws(() => store.set(Symbol.for('_AWS_LAMBDA_REQUEST_ID'), 'other'), {
      message: 'Cannot modify protected Lambda context field: Symbol(_AWS_LAMBDA_REQUEST_ID)',
    });
  });
});
