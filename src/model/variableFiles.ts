/** Files with environment variables for functions on this machine. */
export interface VariableFiles {
  /** As SAM's `--env-vars` takes it; absolute. Absent: {@link defaultEnvVarsFile} below the workspace, if it is there. */
  readonly envVars?: string;
  /** A `.env` file by the name of a function, or by `*` for all of them; absolute. */
  readonly dotEnv?: Readonly<Record<string, string>>;
}

/** Where the editor writes the values that it asks for. */
export const defaultEnvVarsFile = '.lambda-lens/env.json';
