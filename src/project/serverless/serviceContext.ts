import { type DocNode, descendant, textOf } from '../document/sourceDocument.ts';
import type { Expansion } from '../sam/expansion.ts';
import type { ServiceApis } from './serviceApis.ts';
import { type SharedRole, sharedRoleId } from './sharedRole.ts';

/** What a function takes from its service. */
export interface ServiceContext {
  readonly service: DocNode;
  readonly name: string;
  readonly stage: string;
  readonly expansion: Expansion;
  readonly apis: ServiceApis;
  readonly role: SharedRole;
  /** The keys of the functions. */
  readonly keys: ReadonlySet<string>;
}

/** The role that every function has which names none: the provider's, or the shared one. */
export function defaultRole(provider: DocNode | undefined, expansion: Expansion, place: DocNode): DocNode {
  const written = writtenRole(provider);
  if (written) return roleArn(written, expansion);
  return expansion.build(place).attribute(sharedRoleId, 'Arn');
}

/** A role is named by its ARN, by a reference, or by its logical id. */
export function roleArn(written: DocNode, expansion: Expansion): DocNode {
  const name = textOf(written);
  if (name === undefined || name.startsWith('arn:')) return written;
  return expansion.build(written).attribute(name, 'Arn');
}

/** Undefined where the provider only says what the shared role is to have. */
export function writtenRole(provider: DocNode | undefined): DocNode | undefined {
  const role = descendant(provider, 'iam', 'role');
  const isDetailed = [
    'statements',
    'managedPolicies',
    'name',
    'path',
    'permissionsBoundary',
    'permissionBoundary',
    'tags',
  ].some(name => descendant(role, name));
  return isDetailed ? undefined : (role ?? descendant(provider, 'role'));
}
