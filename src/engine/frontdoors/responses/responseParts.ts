import type { GatewayReply, HeaderList } from '../gatewayRequest.ts';

/** The members of a structured response, checked; or what is wrong with one of them. */
export type Part<Value> = { readonly value: Value } | { readonly problem: string };

/** A number, or digits; what HTTP has as the status of a final response. */
export function statusOf(given: unknown): Part<number> {
  const status = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given;
  return typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 999
    ? { value: status }
    : { problem: `its statusCode is ${described(given)}, not a status such as 200` };
}

/** Values that are no text become text; null counts as nothing. */
export function headersOf(given: unknown): Part<HeaderList> {
  if (given === undefined || given === null) return { value: [] };
  if (typeof given !== 'object' || Array.isArray(given)) {
    return { problem: `its headers are ${described(given)}, not an object` };
  }
  const headers: (readonly [string, string])[] = [];
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined) continue;
    if (typeof value === 'object')
      return { problem: `its header ${name} is ${described(value)}, not a text` };
    if (!isHeader(name, String(value))) return { problem: `its header ${name} is none that HTTP can carry` };
    headers.push([name, String(value)]);
  }
  return { value: headers };
}

/** Each name has a list of values. */
export function multiValueHeadersOf(given: unknown): Part<HeaderList> {
  if (given === undefined || given === null) return { value: [] };
  if (typeof given !== 'object' || Array.isArray(given)) {
    return { problem: `its multiValueHeaders are ${described(given)}, not an object` };
  }
  const headers: (readonly [string, string])[] = [];
  for (const [name, values] of Object.entries(given)) {
    if (!Array.isArray(values)) {
      return { problem: `its multiValueHeaders have ${described(values)} for ${name}, not a list` };
    }
    for (const value of values) {
      if (!isHeader(name, String(value)))
        return { problem: `its header ${name} is none that HTTP can carry` };
      headers.push([name, String(value)]);
    }
  }
  return { value: headers };
}

export function bodyOf(given: unknown, isBase64Encoded: boolean): Part<GatewayReply['body']> {
  if (given === undefined || given === null) return { value: '' };
  if (typeof given !== 'string') {
    return { problem: `its body is ${described(given)}, not a text: use JSON.stringify` };
  }
  return { value: isBase64Encoded ? Buffer.from(given, 'base64') : given };
}

/** Each cookie becomes a header of its own. */
export function cookieHeaders(given: unknown): Part<HeaderList> {
  if (given === undefined || given === null) return { value: [] };
  if (!Array.isArray(given)) return { problem: `its cookies are ${described(given)}, not a list` };
  return { value: given.map(cookie => ['set-cookie', String(cookie)] as const) };
}

export function described(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `the ${typeof value} ${JSON.stringify(value)}`;
}

/** What Node.js would refuse to write. */
function isHeader(name: string, value: string): boolean {
  return /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/.test(name) && !/[^\t\x20-\x7e\x80-\xff]/.test(value);
}
