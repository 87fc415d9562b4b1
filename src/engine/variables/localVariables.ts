import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import { reservedVariableNames } from '../../model/reservedVariables.ts';
import { defaultEnvVarsFile, type VariableFiles } from '../../model/variableFiles.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';
import { parseDotEnv } from './dotEnv.ts';
import { type EnvVars, parseEnvVars } from './envVars.ts';

/** The variables that functions get on this machine besides, or in place of, those of the template. */
export class LocalVariables {
  readonly #envVarsFile: string;
  readonly #isNamed: boolean;
  readonly #dotEnvFiles: Readonly<Record<string, string>>;
  readonly #log: Pick<Log, 'warn'>;
  readonly #told = new Set<string>();
  #stamp = '';
  #envVars: EnvVars = {};
  #dotEnv: Readonly<Record<string, Readonly<Record<string, string>>>> = {};
  #fault: string | undefined;

  constructor(root: string, files: VariableFiles, log: Pick<Log, 'warn'>) {
    this.#envVarsFile = files.envVars ?? join(root, defaultEnvVarsFile);
    this.#isNamed = files.envVars !== undefined;
    this.#dotEnvFiles = files.dotEnv ?? {};
    this.#log = log;
  }

  /** Why nothing can be invoked: a file that is there to be read cannot be. For people, without any value. */
  get fault(): string | undefined {
    return this.#fault;
  }

  /** Reads the files that have changed. Returns whether there was one. */
  refresh(): boolean {
    const stamp = [this.#envVarsFile, ...Object.values(this.#dotEnvFiles)].map(stampOf).join();
    if (stamp === this.#stamp) return false;
    this.#stamp = stamp;
    this.#fault = undefined;
    this.#envVars = this.#readEnvVars();
    this.#dotEnv = Object.fromEntries(
      Object.entries(this.#dotEnvFiles).map(([name, file]) => [name, this.#readDotEnv(file)]),
    );
    return true;
  }

  /**
   * What the function gets. As with SAM, a file of `--env-vars` gives other values to the variables of the template
   * and adds none; a `.env` file adds.
   */
  of({
    name,
    logicalId,
    environment,
  }: Pick<FunctionDefinition, 'name' | 'logicalId' | 'environment'>): Readonly<Record<string, string>> {
    const added = { ...this.#dotEnv['*'], ...this.#dotEnv[name] };
    const own = { ...this.#envVars[logicalId], ...this.#envVars[name] };
    const known = { ...environment, ...this.#allowed(added, name) };
    const overrides = Object.entries({ ...this.#envVars.Parameters, ...own }).filter(([variable]) => {
      if (Object.hasOwn(known, variable)) return true;
      if (Object.hasOwn(own, variable)) {
        this.#tell(
          `${this.#envVarsFile} sets ${variable} for ${name}, which its template does not: it is left out.`,
        );
      }
      return false;
    });
    return { ...known, ...Object.fromEntries(overrides) };
  }

  #allowed(variables: Readonly<Record<string, string>>, name: string): Readonly<Record<string, string>> {
    const entries = Object.entries(variables).filter(([variable]) => {
      if (!reservedVariableNames.has(variable)) return true;
      this.#tell(`${variable} in the .env file of ${name} belongs to Lambda: it is left out.`);
      return false;
    });
    return Object.fromEntries(entries);
  }

  #readEnvVars(): EnvVars {
    const bytes = this.#read(this.#envVarsFile, this.#isNamed);
    if (bytes === undefined) return {};
    const reading = parseEnvVars(bytes);
    if (reading.kind === 'read') return reading.variables;
    this.#fault ??= `${this.#envVarsFile} cannot be used: ${reading.fault}. Correct it and invoke again.`;
    return {};
  }

  #readDotEnv(file: string): Readonly<Record<string, string>> {
    const bytes = this.#read(file, true);
    if (bytes === undefined) return {};
    const variables = parseDotEnv(new TextDecoder().decode(bytes));
    if (typeof variables !== 'number') return variables;
    this.#fault ??= `${file} cannot be used: line ${variables} is not NAME=value. Correct it and invoke again.`;
    return {};
  }

  #read(file: string, isNamed: boolean): Uint8Array | undefined {
    try {
      return readFileSync(file);
    } catch (error) {
      if (!isNamed && (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      this.#fault ??= `The variables of functions cannot be read: ${messageOf(error)}. Correct the setting, or create the file.`;
      return undefined;
    }
  }

  #tell(message: string): void {
    if (this.#told.has(message)) return;
    this.#told.add(message);
    this.#log.warn(message);
  }
}

function stampOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? 'absent' : `${stats.mtimeMs} ${stats.ctimeMs} ${stats.size} ${stats.ino}`;
}
