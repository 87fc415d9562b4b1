import * as lambda from '@aws-sdk/client-lambda';
import type { StaticOperationSchema } from '@smithy/types';
import type { Log } from '../../shared/log.ts';
import { serviceException } from '../invoke/serviceErrors.ts';
import { type Binding, bindOperation } from './binding.ts';
import { WrongType } from './bodyTypes.ts';
import {
  type HttpHead,
  type HttpReply,
  type HttpRequest,
  type StreamedReply,
  streamedReply,
} from './http.ts';
import { maxSynchronousPayload } from './operations/invoke.ts';
import type { OperationHandler } from './operations/operation.ts';
import { deriveRoutes, operationName, type RouteTable } from './routes.ts';
import { errorReply, frontError, unsupported } from './serviceErrors.ts';

export interface LambdaService {
  /** The operation that a request asks for; undefined when its path is none of Lambda's. */
  operationOf(request: HttpHead): string | undefined;
  /** The most bytes that the body of a request may have. */
  bodyLimit(request: HttpHead): number;
  handle(request: HttpRequest, requestId: string): Promise<HttpReply | StreamedReply>;
}

/** Operations whose requests may bring an archive in base64. */
const withCode: ReadonlySet<string> = new Set([
  'CreateFunction',
  'PublishLayerVersion',
  'UpdateFunctionCode',
]);

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, with what base64 adds. */
const maxCodeRequest = 70_167_211;

/** @param handlers by operation name; every other operation of the model answers 501 by name. */
export function createLambdaService(
  handlers: Readonly<Record<string, OperationHandler>>,
  log: Log,
  routes: RouteTable = deriveRoutes(lambda),
): LambdaService {
  const bindings = new Map<string, Binding>();
  const bindingOf = (operation: StaticOperationSchema): Binding => {
    const name = operationName(operation);
    const binding = bindings.get(name) ?? bindOperation(operation);
    bindings.set(name, binding);
    return binding;
  };
  return {
    operationOf(request) {
      const match = routes.match(request);
      return match.kind === 'matched' ? operationName(match.operation) : undefined;
    },
    bodyLimit(request) {
      const match = routes.match(request);
      const brings = match.kind === 'matched' && withCode.has(operationName(match.operation));
      return brings ? maxCodeRequest : maxSynchronousPayload;
    },
    async handle(request, requestId) {
      const match = routes.match(request);
      if (match.kind === 'unmatched') {
        return errorReply(
          frontError(
            'UnknownOperationException',
            404,
            `${request.method} ${request.path} is no operation of AWS Lambda.`,
          ),
        );
      }
      const name = operationName(match.operation);
      const handler = handlers[name];
      if (!handler) {
        return errorReply(
          unsupported(
            name,
            'is an operation of AWS Lambda that this version of Lambda Lens does not answer.',
          ),
        );
      }
      try {
        const binding = bindingOf(match.operation);
        const input = await binding.readInput(request, match.labels);
        const result = await handler(input, { requestId, headers: request.headers });
        if (result.kind === 'failed') return errorReply(result.error);
        const reply = binding.writeOutput(result.output);
        return result.kind === 'streaming' ? streamedReply(reply, result.body) : reply;
      } catch (error) {
        if (error instanceof WrongType) {
          return errorReply(frontError('SerializationException', 400, error.message));
        }
        if (error instanceof SyntaxError) {
          return errorReply(
            frontError('SerializationException', 400, `The request body is no JSON: ${error.message}`),
          );
        }
        log.error(`${name} ${requestId} failed inside the engine`, error);
        return errorReply(serviceException(`${name} failed inside the engine; its log says why.`));
      }
    },
  };
}
