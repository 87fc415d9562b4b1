import type { GatewayReply } from '../gatewayRequest.ts';
import {
  type FunctionAnswer,
  failureOf,
  isObject,
  messageReply,
  parseJson,
  type ReadAnswer,
} from './functionAnswer.ts';
import { inferredOr } from './httpReply.ts';
import { hasHeader, merged, remapped } from './replyHeaders.ts';
import { bodyOf, cookieHeaders, headersOf, type Part, statusOf } from './responseParts.ts';
import type { StreamRules } from './streamedReply.ts';

/**
 * What a function URL answers: the rules of payload format 2.0, but a failure is 502 in plain text.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-response-payload
 */
export function urlReply(answer: FunctionAnswer): ReadAnswer {
  if (answer.kind !== 'payload') return { reply: gatewayReply(answer), problem: failureOf(answer) };
  const response = buffered(answer.payload);
  return 'problem' in response ? urlFailure(response.problem) : { reply: response.value };
}

/** What a client without permission gets. */
export function urlForbidden(): GatewayReply {
  return messageReply(
    403,
    {
      Message:
        'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
    },
    [['x-amzn-ErrorType', 'AccessDeniedException']],
  );
}

/** Nobody knows the URL. */
export function unknownUrl(): GatewayReply {
  return messageReply(403, { Message: null }, [['x-amzn-ErrorType', 'AccessDeniedException']]);
}

const failure: GatewayReply = {
  status: 502,
  headers: [['content-type', 'text/plain']],
  body: 'Internal Server Error',
};

function gatewayReply(answer: Exclude<FunctionAnswer, { kind: 'payload' }>): GatewayReply {
  switch (answer.kind) {
    case 'throttled':
      return messageReply(
        429,
        { Reason: 'ConcurrentInvocationLimitExceeded', Type: 'User', message: 'Rate Exceeded.' },
        [['x-amzn-ErrorType', 'TooManyRequestsException']],
      );
    case 'tooLarge':
      return messageReply(413, { Type: 'User', message: 'Request must be smaller than 6291456 bytes' }, [
        ['x-amzn-ErrorType', 'RequestTooLargeException'],
      ]);
    default:
      return failure;
  }
}

function buffered(payload: Uint8Array): Part<GatewayReply> {
  const response = parseJson(payload);
  if (response === undefined) return { problem: 'the function answered no JSON' };
  return inferredOr(response, payload, structured);
}

/**
 * The head of a response that is streamed: what `HttpResponseStream.from` writes first, up to eight zero bytes.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html#runtimes-custom-response-streaming
 */
function streamedHead(prelude: Uint8Array): Part<GatewayReply> {
  const given = parseJson(prelude);
  return isObject(given)
    ? structured({ statusCode: 200, ...given, body: undefined })
    : { problem: "what precedes the response's eight zero bytes is no JSON object" };
}

/** What a client gets when the function has not answered as it should. */
function urlFailure(problem: string): ReadAnswer {
  return { reply: failure, problem };
}

/** Of a function URL with the mode `RESPONSE_STREAM`. */
export const urlStream: StreamRules = {
  needsHead: false,
  whole: urlReply,
  head: streamedHead,
  failure: urlFailure,
};

function structured(response: Readonly<Record<string, unknown>>): Part<GatewayReply> {
  const status = statusOf(response.statusCode);
  if ('problem' in status) return malformed(status.problem);
  const given = headersOf(response.headers);
  if ('problem' in given) return malformed(given.problem);
  const cookies = cookieHeaders(response.cookies);
  if ('problem' in cookies) return malformed(cookies.problem);
  const body = bodyOf(response.body, response.isBase64Encoded === true);
  if ('problem' in body) return malformed(body.problem);
  const headers = remapped(merged(given.value, cookies.value));
  return {
    value: {
      status: status.value,
      headers: hasHeader(headers, 'content-type')
        ? headers
        : [...headers, ['content-type', 'application/json']],
      body: body.value,
    },
  };
}

function malformed(problem: string): { readonly problem: string } {
  return { problem: `the function's response is malformed: ${problem}` };
}
