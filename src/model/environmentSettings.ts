/** How the local Lambda service keeps execution environments, as the user may set it. */
export interface EnvironmentSettings {
  /** The most environments alive at once on this machine, of all functions together. */
  readonly maxEnvironments: number;
  /** After how many seconds without an invocation an environment ends. */
  readonly idleSeconds: number;
  /** Whether environments are suspended between invocations, as on Lambda; has no effect on Windows. */
  readonly freeze: boolean;
  /** How many invocations the account allows at once. */
  readonly accountConcurrency: number;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html#compute-and-storage */
export const defaultEnvironmentSettings: EnvironmentSettings = {
  maxEnvironments: 16,
  idleSeconds: 600,
  freeze: true,
  accountConcurrency: 1000,
};
