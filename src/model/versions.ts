import type { ResourceDefinition } from './resource.ts';

/** AWS::Lambda::Version: the function as it is when the stack is first deployed. */
export interface VersionDefinition extends ResourceDefinition {
  readonly functionName: string;
  readonly description?: string;
  /** Environments to keep initialised. */
  readonly provisionedConcurrency?: number;
}

/** AWS::Lambda::Alias, or what SAM's AutoPublishAlias makes. */
export interface AliasDefinition extends ResourceDefinition {
  readonly name: string;
  readonly functionName: string;
  readonly description?: string;
  readonly target: VersionTarget;
  /** At most one; the rest of the traffic goes to `target`. */
  readonly additionalVersion?: { readonly target: VersionTarget /** 0 to 1. */; readonly weight: number };
  readonly provisionedConcurrency?: number;
  /** How SAM would shift traffic to a newly published version. */
  readonly deployment?: DeploymentPreference;
}

export type VersionTarget =
  | { readonly kind: 'latest' }
  /** Each deployment publishes a version and points here (AutoPublishAlias, and its like in other dialects). */
  | { readonly kind: 'published' }
  /** A version of the same template. */
  | { readonly kind: 'definition'; readonly logicalId: string }
  | { readonly kind: 'number'; readonly version: string };

export interface DeploymentPreference {
  /** For example `Canary10Percent5Minutes`, or the name of a deployment configuration. */
  readonly type: string;
  readonly alarms: readonly string[];
  readonly preTrafficHook?: string;
  readonly postTrafficHook?: string;
}

/** AWS::Lambda::EventInvokeConfig: what becomes of asynchronous invocations of one qualifier. */
export interface EventInvokeConfigDefinition extends ResourceDefinition {
  readonly functionName: string;
  /** `$LATEST`, a version or an alias. */
  readonly qualifier: string;
  /** 0 to 2; absent: Lambda's default of 2. */
  readonly maximumRetryAttempts?: number;
  /** 60 to 21600; absent: Lambda's default of 21600. */
  readonly maximumEventAgeSeconds?: number;
  readonly onSuccessArn?: string;
  readonly onFailureArn?: string;
}

/** AWS::Lambda::Url, or SAM's FunctionUrlConfig. */
export interface FunctionUrlDefinition extends ResourceDefinition {
  readonly functionName: string;
  /** An alias; absent: `$LATEST`. */
  readonly qualifier?: string;
  readonly authType: 'NONE' | 'AWS_IAM';
  readonly invokeMode: 'BUFFERED' | 'RESPONSE_STREAM';
  readonly cors?: CorsDefinition;
}

/** Absent members are not sent. */
export interface CorsDefinition {
  readonly allowOrigins?: readonly string[];
  readonly allowMethods?: readonly string[];
  readonly allowHeaders?: readonly string[];
  readonly exposeHeaders?: readonly string[];
  readonly maxAgeSeconds?: number;
  readonly allowCredentials?: boolean;
}
