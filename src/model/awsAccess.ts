/** How an account is reached; nothing of it is secret. */
export interface AwsAccess {
  /** A profile of `~/.aws`; absent: the SDK's default chain, which begins with the environment. */
  readonly profile?: string;
  readonly region: string;
  /** Where Lambda's API answers, if not where AWS has it. */
  readonly endpoint?: string;
}

/** A profile as it is listed. */
export interface AwsProfile {
  readonly name: string;
  readonly kind: 'sso' | 'role' | 'process' | 'keys';
  readonly region?: string;
}
