import type { FileFacts } from './model.ts';

/** The files that belong together, as the analysis sees them. Files outside of the workspace do not exist. */
export interface Program {
  file(path: string): FileFacts | undefined;
  /** The workspace file that an import names; undefined for packages, built-in modules and missing files. */
  resolve(from: string, specifier: string): FileFacts | undefined;
  /** The names of all getters and setters: what is read under another name runs nothing. */
  readonly accessorNames: ReadonlySet<string>;
}
