import { UserError } from '../../shared/errors.ts';
import { findExecutable } from './findExecutable.ts';
import { runCommand } from './runCommand.ts';

/**
 * Installs Debian packages, if this user may do that without being asked for a password.
 *
 * @param wanted.need what they are for, a sentence
 * @param wanted.advice how a person gets them, a sentence
 * @throws UserError that says what to install.
 */
export async function installByApt(wanted: {
  readonly packages: readonly string[];
  readonly need: string;
  readonly advice: string;
}): Promise<void> {
  const { packages, need, advice } = wanted;
  const prefix = await aptPrefix();
  if (!prefix) throw new UserError(`${need} ${advice}`);
  console.error(`Installing ${packages.join(' and ')} by apt-get ...`);
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const [command = '', ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    const { code, output } = await runCommand(command, rest);
    if (code === 0) continue;
    console.error(output.trimEnd());
    throw new UserError(
      `${packages.join(' and ')} could not be installed: "apt-get ${args[0]}" failed (see above). ${advice}`,
    );
  }
}

/** What to put before apt-get so that it may install; undefined where it may not. */
async function aptPrefix(): Promise<readonly string[] | undefined> {
  if (!(await findExecutable(['apt-get']))) return undefined;
  if (process.getuid?.() === 0) return [];
  const { code } = await runCommand('sudo', ['-n', 'true']);
  return code === 0 ? ['sudo', '-n'] : undefined;
}
