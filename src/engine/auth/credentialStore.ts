import type { CredentialIssuer, Credentials, Ids, Principal } from '../ports.ts';

export interface IssuedCredentials {
  readonly credentials: Credentials;
  readonly principal: Principal;
  /** Epoch milliseconds; absent: they do not expire. */
  readonly expiresAt?: number;
}

export interface CredentialStore extends CredentialIssuer {
  find(accessKeyId: string): IssuedCredentials | undefined;
}

/**
 * The credentials that this engine has given out: long-lived keys (AKIA...) for its user, temporary ones
 * (ASIA... with a session token) for each execution environment and assumed role, as IAM and STS give them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
export function createCredentialStore(ids: Pick<Ids, 'hex'>): CredentialStore {
  const issued = new Map<string, IssuedCredentials>();
  const random = (bytes: number) => Buffer.from(ids.hex(bytes), 'hex');
  /** A handler may assume a role on every invocation. */
  const forgetOldRoles = () => {
    const roles = [...issued].filter(([, { principal }]) => principal.kind === 'role');
    for (const [key] of roles.slice(0, -mostRoles)) issued.delete(key);
  };
  return {
    issue(principal, expiresAt) {
      const isTemporary = principal.kind !== 'user';
      const credentials: Credentials = {
        accessKeyId: (isTemporary ? 'ASIA' : 'AKIA') + base32(random(10)),
        secretAccessKey: random(30).toString('base64'),
        ...(isTemporary ? { sessionToken: random(90).toString('base64') } : {}),
      };
      issued.set(credentials.accessKeyId, {
        credentials,
        principal,
        ...(expiresAt === undefined ? {} : { expiresAt }),
      });
      if (principal.kind === 'role') forgetOldRoles();
      return credentials;
    },
    revoke(accessKeyId) {
      issued.delete(accessKeyId);
    },
    find: accessKeyId => issued.get(accessKeyId),
  };
}

const mostRoles = 1_000;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Ten bytes become sixteen characters of five bits. */
function base32(bytes: Uint8Array): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{5}/g) ?? []).map(group => alphabet[Number.parseInt(group, 2)]).join('');
}
