import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where the engine of a workspace folder and its clients meet, however far apart their state folders are: the
 * engine that holds the lock in this folder is the one that clients of the workspace attach to.
 *
 * @param root real path of the workspace folder.
 */
export function rendezvousDirectory(
  root: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const name = createHash('sha256').update(root).digest('hex');
  return join(userStateDirectory(env, platform), 'lambda-lens', 'engines', name);
}

/** Where an engine keeps its state when nobody named a folder. */
export function defaultStateDirectory(root: string): string {
  return join(rendezvousDirectory(root), 'state');
}

/** https://specifications.freedesktop.org/basedir-spec/latest/ and what the other platforms use in its place. */
function userStateDirectory(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string {
  // XDG comes first everywhere: whoever sets it means it.
  if (env.XDG_STATE_HOME) return env.XDG_STATE_HOME;
  if (platform === 'win32') return env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  return join(homedir(), '.local', 'state');
}
