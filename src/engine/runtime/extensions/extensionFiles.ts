import { join } from 'node:path';
import type { FileListing } from '../nodeLocator.ts';

/** An external extension: an executable of a layer's folder `extensions`. */
export interface ExtensionFile {
  /** The name that it has to register by. */
  readonly name: string;
  readonly path: string;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-extensions.html#extensions-limits */
export const maxExtensions = 10;

/** @param optFolders what is laid over one another as /opt: of two files of one name, the later is seen. */
export function extensionFiles(
  optFolders: readonly string[],
  files: Pick<FileListing, 'list'>,
): readonly ExtensionFile[] {
  const found = new Map<string, string>();
  for (const folder of optFolders.map(opt => join(opt, 'extensions'))) {
    for (const name of files.list(folder)) found.set(name, join(folder, name));
  }
  return [...found].map(([name, path]) => ({ name, path })).sort((a, b) => (a.name < b.name ? -1 : 1));
}
