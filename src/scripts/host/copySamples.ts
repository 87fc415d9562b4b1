import { cp, symlink } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..');

/** The samples as a person has them, in a folder that may be written to; the packages are this project's. */
export async function copySamples(folder: string): Promise<void> {
  await cp(join(root, 'samples'), folder, { recursive: true });
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
}
