import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../shared/errors.ts';

export type Esbuild = typeof import('esbuild');

/**
 * Loads esbuild when the first handler is built. Its library is bundled with the engine and runs the executable
 * that is in dist/bin; where that is, it reads from the environment once, as it is loaded.
 */
export async function loadEsbuild(distDirectory: string): Promise<Esbuild> {
  const executable = join(distDirectory, 'bin', process.platform === 'win32' ? 'esbuild.exe' : 'esbuild');
  if (!existsSync(executable)) {
    throw new UserError(
      `Handlers cannot be built: "${executable}" is missing. Install the extension again, or run "npm run build" in a checkout of it.`,
    );
  }
  process.env.ESBUILD_BINARY_PATH = executable;
  return await import('esbuild');
}
