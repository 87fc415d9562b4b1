import { isBinaryType } from '../events/requestBody.ts';
import { type GatewayReply, headerOf } from '../gatewayRequest.ts';
import {
  type FunctionAnswer,
  failureOf,
  isObject,
  messageReply,
  parseJson,
  type ReadAnswer,
} from './functionAnswer.ts';
import { hasHeader, merged, remapped } from './replyHeaders.ts';
import {
  bodyOf,
  cookieHeaders,
  described,
  headersOf,
  multiValueHeadersOf,
  type Part,
  statusOf,
} from './responseParts.ts';
import type { StreamRules } from './streamedReply.ts';

/** What a REST API needs to know to turn Base64 into bytes. */
export interface RestReplyOptions {
  readonly binaryMediaTypes: readonly string[];
  /** The request's `Accept` header. */
  readonly accept: string | undefined;
}

/**
 * What a REST API answers. Its proxy integration wants a response in one form, without any other member; whatever
 * is not in that form is answered by 502.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-output-format
 */
export function restReply(answer: FunctionAnswer, options: RestReplyOptions): ReadAnswer {
  if (answer.kind !== 'payload') return { reply: gatewayReply(answer), problem: failureOf(answer) };
  const response = structured(parseJson(answer.payload), options);
  return 'problem' in response
    ? {
        reply: restError(502, 'Internal server error', 'InternalServerErrorException'),
        problem: response.problem,
      }
    : { reply: response };
}

/**
 * Of an integration whose response is streamed; it has to begin with its head.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html
 */
export function restStream(options: RestReplyOptions): StreamRules {
  return {
    needsHead: true,
    whole: answer => restReply(answer, options),
    head: streamedHead,
    failure: problem => ({
      reply: restError(502, 'Internal server error', 'InternalServerErrorException'),
      problem,
    }),
  };
}

function streamedHead(prelude: Uint8Array): Part<GatewayReply> {
  const given = parseJson(prelude);
  if (!isObject(given)) return { problem: "what precedes the response's eight zero bytes is no JSON object" };
  const { cookies, ...rest } = given;
  const setCookies = cookieHeaders(cookies);
  if ('problem' in setCookies) return malformed(setCookies.problem);
  const head = structured(
    { statusCode: 200, ...rest, body: '' },
    { binaryMediaTypes: [], accept: undefined },
  );
  return 'problem' in head ? head : { value: { ...head, headers: [...head.headers, ...setCookies.value] } };
}

/** A reply of a REST API's own. */
export function restError(status: number, message: string, errorType: string): GatewayReply {
  return messageReply(status, { message }, [['x-amzn-ErrorType', errorType]]);
}

function gatewayReply(answer: Exclude<FunctionAnswer, { kind: 'payload' }>): GatewayReply {
  switch (answer.kind) {
    case 'functionError':
      return restError(502, 'Internal server error', 'InternalServerErrorException');
    case 'throttled':
      return restError(429, 'Too Many Requests', 'TooManyRequestsException');
    case 'tooLarge':
      return restError(413, 'Request Too Long', 'RequestTooLargeException');
    case 'timedOut':
      return restError(504, 'Endpoint request timed out', 'InternalServerErrorException');
    case 'rejected':
      return restError(500, 'Internal server error', 'InternalServerErrorException');
  }
}

const members = ['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'];

function structured(
  response: unknown,
  { binaryMediaTypes, accept }: RestReplyOptions,
): GatewayReply | { readonly problem: string } {
  if (!isObject(response)) {
    return { problem: `the function answered ${described(response)}, not an object with a statusCode` };
  }
  const unknown = Object.keys(response).filter(name => !members.includes(name));
  if (unknown.length > 0) {
    return {
      problem: `the function's response has ${unknown.join(', ')}; a REST API takes ${members.join(', ')} only`,
    };
  }
  const status = statusOf(response.statusCode);
  if ('problem' in status) return malformed(status.problem);
  const single = headersOf(response.headers);
  if ('problem' in single) return malformed(single.problem);
  const multiple = multiValueHeadersOf(response.multiValueHeaders);
  if ('problem' in multiple) return malformed(multiple.problem);
  const merge = merged(multiple.value, single.value);
  const wanted = accept?.split(',')[0] ?? headerOf(merge, 'content-type');
  const isBinary = response.isBase64Encoded === true && isBinaryType(wanted, binaryMediaTypes);
  const body = bodyOf(response.body, isBinary);
  if ('problem' in body) return malformed(body.problem);
  const headers = remapped(merge);
  return {
    status: status.value,
    headers: hasHeader(headers, 'content-type')
      ? headers
      : [...headers, ['Content-Type', 'application/json']],
    body: body.value,
  };
}

function malformed(problem: string): { readonly problem: string } {
  return { problem: `the function's response is malformed: ${problem}` };
}
