import type { Readable } from 'node:stream';
import type { ServiceError } from '../../invoke/invocation.ts';
import type { Members } from '../binding.ts';
import type { HttpHead } from '../http.ts';

/** What an operation may need besides the members of its input. */
export interface OperationContext {
  /** Sent back as `x-amzn-RequestId`; for an invocation also its request id. */
  readonly requestId: string;
  readonly headers: HttpHead['headers'];
}

export type OperationResult<Output> =
  | { readonly kind: 'answered'; readonly output: Output }
  /** The members of the head; the body is yet to come. */
  | { readonly kind: 'streaming'; readonly output: Output; readonly body: Readable }
  | { readonly kind: 'failed'; readonly error: ServiceError };

/** The behaviour of one operation: how its members travel is the schema's business. */
export type OperationHandler = (
  input: Members,
  context: OperationContext,
) => Promise<OperationResult<Members>>;

/** Gives a handler the types of the members that the operation's schema produces. */
export function operation<Input, Output extends object>(
  handle: (input: Input, context: OperationContext) => Promise<OperationResult<Output>>,
): OperationHandler {
  return async (input, context) => (await handle(input as Input, context)) as OperationResult<Members>;
}
