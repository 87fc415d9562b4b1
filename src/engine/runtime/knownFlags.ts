import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Tells which flags an executable knows: one that it does not know keeps it from starting. */
export class KnownFlags {
  readonly #answers = new Map<string, Promise<ReadonlySet<string>>>();

  /**
   * @param variables what the executable needs in its environment to behave as Node.js
   * @returns those of `flags` that are known; none where the executable does not say
   */
  of(
    executable: string,
    flags: readonly string[],
    variables: Readonly<Record<string, string>>,
  ): Promise<ReadonlySet<string>> {
    if (flags.length === 0) return Promise.resolve(new Set());
    const key = `${executable} ${flags.join(' ')}`;
    const known = this.#answers.get(key) ?? ask(executable, flags, variables);
    this.#answers.set(key, known);
    return known;
  }
}

async function ask(
  executable: string,
  flags: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<ReadonlySet<string>> {
  const script = 'process.argv.slice(1).filter(flag => process.allowedNodeEnvironmentFlags.has(flag)).join()';
  try {
    const { stdout } = await promisify(execFile)(executable, ['-p', script, '--', ...flags], {
      env: variables,
      timeout: 5000,
    });
    return new Set(stdout.trim().split(','));
  } catch {
    // What is wrong with it is told when it is to run a handler.
    return new Set();
  }
}
