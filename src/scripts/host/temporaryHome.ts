import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endEngines } from './endEngines.ts';

/** A throwaway home for one VS Code and everything that it starts. */
export interface TemporaryHome {
  readonly path: string;
  readonly userDataDirectory: string;
  readonly extensionsDirectory: string;
  readonly serverDataDirectory: string;
  /** XDG_* and TMPDIR, so that nothing is written outside. */
  readonly env: Readonly<Record<string, string>> & { readonly XDG_STATE_HOME: string };
  /** Ends the engines that were started in it, then removes it. */
  remove(): Promise<void>;
}

/** Its path is short because the path of a unix socket ends at 107 bytes. */
export async function createTemporaryHome(): Promise<TemporaryHome> {
  const path = await mkdtemp(join(tmpdir(), 'll-'));
  const env = {
    XDG_CONFIG_HOME: join(path, 'config'),
    XDG_DATA_HOME: join(path, 'data'),
    XDG_STATE_HOME: join(path, 'state'),
    XDG_CACHE_HOME: join(path, 'cache'),
    XDG_RUNTIME_DIR: join(path, 'run'),
    TMPDIR: join(path, 'tmp'),
  };
  for (const folder of Object.values(env)) await mkdir(folder, { recursive: true, mode: 0o700 });
  return {
    path,
    userDataDirectory: join(path, 'user'),
    extensionsDirectory: join(path, 'extensions'),
    serverDataDirectory: join(path, 'server'),
    env,
    async remove() {
      await endEngines(env.XDG_STATE_HOME);
      await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}
