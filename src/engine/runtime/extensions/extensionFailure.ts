/** What an extension did to its environment. */
export interface ExtensionFailure {
  readonly errorType:
    | 'Extension.LaunchError'
    | 'Extension.Crash'
    | 'Extension.InitError'
    | 'Extension.ExitError';
  readonly message: string;
}

/** Its process ended though nobody had told it to. */
export function crash(code: number | null, signal: string | null): ExtensionFailure {
  const message = signal === null ? `exit code ${code ?? 0}` : `signal: ${signal}`;
  return { errorType: 'Extension.Crash', message };
}
