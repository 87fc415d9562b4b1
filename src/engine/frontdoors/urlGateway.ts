import type { Grant } from './authorizers/grant.ts';
import { callerOf } from './caller.ts';
import { gatewayRequest, traceOf } from './clientRequest.ts';
import { isPreflight, preflightReply, withCors } from './cors.ts';
import { event2 } from './events/event2.ts';
import type { Answered, Gateway, GatewayPorts } from './gateway.ts';
import type { GatewayReply } from './gatewayRequest.ts';
import { callFunction, type FunctionCall, streamFunction } from './integration.ts';
import { streamedReply } from './responses/streamedReply.ts';
import { urlForbidden, urlReply, urlStream } from './responses/urlReply.ts';
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
      const call = {
        functionName,
        ...(qualifier === undefined ? {} : { qualifier }),
        event,
        traceHeader: traceOf(request),
      };
      const { requestId, read } = await (invokeMode === 'RESPONSE_STREAM'
        ? streamed(call, ports)
        : buffered(call, ports));
      const { reply, problem } = read;
      return own(reply, {
        functionName,
        invocationId: requestId,
        ...callerOf(grant),
        ...(problem === undefined ? {} : { problem }),
      });
    },
  };
}

async function buffered(call: FunctionCall, ports: GatewayPorts) {
  const { requestId, answer } = await callFunction(call, ports);
  return { requestId, read: urlReply(answer) };
}

async function streamed(call: FunctionCall, ports: GatewayPorts) {
  const called = await streamFunction(call, ports);
  return { requestId: called.requestId, read: await streamedReply(called, urlStream) };
}
