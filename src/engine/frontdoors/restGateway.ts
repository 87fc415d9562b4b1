import type { MockMethod, RouteDefinition } from '../../model/http.ts';
import { authorizePorts } from './authorizePorts.ts';
import { authorize } from './authorizers/authorize.ts';
import { lacksApiKey } from './authorizers/denials.ts';
import type { Grant } from './authorizers/grant.ts';
import { callerOf } from './caller.ts';
import { type ClientRequest, gatewayRequest, traceOf } from './clientRequest.ts';
import { restPreflightReply } from './cors.ts';
import type { RouteContext } from './events/eventContext.ts';
import { restEvent } from './events/proxyEvent1.ts';
import type { Answered, Gateway, GatewayPorts } from './gateway.ts';
import { type GatewayReply, type GatewayRequest, headerOf } from './gatewayRequest.ts';
import { callFunction, type FunctionCall, streamFunction } from './integration.ts';
import { messageReply } from './responses/functionAnswer.ts';
import { type RestReplyOptions, restError, restReply, restStream } from './responses/restReply.ts';
import { streamedReply } from './responses/streamedReply.ts';
import type { ApiDoor } from './routing/doors.ts';
import { apiWord } from './routing/locate.ts';
import { createRestRouter } from './routing/restRouting.ts';
import { stageOf, variablesOf } from './routing/stage.ts';

/**
 * The longest that a REST API waits for an integration.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
const maxTimeoutMs = 29_000;

/** Answers as a REST API of API Gateway does. */
export function createRestGateway({ id, api, routes, authorizers }: ApiDoor, ports: GatewayPorts): Gateway {
  const route = createRestRouter<RouteDefinition | MockMethod>([...routes, ...(api.mocks ?? [])]);

  function contextOf(
    request: GatewayRequest,
    stage: string,
    matched: RouteDefinition,
    pathParameters: Readonly<Record<string, string>>,
    grant: Grant,
  ): RouteContext {
    return {
      home: ports.home,
      apiId: api.apiId,
      domainName: `${id}.${apiWord}.localhost`,
      domainPrefix: id,
      stage,
      stageVariables: variablesOf(api, stage),
      pathParameters,
      grant,
      request,
      route: matched,
      binaryMediaTypes: api.binaryMediaTypes,
    };
  }

  async function buffered(call: FunctionCall, options: RestReplyOptions) {
    const { requestId, answer } = await callFunction(call, ports);
    return { requestId, read: restReply(answer, options) };
  }

  async function streamed(call: FunctionCall, options: RestReplyOptions) {
    const called = await streamFunction(call, ports);
    return { requestId: called.requestId, read: await streamedReply(called, restStream(options)) };
  }

  /** SAM has the default authorizer asked before OPTIONS as well, which browsers send no token with. */
  async function preflightProblem(
    client: ClientRequest,
    request: GatewayRequest,
    stage: string,
    path: string,
  ): Promise<{ readonly reply: GatewayReply; readonly problem: string } | undefined> {
    const { corsAuthorization: authorization = { kind: 'none' }, apiId, logicalId, stackId, definedAt } = api;
    const route: RouteDefinition = {
      ...{ apiId, logicalId, stackId, definedAt, path, authorization },
      ...{ method: 'OPTIONS', functionName: '', payloadFormat: '1.0', apiKeyRequired: false },
    };
    const context = contextOf(request, stage, route, {}, { kind: 'open' });
    const decided = await authorize(
      { api: 'restApi', context, routeKey: `OPTIONS ${path}`, path: request.path, authorizers },
      authorizePorts(client, ports, maxTimeoutMs),
    );
    if (decided.kind === 'granted') return undefined;
    const hint = 'AddDefaultAuthorizerToCorsPreflight: false lets preflight requests through';
    return { reply: decided.reply, problem: `${decided.problem}; ${hint}` };
  }

  return {
    async handle(client, path) {
      const staged = stageOf(api, path);
      const request = gatewayRequest(client, staged?.path ?? path, ports);
      const own = (reply: GatewayReply, more: Partial<Answered> = {}): Answered => ({
        reply: withRequestId(reply, request),
        requestId: request.requestId,
        resourcePath: request.path,
        ...more,
      });
      if (!staged) {
        const problem = `${api.name} has no such stage; it has ${api.stages.join(', ') || 'none'}`;
        return own(restError(403, 'Forbidden', 'ForbiddenException'), { problem });
      }
      const match = route(request.method, request.path);
      if (api.cors && request.method === 'OPTIONS' && match.kind !== 'noResource') {
        const isRoute = match.kind === 'method' && match.route.method === 'OPTIONS';
        if (!isRoute) {
          const resourcePath = match.kind === 'method' ? match.route.path : match.path;
          const problem = await preflightProblem(client, request, staged.stage, resourcePath);
          if (problem) return own(problem.reply, { resourcePath, problem: problem.problem });
          return own(restPreflightReply(api.cors, match.methods), { resourcePath });
        }
      }
      if (match.kind !== 'method') {
        return own(restError(403, 'Missing Authentication Token', 'MissingAuthenticationTokenException'), {
          problem: `${api.name} has no ${request.method} ${request.path}`,
        });
      }
      const resourcePath = match.route.path;
      if (!('functionName' in match.route)) return own(mockReply(match.route), { resourcePath });
      if (match.route.integration === 'AWS') {
        const message = `UnsupportedByLambdaLens: ${request.method} ${resourcePath} has mapping templates, which are not evaluated. Make its integration AWS_PROXY, or invoke ${match.route.functionName}.`;
        return own(messageReply(501, { message }), { resourcePath, problem: message });
      }
      const asked = contextOf(request, staged.stage, match.route, match.pathParameters, { kind: 'open' });
      const authorization = await authorize(
        {
          api: 'restApi',
          context: asked,
          routeKey: `${match.route.method ?? 'ANY'} ${resourcePath}`,
          path: request.path,
          authorizers,
        },
        authorizePorts(client, ports, maxTimeoutMs),
      );
      if (authorization.kind === 'denied') {
        return own(authorization.reply, { resourcePath, problem: authorization.problem });
      }
      if (match.route.apiKeyRequired && lacksApiKey(request.headers)) {
        const problem = 'there is no x-api-key header';
        return own(restError(403, 'Forbidden', 'ForbiddenException'), { resourcePath, problem });
      }
      const { grant } = authorization;
      const { functionName, qualifier, timeoutMs, streams } = match.route;
      const call = {
        functionName,
        ...(qualifier === undefined ? {} : { qualifier }),
        event: restEvent({ ...asked, grant }),
        traceHeader: traceOf(request),
      };
      const options = {
        binaryMediaTypes: api.binaryMediaTypes,
        accept: headerOf(request.headers, 'accept'),
      };
      const { requestId: invocationId, read } = streams
        ? await streamed(call, options)
        : await buffered({ ...call, timeoutMs: timeoutMs ?? maxTimeoutMs }, options);
      const { reply, problem } = read;
      return own(
        { ...reply, headers: [...reply.headers, ['X-Amzn-Trace-Id', traceOf(request)]] },
        {
          resourcePath,
          functionName,
          invocationId,
          ...callerOf(grant),
          ...(problem === undefined ? {} : { problem }),
        },
      );
    },
  };
}

function mockReply({ status, headers }: MockMethod): GatewayReply {
  return { status, headers: Object.entries(headers), body: '' };
}

function withRequestId(reply: GatewayReply, request: GatewayRequest): GatewayReply {
  return {
    ...reply,
    headers: [
      ...reply.headers,
      ['x-amzn-RequestId', request.requestId],
      ['x-amz-apigw-id', request.extendedRequestId],
    ],
  };
}
