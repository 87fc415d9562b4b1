import { cp } from 'node:fs/promises';
import { join } from 'node:path';

const samples = join(import.meta.dirname, '..', '..', '..', 'samples');

/** The samples as a person has them, in a folder that may be written to. */
export async function copySamples(folder: string): Promise<void> {
  await cp(samples, folder, { recursive: true });
}
