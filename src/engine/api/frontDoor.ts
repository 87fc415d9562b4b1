import type { Clock } from '../../shared/clock.ts';
import { parseAuthorization, type SignatureClaim } from '../auth/authorization.ts';
import type { Verifier } from '../auth/verifier.ts';
import type { CodeLinks } from '../code/codeLinks.ts';
import type { FunctionRuntime } from '../invoke/invocation.ts';
import type { EventSink, Principal } from '../ports.ts';
import type { AwsServices } from '../services/awsServices.ts';
import { actionOf } from './awsAction.ts';
import type { HttpReply, HttpRequest, StreamedReply, StreamingReply } from './http.ts';
import type { RequestListener } from './httpServer.ts';
import type { LambdaService } from './lambdaService.ts';
import type { LensRoutes } from './lensRoutes.ts';
import { originRefusal } from './originGuard.ts';
import { entityTooLarge, errorInProtocolOf } from './otherServices.ts';
import { accessDenied, errorReply, frontError, requestTooLarge } from './serviceErrors.ts';

export interface FrontDoorParts {
  readonly port: number;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly verifier: Verifier;
  readonly lambda: LambdaService;
  readonly services: Pick<AwsServices, 'handle'>;
  readonly lens: LensRoutes;
  /** What can be downloaded by whoever knows its address. */
  readonly links: Pick<CodeLinks, 'answer'>;
  readonly events: EventSink;
  readonly runtime: Pick<FunctionRuntime, 'currentRequest'>;
}

export interface FrontDoor {
  readonly receive: RequestListener;
  /** From now on the user's requests are refused; those of running handlers are still answered. */
  drain(): void;
  /** Settles when no request to a service is under way. */
  whenIdle(): Promise<void>;
}

/** What every request passes: where it comes from, who signed it, which service it is for. */
export function createFrontDoor(parts: FrontDoorParts): FrontDoor {
  let isDraining = false;
  let underWay = 0;
  let idle: (() => void)[] = [];

  async function receive(
    ...[head, requestId, readBody]: Parameters<RequestListener>
  ): Promise<HttpReply | StreamingReply> {
    const refusal = originRefusal(head, parts.port);
    if (refusal) return errorReply(accessDenied(refusal));
    const download = parts.links.answer(head);
    if (download) return download;
    const authorization = parseAuthorization(head);
    if (authorization.kind === 'refused') return errorReply(authorization.error);
    const { claim } = authorization;
    const { service } = claim.scope;
    const limit = service === 'lambda' ? parts.lambda.bodyLimit(head) : maxServicePayload(service);
    const body = await readBody(limit);
    if (body.kind === 'tooLarge') {
      const error =
        service === 'lambda'
          ? requestTooLarge(body.byteLength, limit, parts.lambda.operationOf(head))
          : entityTooLarge(body.byteLength, limit);
      return errorInProtocolOf(service, head, error, requestId);
    }
    const request = { ...head, body: body.bytes };
    const verification = parts.verifier.verify(request, claim);
    if (verification.kind === 'refused') {
      return errorInProtocolOf(service, head, verification.error, requestId);
    }
    const { principal } = verification;
    const caller = principal.kind === 'role' ? principal.issuedTo : principal;
    if (isDraining && caller.kind === 'user') {
      return errorReply(frontError('ServiceUnavailableException', 503, 'The engine is shutting down.'));
    }
    return serve(request, requestId, claim.scope, principal);
  }

  async function serve(
    request: HttpRequest,
    requestId: string,
    { service, region }: SignatureClaim['scope'],
    principal: Principal,
  ): Promise<HttpReply | StreamingReply> {
    if (service === 'lambda' && request.path.startsWith('/_lens/')) {
      return principal.kind === 'user'
        ? parts.lens.handle(request)
        : errorReply(accessDenied('Only the user of this engine may control it, not a function.'));
    }
    underWay++;
    const startedAt = parts.clock.monotonic();
    const caller = principal.kind === 'role' ? principal.issuedTo : principal;
    // Asked before the call: the invocation may be over when its call to another service is.
    const invocation =
      caller.kind === 'environment' ? parts.runtime.currentRequest(caller.environmentId) : undefined;
    let goesOn = false;
    try {
      const reply =
        service === 'lambda'
          ? await parts.lambda.handle(request, requestId)
          : await parts.services.handle({ service, region, request, requestId, principal });
      if (caller.kind === 'environment') {
        parts.events.emit({
          type: 'awsCall',
          service,
          action: (service === 'lambda' ? parts.lambda.operationOf(request) : undefined) ?? actionOf(request),
          environmentId: caller.environmentId,
          functionName: caller.functionName,
          ...(invocation === undefined ? {} : { requestId: invocation }),
          statusCode: reply.status,
          durationMs: parts.clock.monotonic() - startedAt,
        });
      }
      if (!('stream' in reply)) return reply;
      goesOn = true;
      return untilItsEnd(reply);
    } finally {
      if (!goesOn) leave();
    }
  }

  /** What is still being sent is under way. */
  function untilItsEnd({ status, stream }: StreamedReply): StreamedReply {
    return {
      status,
      stream(response) {
        response.once('close', leave);
        stream(response);
      },
    };
  }

  function leave(): void {
    underWay--;
    if (underWay === 0) for (const settle of idle.splice(0)) settle();
  }

  return {
    receive,
    drain() {
      isDraining = true;
    },
    whenIdle: () =>
      underWay === 0
        ? Promise.resolve()
        : new Promise(resolve => {
            idle = [...idle, resolve];
          }),
  };
}

/** Objects have to be uploaded in parts when they are larger; nothing else is that large. */
function maxServicePayload(service: string): number {
  return service === 's3' ? 256 * 1024 * 1024 : 16 * 1024 * 1024;
}
