import assert from 'node:assert/strict';
import type { Invocation } from '../../../../../src/engine/runtime/bootstrap/client.ts';
import { contextFields } from '../../../../../src/engine/runtime/bootstrap/context.ts';

const invocation: Invocation = {
  requestId: 'r-1',
  deadlineMs: 2000,
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:orders:live',
  traceHeader: 'Root=1;Parent=2;Sampled=0',
  clientContext: '{"custom":{"a":1}}',
  body: '{}',
};
const variables = {
  AWS_LAMBDA_FUNCTION_NAME: 'orders',
  AWS_LAMBDA_FUNCTION_VERSION: '7',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
  AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/orders',
  AWS_LAMBDA_LOG_STREAM_NAME: '2026/11/23/[7]00',
};

suite("the handler's context", () => {
  test('of nodejs24.x has these members in this order', () => {
    const fields = contextFields(invocation, variables, 24);
    const { getRemainingTimeInMillis, ...rest } = fields;
    assert.equal(typeof getRemainingTimeInMillis, 'function');
    assert.deepEqual(Object.keys(fields), [
      'clientContext',
      'identity',
      'invokedFunctionArn',
      'awsRequestId',
      'tenantId',
      'xRayTraceId',
      'getRemainingTimeInMillis',
      'functionName',
      'functionVersion',
      'memoryLimitInMB',
      'logGroupName',
      'logStreamName',
    ]);
    assert.deepEqual(rest, {
      clientContext: { custom: { a: 1 } },
      identity: undefined,
      invokedFunctionArn: invocation.invokedFunctionArn,
      awsRequestId: 'r-1',
      tenantId: undefined,
      xRayTraceId: invocation.traceHeader,
      functionName: 'orders',
      functionVersion: '7',
      memoryLimitInMB: '256',
      logGroupName: '/aws/lambda/orders',
      logStreamName: '2026/11/23/[7]00',
    });
  });

  test('of nodejs22.x has no trace id', () =>
    assert.ok(!('xRayTraceId' in contextFields(invocation, variables, 22))));
});
