import { authorizePorts } from './authorizePorts.ts';
import { authorize } from './authorizers/authorize.ts';
import { callerOf } from './caller.ts';
import { gatewayRequest, traceOf } from './clientRequest.ts';
import { isPreflight, preflightReply, withCors } from './cors.ts';
import { event2 } from './events/event2.ts';
import type { RouteContext } from './events/eventContext.ts';
import { httpEvent1 } from './events/proxyEvent1.ts';
import type { Answered, Gateway, GatewayPorts } from './gateway.ts';
import type { GatewayReply } from './gatewayRequest.ts';
import { callFunction } from './integration.ts';
import { messageReply } from './responses/functionAnswer.ts';
import { httpReply } from './responses/httpReply.ts';
import type { ApiDoor } from './routing/doors.ts';
import { createHttpRouter, routeKeyOf } from './routing/httpRouting.ts';
import { apiWord } from './routing/locate.ts';
import { stageOf, variablesOf } from './routing/stage.ts';

/**
 * The longest that an HTTP API waits for an integration.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
const maxTimeoutMs = 30_000;

/** Answers as an HTTP API of API Gateway does. */
export function createHttpGateway({ id, api, routes, authorizers }: ApiDoor, ports: GatewayPorts): Gateway {
  const route = createHttpRouter(routes);
  return {
    async handle(client, path) {
      // An HTTP API decodes the path before anything else, as REST APIs and function URLs do not.
      const whole = decoded(path);
      const staged = whole === undefined ? undefined : stageOf(api, whole);
      const request = gatewayRequest(client, staged?.path ?? path, ports);
      const own = (reply: GatewayReply, more: Partial<Answered> = {}): Answered => {
        const answer = api.cors ? withCors(reply, api.cors, request) : reply;
        return {
          reply: { ...answer, headers: [...answer.headers, ['apigw-requestid', request.extendedRequestId]] },
          requestId: request.requestId,
          resourcePath: request.path,
          ...more,
        };
      };
      if (whole === undefined) return own(messageReply(400, { message: 'Bad Request' }));
      const match = staged && route(request.method, staged.path);
      const preflight = api.cors && isPreflight(request) ? preflightReply(api.cors, request, 204) : undefined;
      if (preflight && (!match || match.route.authorization.kind === 'none'))
        return { ...own(preflight), reply: preflight };
      if (!staged || !match) {
        const problem = staged
          ? `${api.name} has no route for ${request.method} ${request.path}`
          : `${api.name} has no such stage; it has ${api.stages.join(', ') || 'none'}`;
        return own(messageReply(404, { message: 'Not Found' }), { problem });
      }
      const routeKey = routeKeyOf(match.route);
      const context: RouteContext = {
        home: ports.home,
        apiId: api.apiId,
        domainName: `${id}.${apiWord}.localhost`,
        domainPrefix: id,
        stage: staged.stage,
        stageVariables: variablesOf(api, staged.stage),
        pathParameters: match.pathParameters,
        grant: { kind: 'open' },
        request,
        route: match.route,
        binaryMediaTypes: [],
      };
      const resourcePath = match.route.path;
      const authorization = await authorize(
        { api: 'httpApi', context, routeKey, path: whole, authorizers },
        authorizePorts(client, ports, maxTimeoutMs),
      );
      if (authorization.kind === 'denied') {
        return own(authorization.reply, { resourcePath, problem: authorization.problem });
      }
      if (preflight) return { ...own(preflight), reply: preflight };
      const granted = { ...context, grant: authorization.grant };
      const { functionName, qualifier, payloadFormat, timeoutMs } = match.route;
      const called = await callFunction(
        {
          functionName,
          ...(qualifier === undefined ? {} : { qualifier }),
          event: payloadFormat === '1.0' ? httpEvent1(granted, whole) : event2(granted, routeKey, whole),
          traceHeader: traceOf(request),
          timeoutMs: timeoutMs ?? maxTimeoutMs,
        },
        ports,
      );
      const { reply, problem } = httpReply(called.answer, payloadFormat);
      return own(reply, {
        resourcePath,
        functionName,
        invocationId: called.requestId,
        ...callerOf(granted.grant),
        ...(problem === undefined ? {} : { problem }),
      });
    },
  };
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
