import { hash } from 'node:crypto';
import { parseTarget } from '../api/http.ts';
import { errorMessage } from '../api/serviceErrors.ts';
import { parseAuthorization } from '../auth/authorization.ts';
import type { Verifier } from '../auth/verifier.ts';
import type { Principal } from '../ports.ts';
import type { IamCaller } from './authorizers/grant.ts';
import type { ClientRequest } from './clientRequest.ts';
import { grouped, headerOf } from './gatewayRequest.ts';

export type Signer =
  | { readonly caller: IamCaller }
  | { readonly problem: string; readonly isUnsigned: boolean };

/**
 * Who has signed a request, with keys that the engine gave out.
 *
 * @param service the signing name: `execute-api` for APIs, `lambda` for function URLs.
 */
export function signerOf(
  client: ClientRequest,
  service: 'execute-api' | 'lambda',
  { verifier, accountId }: { readonly verifier: Verifier; readonly accountId: string },
): Signer {
  const target = parseTarget(client.query === '' ? client.path : `${client.path}?${client.query}`);
  if (!target) return { problem: 'the request target cannot be read', isUnsigned: false };
  const request = {
    method: client.method,
    ...target,
    headers: singleHeaders(client),
    body: client.body,
  };
  const authorization = parseAuthorization(request);
  if (authorization.kind === 'refused') {
    const isUnsigned = headerOf(client.headers, 'authorization') === undefined;
    return { problem: errorMessage(authorization.error), isUnsigned };
  }
  const { claim } = authorization;
  if (claim.scope.service !== service) {
    return { problem: `it is signed for ${claim.scope.service}, not for ${service}`, isUnsigned: false };
  }
  const verification = verifier.verify(request, claim);
  return verification.kind === 'verified'
    ? { caller: callerOf(verification.principal, claim.accessKeyId, accountId) }
    : { problem: errorMessage(verification.error), isUnsigned: false };
}

/** In lower case, those of the connection too: any of them may be signed. */
function singleHeaders(client: ClientRequest): Record<string, string> {
  const values = grouped(client.headers.map(([name, value]) => [name.toLowerCase(), value]));
  return Object.fromEntries([...values].map(([name, all]) => [name, all.join(',')]));
}

function callerOf(principal: Principal, accessKey: string, accountId: string): IamCaller {
  if (principal.kind === 'user') {
    return {
      accessKey,
      accountId,
      userId: uniqueId('AIDA', 'lambda-lens'),
      userArn: `arn:aws:iam::${accountId}:user/lambda-lens`,
    };
  }
  const { roleArn } = principal;
  const session = principal.kind === 'role' ? principal.sessionName : principal.functionName;
  const role = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return {
    accessKey,
    accountId,
    userId: `${uniqueId('AROA', roleArn)}:${session}`,
    userArn: `arn:aws:sts::${accountId}:assumed-role/${role}/${session}`,
  };
}

/** In the form of IAM's, and always the same for the same name. */
function uniqueId(prefix: string, name: string): string {
  return `${prefix}${hash('sha256', name).slice(0, 17).toUpperCase()}`;
}
