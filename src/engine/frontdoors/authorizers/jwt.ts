import { createPublicKey, verify } from 'node:crypto';
import { isObject, parseJson } from '../responses/functionAnswer.ts';

/** A signed token, taken apart and not yet believed. */
export interface Jwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly signed: string;
  readonly signature: Uint8Array;
}

/** https://www.rfc-editor.org/rfc/rfc7515#section-7.1 */
export function parseJwt(token: string): Jwt | undefined {
  const parts = token.replace(/^Bearer\s+/i, '').trim();
  const [header, payload, signature, ...rest] = parts.split('.');
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0)
    return undefined;
  const readHeader = parseJson(Buffer.from(header, 'base64url'));
  const claims = parseJson(Buffer.from(payload, 'base64url'));
  if (!isObject(readHeader) || !isObject(claims)) return undefined;
  return {
    header: readHeader,
    claims,
    signed: `${header}.${payload}`,
    signature: Buffer.from(signature, 'base64url'),
  };
}

/**
 * Why the signature of a token does not hold; only algorithms with RSA keys are known, as at API Gateway.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html#http-api-jwt-authorizer.evaluation
 *
 * @param keySet the JSON Web Key Set.
 */
export function signatureProblem({ header, signed, signature }: Jwt, keySet: unknown): string | undefined {
  const { alg, kid } = header;
  const size = /^RS(256|384|512)$/.exec(String(alg))?.[1];
  if (size === undefined) return `the algorithm ${String(alg)} is not one of RS256, RS384 and RS512`;
  const keys = isObject(keySet) && Array.isArray(keySet.keys) ? keySet.keys.filter(isObject) : [];
  const key = keys.find(each => each.kid === kid);
  if (!key) return `there is no key ${String(kid)} in the key set`;
  try {
    const publicKey = createPublicKey({ key, format: 'jwk' });
    return verify(`sha${size}`, Buffer.from(signed), publicKey, signature)
      ? undefined
      : 'the signature is wrong';
  } catch (error) {
    return `the key ${String(kid)} cannot be used: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/**
 * Why a token does not count now, by its own times.
 *
 * @param now epoch milliseconds.
 */
export function timeProblem({ exp, nbf, iat }: Jwt['claims'], now: number): string | undefined {
  const seconds = now / 1000;
  if (typeof exp !== 'number') return 'it has no exp';
  if (exp <= seconds) return `it expired at ${new Date(exp * 1000).toISOString()}`;
  if (typeof nbf === 'number' && nbf > seconds)
    return `it counts from ${new Date(nbf * 1000).toISOString()} only`;
  if (typeof iat === 'number' && iat > seconds)
    return `it is from ${new Date(iat * 1000).toISOString()}, in the future`;
  return undefined;
}

/** The scopes of a token, from `scope` or `scp`. */
export function scopesOf({ scope, scp }: Jwt['claims']): readonly string[] {
  const given = scope ?? scp;
  if (Array.isArray(given)) return given.map(String);
  return typeof given === 'string' ? given.split(' ').filter(each => each !== '') : [];
}

/** Claims reach a function as text; a list in brackets. */
export function claimTexts(claims: Jwt['claims']): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, claimText(value)]));
}

function claimText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(claimText).join(' ')}]`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
