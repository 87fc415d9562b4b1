import { httpIdentities } from './http.ts';
import type { Identify, Identity, IdentitySubject } from './identity.ts';
import { lambdaIdentities } from './lambda.ts';
import { messagingIdentities } from './messaging.ts';
import { networkIdentities } from './network.ts';
import { securityIdentities } from './security.ts';
import { storageIdentities } from './storage.ts';

/**
 * A resource is called by its literal name, else by its logical id; both ends of a reference then agree.
 * Undefined for a type that is not known: its `Ref` is the logical id, and nothing is said of its attributes.
 */
export function identify(type: string, subject: IdentitySubject): Identity | undefined {
  return identities[type]?.(subject);
}

const identities: Readonly<Record<string, Identify>> = {
  ...lambdaIdentities,
  ...messagingIdentities,
  ...storageIdentities,
  ...httpIdentities,
  ...securityIdentities,
  ...networkIdentities,
};
