import type { InvocationRequest, InvocationResponse } from '@aws-sdk/client-lambda';
import { environmentHeader } from '../../../model/environmentWish.ts';
import { findJsonFault } from '../../../shared/jsonFault.ts';
import type { AsyncInvoker } from '../../invoke/async/asyncInvoker.ts';
import { parseEnvironmentWish } from '../../invoke/environmentWish.ts';
import type { InvokeRequest, Invoker, ServiceError } from '../../invoke/invocation.ts';
import { invalidParameterValue } from '../../invoke/serviceErrors.ts';
import {
  enumFailures,
  functionNameFailures,
  qualifierFailures,
  resolveFunctionName,
} from '../functionName.ts';
import { invalidRequestContent, requestTooLarge, unsupported, validation } from '../serviceErrors.ts';
import { type OperationContext, type OperationResult, operation } from './operation.ts';

export interface InvokeDependencies {
  readonly invoker: Invoker;
  readonly home: { readonly region: string; readonly accountId: string };
  /** Keeps the payload for the history of the invocation that is about to begin. */
  readonly remember: (requestId: string, payload: Uint8Array) => void;
  /** The invocation was not accepted after all. */
  readonly forget: (requestId: string) => void;
}

export interface AsyncDependencies {
  /** Settles when the event is safe. */
  readonly accept: AsyncInvoker['accept'];
}

/**
 * The largest request and response of a synchronous invocation: 6 MB and 100 bytes.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html#function-configuration-deployment-and-execution
 */
export const maxSynchronousPayload = 6_291_556;

/** 1 MB, since October 2025. Its source is that of the limit above. */
const maxAsynchronousPayload = 1_048_576;

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export function createInvoke({
  invoker,
  home,
  remember,
  forget,
  accept,
}: InvokeDependencies & AsyncDependencies) {
  return operation<InvocationRequest, InvocationResponse>(async (input, context) => {
    const prepared = prepareInvocation(input, context, home, ['Event', 'RequestResponse', 'DryRun']);
    if (prepared.kind === 'failed') return prepared;
    const { request } = prepared;
    if (input.InvocationType === 'DryRun') {
      const error = invoker.check(request.functionName, request.qualifier);
      return error ? failed(error) : { kind: 'answered', output: { StatusCode: 204 } };
    }
    if (input.InvocationType === 'Event') return acceptEvent(request, invoker, accept);
    remember(request.requestId, request.payload);
    const outcome = await invoker.invoke(request);
    if (outcome.kind === 'rejected') {
      forget(request.requestId);
      return failed(outcome.error);
    }
    return {
      kind: 'answered',
      output: {
        StatusCode: 200,
        Payload: new Uint8Array(outcome.payload),
        ExecutedVersion: outcome.executedVersion,
        ...(outcome.functionError ? { FunctionError: outcome.functionError } : {}),
        ...(input.LogType === 'Tail' ? { LogResult: logTail(outcome.log) } : {}),
      },
    };
  });
}

/**
 * Lambda answers before it runs anything, so that only a function that does not exist is refused. A client context
 * does not reach the function. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html
 */
async function acceptEvent(
  { requestId, functionName, qualifier, payload, traceHeader }: InvokeRequest,
  invoker: Invoker,
  accept: AsyncDependencies['accept'],
): Promise<OperationResult<InvocationResponse>> {
  const error = invoker.check(functionName, qualifier);
  if (error) return failed(error);
  if (payload.byteLength > maxAsynchronousPayload) {
    return failed(requestTooLarge(payload.byteLength, maxAsynchronousPayload, 'Invoke', 'Event'));
  }
  await accept({
    requestId,
    functionName,
    payload,
    ...(qualifier === undefined ? {} : { qualifier }),
    ...(traceHeader === undefined ? {} : { traceHeader }),
  });
  return { kind: 'answered', output: { StatusCode: 202 } };
}

type Input = Pick<
  InvocationRequest,
  | 'FunctionName'
  | 'Qualifier'
  | 'InvocationType'
  | 'LogType'
  | 'ClientContext'
  | 'Payload'
  | 'TenantId'
  | 'DurableExecutionName'
>;

type Prepared =
  | { readonly kind: 'ready'; readonly request: InvokeRequest }
  | { readonly kind: 'failed'; readonly error: ServiceError };

/** Everything that can be wrong with a request before a function is asked for, in AWS's order. */
export function prepareInvocation(
  input: Input,
  context: OperationContext,
  home: InvokeDependencies['home'],
  invocationTypes: readonly string[],
): Prepared {
  const failures = constraintFailures(input, invocationTypes);
  if (failures.length > 0) return failed(validation(failures));
  const refusal = unsupportedMember(input);
  if (refusal) return failed(refusal);
  const resolved = resolveFunctionName(input.FunctionName ?? '', input.Qualifier, home);
  if (resolved.kind === 'refused') return failed(resolved.error);
  const clientContext = readClientContext(input.ClientContext);
  if (clientContext.kind === 'failed') return clientContext;
  // An absent body reaches the handler as an empty object (recorded in test_runtime_introspection_x86).
  const payload = input.Payload ?? emptyObject;
  const fault = findJsonFault(payload);
  if (fault) {
    return failed(
      invalidRequestContent(
        `Could not parse request body into json: Could not parse payload into json: ${fault.message}\n at [Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); line: ${fault.line}, column: ${fault.column}]`,
      ),
    );
  }
  const wish = context.headers[environmentHeader];
  const environment = wish === undefined ? undefined : parseEnvironmentWish(wish);
  if (wish !== undefined && environment === undefined) {
    return failed(invalidParameterValue(`${environmentHeader} names no kind of environment: ${wish}`));
  }
  const traceHeader = context.headers['x-amzn-trace-id'];
  return {
    kind: 'ready',
    request: {
      requestId: context.requestId,
      ...resolved.reference,
      payload,
      ...(clientContext.json === undefined ? {} : { clientContext: clientContext.json }),
      ...(traceHeader === undefined ? {} : { traceHeader }),
      ...(environment === undefined ? {} : { environment }),
    },
  };
}

const emptyObject = new TextEncoder().encode('{}');

function constraintFailures(input: Input, invocationTypes: readonly string[]): readonly string[] {
  return [
    ...(input.Qualifier === undefined ? [] : qualifierFailures(input.Qualifier)),
    ...functionNameFailures(input.FunctionName ?? ''),
    ...(input.InvocationType === undefined
      ? []
      : enumFailures('invocationType', input.InvocationType, invocationTypes)),
    ...(input.LogType === undefined ? [] : enumFailures('logType', input.LogType, ['None', 'Tail'])),
  ];
}

function unsupportedMember(input: Input): ServiceError | undefined {
  if (input.TenantId !== undefined) {
    return unsupported('TenantId', 'is not answered: Lambda Lens does not isolate tenants.');
  }
  if (input.DurableExecutionName !== undefined) {
    return unsupported('DurableExecutionName', 'is not answered: Lambda Lens runs no durable functions.');
  }
  return undefined;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#lambda-Invoke-request-ClientContext */
function readClientContext(
  header: string | undefined,
): { readonly kind: 'read'; readonly json: string | undefined } | Extract<Prepared, { kind: 'failed' }> {
  if (header === undefined) return { kind: 'read', json: undefined };
  if (header.length > maxClientContext) {
    return failed(
      invalidRequestContent(
        `Client context must be at most ${maxClientContext} bytes of Base64; this one has ${header.length}.`,
      ),
    );
  }
  const json = Buffer.from(header, 'base64').toString('utf8');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(header) || !isJsonObject(json)) {
    return failed(invalidRequestContent('Client context must be a valid Base64-encoded JSON object.'));
  }
  return { kind: 'read', json };
}

const maxClientContext = 3_583;

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** `X-Amz-Log-Result` carries the last 4 KB of the log, cut at a byte. */
export function logTail(log: string): string {
  return Buffer.from(log, 'utf8').subarray(-4096).toString('base64');
}

export function failed(error: ServiceError): Extract<OperationResult<never>, { kind: 'failed' }> {
  return { kind: 'failed', error };
}
