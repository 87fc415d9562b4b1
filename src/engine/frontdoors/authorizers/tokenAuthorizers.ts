import type { AuthorizerDefinition, RouteAuthorization } from '../../../model/http.ts';
import type { Grant } from './grant.ts';
import { claimTexts, type Jwt, parseJwt, scopesOf, signatureProblem, timeProblem } from './jwt.ts';

export type TokenVerdict =
  | { readonly kind: 'granted'; readonly grant: Grant }
  | { readonly kind: 'unauthorized' | 'noScope'; readonly problem: string };

export interface TokenCheck {
  readonly token: string | undefined;
  readonly authorizer: AuthorizerDefinition;
  readonly authorization: Extract<RouteAuthorization, { kind: 'authorizer' }>;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The JSON Web Key Set; undefined: the signature is not checked. */
  readonly keySet: unknown;
}

/**
 * An HTTP API's JWT authorizer.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html#http-api-jwt-authorizer.evaluation
 */
export function checkJwt(check: TokenCheck): TokenVerdict {
  const read = readToken(check);
  if ('problem' in read) return { kind: 'unauthorized', problem: read.problem };
  const { jwt } = read;
  const problem = issuerProblem(jwt.claims, check.authorizer);
  if (problem !== undefined) return { kind: 'unauthorized', problem };
  const { scopes } = check.authorization;
  const held = scopesOf(jwt.claims);
  const matching = scopes.filter(scope => held.includes(scope));
  if (scopes.length > 0 && matching.length === 0) return noScope(scopes);
  return {
    kind: 'granted',
    grant: { kind: 'jwt', claims: claimTexts(jwt.claims), scopes: scopes.length > 0 ? matching : null },
  };
}

/**
 * A REST API's Cognito authorizer: an ID token, or an access token where the method has scopes.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html
 */
export function checkCognito(check: TokenCheck): TokenVerdict {
  const read = readToken(check);
  if ('problem' in read) return { kind: 'unauthorized', problem: read.problem };
  const { claims } = read.jwt;
  const problem = poolProblem(claims, check.authorizer.userPoolArns);
  if (problem !== undefined) return { kind: 'unauthorized', problem };
  const { scopes } = check.authorization;
  const wanted = scopes.length > 0 ? 'access' : 'id';
  if (claims.token_use !== undefined && claims.token_use !== wanted) {
    return { kind: 'unauthorized', problem: `it is no ${wanted} token, which this method needs` };
  }
  const held = scopesOf(claims);
  if (scopes.length > 0 && !scopes.some(scope => held.includes(scope))) return noScope(scopes);
  return { kind: 'granted', grant: { kind: 'cognito', claims: cognitoClaims(claims) } };
}

function readToken({ token, keySet, now }: TokenCheck): { readonly jwt: Jwt } | { readonly problem: string } {
  if (token === undefined) return { problem: 'there is no token' };
  const jwt = parseJwt(token);
  if (!jwt) return { problem: 'the token is no JSON Web Token' };
  const problem =
    (keySet === undefined ? undefined : signatureProblem(jwt, keySet)) ?? timeProblem(jwt.claims, now);
  return problem === undefined ? { jwt } : { problem };
}

function noScope(scopes: readonly string[]): TokenVerdict {
  return { kind: 'noScope', problem: `the token has none of the scopes ${scopes.join(', ')}` };
}

/** An issuer that a template makes up from a user pool of its own is none before the pool is deployed. */
function issuerProblem(
  claims: Jwt['claims'],
  { issuer, audiences }: AuthorizerDefinition,
): string | undefined {
  if (issuer === undefined || !isDeployed(issuer)) return undefined;
  if (claims.iss !== issuer) return `its issuer is ${String(claims.iss)}, not ${issuer}`;
  const given = claims.aud ?? claims.client_id;
  const held = Array.isArray(given) ? given : [given];
  if (
    audiences.some(audience => !isDeployed(audience)) ||
    audiences.some(audience => held.includes(audience))
  ) {
    return undefined;
  }
  return `its audience is ${held.join(', ')}, not ${audiences.join(' or ')}`;
}

function poolProblem(claims: Jwt['claims'], userPoolArns: readonly string[]): string | undefined {
  const pools = userPoolArns.map(arn => arn.slice(arn.lastIndexOf('/') + 1));
  if (pools.length === 0 || pools.some(pool => !isPoolId(pool))) return undefined;
  const issuer = String(claims.iss);
  return pools.some(pool => issuer.endsWith(`/${pool}`))
    ? undefined
    : `its issuer is ${issuer}, which is not the user pool ${pools.join(' or ')}`;
}

function isDeployed(text: string): boolean {
  if (text.includes('<')) return false;
  const pool = /^https:\/\/cognito-idp\.[^/]+\/([^/]+)$/.exec(text)?.[1];
  return pool === undefined || isPoolId(pool);
}

/** What Cognito names a pool; a name of a template has no region in front. */
function isPoolId(pool: string): boolean {
  return /^[a-z]{2}(?:-[a-z]+)+-\d_[0-9A-Za-z]+$/.test(pool);
}

/** Two of the times are written as Java prints a date: `Mon Nov 23 18:00:00 UTC 2026`. */
function cognitoClaims(claims: Jwt['claims']): Readonly<Record<string, string>> {
  const dates = Object.fromEntries(
    ['exp', 'iat'].flatMap(name => {
      const seconds = claims[name];
      return typeof seconds === 'number' ? [[name, javaDate(seconds * 1000)]] : [];
    }),
  );
  return { ...claimTexts(claims), ...dates };
}

function javaDate(at: number): string {
  const [week = '', day = '', month = '', year = '', time = ''] = new Date(at).toUTCString().split(/,? /);
  return `${week} ${month} ${day} ${time} UTC ${year}`;
}
