import type { Grant } from './authorizers/grant.ts';
import { callerOf } from './caller.ts';
import { gatewayRequest, traceOf } from './clientRequest.ts';
import { isPreflight, preflightReply, withCors } from './cors.ts';
import { event2 } from './events/event2.ts';
import type { Answered, Gateway, GatewayPorts } from './gateway.ts';
import type { GatewayReply } from './gatewayRequest.ts';
import { callFunction } from './integration.ts';
import { urlForbidden, urlReply } from './responses/urlReply.ts';
import type { UrlDoor } from './routing/doors.ts';
import { urlWord } from './routing/locate.ts';

/** Answers as a function URL does. https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html */
export function createUrlGateway({ id, url }: UrlDoor, ports: GatewayPorts): Gateway {
  return {
    async handle(client, path) {
      const request = gatewayRequest(client, path, ports);
      const own = (reply: GatewayReply, more: Partial<Answered> = {}): Answered => {
        const answer = url.cors ? withCors(reply, url.cors, request) : reply;
        return {
          reply: {
            ...answer,
            headers: [
              ...answer.headers,
              ['x-amzn-RequestId', more.invocationId ?? request.requestId],
              ['x-amzn-trace-id', traceOf(request)],
            ],
          },
          requestId: more.invocationId ?? request.requestId,
          resourcePath: request.path,
          ...more,
        };
      };
      if (url.cors && isPreflight(request)) {
        const reply = preflightReply(url.cors, request, 200);
        return { ...own(reply), reply };
      }
      let grant: Grant = { kind: 'open' };
      if (url.authType === 'AWS_IAM') {
        const signer = ports.signerOf(client, 'lambda');
        if ('problem' in signer) return own(urlForbidden(), { problem: signer.problem });
        grant = { kind: 'iam', caller: signer.caller };
      }
      const { functionName, qualifier, invokeMode } = url;
      const event = event2(
        {
          home: ports.home,
          apiId: id,
          domainName: `${id}.${urlWord}.localhost`,
          domainPrefix: id,
          stage: '$default',
          stageVariables: {},
          pathParameters: {},
          grant,
          request,
        },
        '$default',
        path,
      );
      const called = await callFunction(
        {
          functionName,
          ...(qualifier === undefined ? {} : { qualifier }),
          event,
          traceHeader: traceOf(request),
        },
        ports,
      );
      const { reply, problem } = urlReply(called.answer, invokeMode);
      return own(reply, {
        functionName,
        invocationId: called.requestId,
        ...callerOf(grant),
        ...(problem === undefined ? {} : { problem }),
      });
    },
  };
}
