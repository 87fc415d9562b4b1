import type { GatewayReply, HeaderList } from '../gatewayRequest.ts';
import {
  type FunctionAnswer,
  failureOf,
  isObject,
  messageReply,
  parseJson,
  type ReadAnswer,
} from './functionAnswer.ts';
import { hasHeader, merged, passedOn } from './replyHeaders.ts';
import {
  bodyOf,
  cookieHeaders,
  described,
  headersOf,
  multiValueHeadersOf,
  type Part,
  statusOf,
} from './responseParts.ts';

/**
 * What an HTTP API answers; what is malformed is answered by 500.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.response
 */
export function httpReply(answer: FunctionAnswer, format: '1.0' | '2.0'): ReadAnswer {
  if (answer.kind !== 'payload') return { reply: gatewayReply(answer), problem: failureOf(answer) };
  const response = format === '1.0' ? format1(answer.payload) : format2(answer.payload);
  return 'problem' in response
    ? { reply: messageReply(500, { message: 'Internal Server Error' }), problem: response.problem }
    : { reply: response.value };
}

function gatewayReply(answer: Exclude<FunctionAnswer, { kind: 'payload' }>): GatewayReply {
  switch (answer.kind) {
    case 'throttled':
      return messageReply(429, { message: 'Too Many Requests' });
    case 'tooLarge':
      return messageReply(413, { message: 'Request Entity Too Large' });
    case 'timedOut':
      return messageReply(503, { message: 'Service Unavailable' });
    case 'functionError':
    case 'rejected':
      return messageReply(500, { message: 'Internal Server Error' });
  }
}

function format1(payload: Uint8Array): Part<GatewayReply> {
  const response = parseJson(payload);
  if (!isObject(response)) {
    return { problem: `the function answered ${described(response)}, not an object with a statusCode` };
  }
  const multiple = multiValueHeadersOf(response.multiValueHeaders);
  if ('problem' in multiple) return malformed(multiple.problem);
  return structured(response, multiple.value);
}

/** A response without a status code is what the client gets. */
function format2(payload: Uint8Array): Part<GatewayReply> {
  const response = parseJson(payload);
  if (response === undefined) return { problem: 'the function answered no JSON' };
  if (isObject(response) && 'errorMessage' in response && !('statusCode' in response)) {
    return { problem: 'the function answered an object with an errorMessage, which is taken for an error' };
  }
  return inferredOr(response, payload, responseWithCookies);
}

/** The rule of format 2.0, which function URLs share. */
export function inferredOr(
  response: unknown,
  payload: Uint8Array,
  read: (response: Readonly<Record<string, unknown>>) => Part<GatewayReply>,
): Part<GatewayReply> {
  if (isObject(response) && 'statusCode' in response) return read(response);
  return {
    value: {
      status: 200,
      headers: [['content-type', 'application/json']],
      body: typeof response === 'string' ? response : payload,
    },
  };
}

function responseWithCookies(response: Readonly<Record<string, unknown>>): Part<GatewayReply> {
  const cookies = cookieHeaders(response.cookies);
  return 'problem' in cookies ? malformed(cookies.problem) : structured(response, cookies.value);
}

function structured(response: Readonly<Record<string, unknown>>, further: HeaderList): Part<GatewayReply> {
  const status = statusOf(response.statusCode);
  if ('problem' in status) return malformed(status.problem);
  const headers = headersOf(response.headers);
  if ('problem' in headers) return malformed(headers.problem);
  const body = bodyOf(response.body, response.isBase64Encoded === true);
  if ('problem' in body) return malformed(body.problem);
  const all = passedOn(merged(further, headers.value));
  const needsType = body.value.length > 0 && !hasHeader(all, 'content-type');
  return {
    value: {
      status: status.value,
      headers: needsType ? [...all, ['content-type', 'text/plain;charset=UTF-8']] : all,
      body: body.value,
    },
  };
}

function malformed(problem: string): { readonly problem: string } {
  return { problem: `the function's response is malformed: ${problem}` };
}
