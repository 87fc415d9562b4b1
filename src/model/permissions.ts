import type { Json, NamedResource, ResourceDefinition } from './resource.ts';
import type { SourceRange } from './source.ts';

/** AWS::IAM::Role, written out or made by SAM. */
export interface RoleDefinition extends NamedResource {
  readonly trust: PolicyDocument;
  readonly inlinePolicies: readonly InlinePolicy[];
  readonly managedPolicyArns: readonly string[];
  readonly permissionsBoundaryArn?: string;
}

export interface InlinePolicy {
  readonly name: string;
  readonly document: PolicyDocument;
  readonly definedAt: SourceRange;
}

/** AWS::IAM::ManagedPolicy of the project; roles name it by its ARN. */
export interface ManagedPolicyDefinition extends NamedResource {
  readonly document: PolicyDocument;
}

/** A policy of a queue, a topic, a bucket or another resource that is not a function. */
export interface ResourcePolicyDefinition extends ResourceDefinition {
  /** The ARNs of the resources that it is attached to. */
  readonly resourceArns: readonly string[];
  readonly document: PolicyDocument;
}

/** AWS::Lambda::Permission: one statement of a function's resource-based policy. */
export interface FunctionPermissionDefinition extends ResourceDefinition {
  readonly functionName: string;
  /** A version or an alias; absent: the policy of the unqualified function. */
  readonly qualifier?: string;
  readonly action: string;
  /** A service, an account, an ARN or `*`. */
  readonly principal: string;
  readonly sourceArn?: string;
  readonly sourceAccount?: string;
  readonly eventSourceToken?: string;
  readonly functionUrlAuthType?: 'NONE' | 'AWS_IAM';
  readonly invokedViaFunctionUrl?: boolean;
  readonly principalOrgId?: string;
}

/** A policy as written, but for lists: what may be one or a list is always a list. */
export interface PolicyDocument {
  readonly version?: string;
  readonly statements: readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly sid?: string;
  /** As written; anything but `Allow` and `Deny` is a mistake that IAM refuses. */
  readonly effect: string;
  /** By kind (`AWS`, `Service`, `Federated`, `CanonicalUser`); `*` for the bare wildcard. */
  readonly principals?: PolicyPrincipals;
  readonly notPrincipals?: PolicyPrincipals;
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  /** By operator and key. */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** What else is in the statement, which IAM would refuse. */
  readonly unknown?: Readonly<Record<string, Json>>;
  readonly definedAt: SourceRange;
}

export type PolicyPrincipals = '*' | Readonly<Record<string, readonly string[]>>;
