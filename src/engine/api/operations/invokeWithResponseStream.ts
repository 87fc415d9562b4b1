import { Readable } from 'node:stream';
import type {
  InvokeWithResponseStreamRequest,
  InvokeWithResponseStreamResponse,
} from '@aws-sdk/client-lambda';
import { errorTypeOf } from '../../invoke/functionErrors.ts';
import type { InvokeOutcome } from '../../invoke/invocation.ts';
import { ResponsePipe } from '../../invoke/responsePipe.ts';
import {
  eventStreamType,
  type InvokeComplete,
  invokeComplete,
  payloadChunk,
} from '../eventStreamMessages.ts';
import { failed, type InvokeDependencies, logTail, prepareInvocation } from './invoke.ts';
import { operation } from './operation.ts';

type Completed = Extract<InvokeOutcome, { kind: 'completed' }>;

/**
 * Answers as soon as the response begins, or the invocation has ended without one.
 * https://docs.aws.amazon.com/lambda/latest/api/API_InvokeWithResponseStream.html
 */
export function createInvokeWithResponseStream(dependencies: InvokeDependencies) {
  const { invoker, home, remember, forget } = dependencies;
  return operation<InvokeWithResponseStreamRequest, InvokeWithResponseStreamResponse>(
    async (input, context) => {
      const prepared = prepareInvocation(input, context, home, ['RequestResponse', 'DryRun']);
      if (prepared.kind === 'failed') return prepared;
      const { request } = prepared;
      if (input.InvocationType === 'DryRun') {
        const error = invoker.check(request.functionName, request.qualifier);
        return error ? failed(error) : { kind: 'answered', output: { StatusCode: 204 } };
      }
      remember(request.requestId, request.payload);
      const response = new ResponsePipe();
      const invocation = invoker.invoke({ ...request, response });
      void invocation.then(() => response.end());
      const first = await Promise.race([response.begun, invocation]);
      if ('kind' in first && first.kind === 'rejected') {
        forget(request.requestId);
        return failed(first.error);
      }
      const hasBegun = !('kind' in first);
      const body = Readable.from(
        messages(response.readable, invocation, outcome =>
          completion(outcome, hasBegun, input.LogType === 'Tail'),
        ),
      );
      // Also where nobody has begun to read.
      body.once('close', () => response.readable.destroy());
      return {
        kind: 'streaming',
        output: {
          StatusCode: 200,
          ExecutedVersion: first.executedVersion,
          ResponseStreamContentType: eventStreamType,
        },
        body,
      };
    },
  );
}

async function* messages(
  payload: Readable,
  invocation: Promise<InvokeOutcome>,
  completionOf: (outcome: InvokeOutcome) => InvokeComplete,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of payload as AsyncIterable<Buffer>) yield payloadChunk(chunk);
  yield invokeComplete(completionOf(await invocation));
}

/** @param hasBegun whether a part of the response may have been sent */
function completion(outcome: InvokeOutcome, hasBegun: boolean, wantsLog: boolean): InvokeComplete {
  if (outcome.kind === 'rejected') {
    const { name, body } = outcome.error;
    return { ErrorCode: name, ErrorDetails: String(body.message ?? body.Message ?? '') };
  }
  return {
    ...(outcome.functionError === undefined ? {} : errorOf(outcome, hasBegun)),
    ...(wantsLog ? { LogResult: logTail(outcome.log) } : {}),
  };
}

/** A process that ended on the way has left half a response, which AWS says without details. */
function errorOf({ payload }: Completed, hasBegun: boolean): InvokeComplete {
  const errorType = errorTypeOf(payload);
  if (hasBegun && (errorType === 'Runtime.ExitError' || errorType === truncated)) {
    return { ErrorCode: truncated };
  }
  return { ErrorCode: errorType ?? 'Unhandled', ErrorDetails: Buffer.from(payload).toString('utf8') };
}

const truncated = 'Runtime.TruncatedResponse';
