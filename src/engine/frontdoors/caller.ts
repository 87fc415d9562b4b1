import type { Grant } from './authorizers/grant.ts';

/** Whom the access log names. */
export function callerOf(grant: Grant): { readonly caller?: string } {
  switch (grant.kind) {
    case 'iam':
      return { caller: grant.caller.userId };
    case 'lambda':
      return grant.principalId === undefined ? {} : { caller: grant.principalId };
    case 'jwt':
    case 'cognito':
      return grant.claims.sub === undefined ? {} : { caller: grant.claims.sub };
    default:
      return {};
  }
}
