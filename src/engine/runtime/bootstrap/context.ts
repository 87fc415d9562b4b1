import type { Invocation } from './client.ts';

/**
 * What every handler's context holds; callbacks are added for the runtimes that have them.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 *
 * @param major the runtime's: the trace id is part of the context since nodejs24.x
 */
export function contextFields(
  invocation: Invocation,
  variables: Readonly<Record<string, string | undefined>>,
  major: number,
): Record<string, unknown> {
  return {
    clientContext: parsed(invocation.clientContext),
    identity: parsed(invocation.identity),
    invokedFunctionArn: invocation.invokedFunctionArn,
    awsRequestId: invocation.requestId,
    tenantId: invocation.tenantId,
    ...(major >= 24 ? { xRayTraceId: invocation.traceHeader } : {}),
    getRemainingTimeInMillis: () => invocation.deadlineMs - Date.now(),
    functionName: variables.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: variables.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: variables.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: variables.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: variables.AWS_LAMBDA_LOG_STREAM_NAME,
  };
}

function parsed(json: string | undefined): unknown {
  return json === undefined ? undefined : JSON.parse(json);
}
