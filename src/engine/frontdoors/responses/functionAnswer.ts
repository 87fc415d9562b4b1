import type { GatewayReply } from '../gatewayRequest.ts';

/** What came of invoking the function behind an API. */
export type FunctionAnswer =
  | { readonly kind: 'payload'; readonly payload: Uint8Array }
  /** The handler threw, the function timed out or its process ended. */
  | { readonly kind: 'functionError'; readonly payload: Uint8Array }
  /** As many invocations run as may. */
  | { readonly kind: 'throttled' }
  /** The event is larger than what Lambda takes. */
  | { readonly kind: 'tooLarge' }
  /** Lambda did not accept the invocation for another reason. */
  | { readonly kind: 'rejected'; readonly message: string }
  /** The integration's time was over; the function runs on. */
  | { readonly kind: 'timedOut'; readonly afterMs: number };

export interface ReadAnswer {
  readonly reply: GatewayReply;
  /** Why it is not what the function meant to answer; for the log, to people. */
  readonly problem?: string;
}

/** What went wrong before the function could answer at all, in words. */
export function failureOf(answer: Exclude<FunctionAnswer, { kind: 'payload' }>): string {
  switch (answer.kind) {
    case 'functionError':
      return `the function failed with ${errorTypeOf(answer.payload)}`;
    case 'throttled':
      return 'the function was throttled';
    case 'tooLarge':
      return 'the event is larger than the 6 MB that Lambda takes';
    case 'rejected':
      return answer.message;
    case 'timedOut':
      return `the function had not answered after ${answer.afterMs / 1000} s`;
  }
}

function errorTypeOf(payload: Uint8Array): string {
  const error = parseJson(payload);
  const type = isObject(error) ? error.errorType : undefined;
  return typeof type === 'string' ? type : 'an error';
}

const utf8 = new TextDecoder();

/** Undefined where it is no JSON; null is JSON. */
export function parseJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(payload));
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A reply of the gateway's own. */
export function messageReply(
  status: number,
  body: Readonly<Record<string, unknown>>,
  headers: GatewayReply['headers'] = [],
): GatewayReply {
  return { status, headers: [['content-type', 'application/json'], ...headers], body: JSON.stringify(body) };
}
