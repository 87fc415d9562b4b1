// The worker's own code, most of it the compiler, takes longer to parse than a file takes to analyse. Node.js keeps
// it compiled where NODE_COMPILE_CACHE says: https://nodejs.org/api/module.html#module-compile-cache
import { readdir, rm } from 'node:fs/promises';
import { flushCompileCache } from 'node:module';
import { basename, dirname, join } from 'node:path';

/** How long after the start of the worker: the first answers have been given, so that what they ran is kept too. */
const keptAfterMs = 3_000;

/** Writes what is compiled by then to the folder, and removes those beside it, which are of other versions. */
export function keepCompiled(folder: string): void {
  setTimeout(async () => {
    flushCompileCache();
    const folders = await readdir(dirname(folder)).catch(() => []);
    for (const name of folders) {
      if (name === basename(folder)) continue;
      await rm(join(dirname(folder), name), { recursive: true, force: true }).catch(() => {});
    }
  }, keptAfterMs).unref();
}
