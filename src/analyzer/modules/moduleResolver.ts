import { dirname } from 'node:path';
import type { LinkedFileSystem } from './fileSystem.ts';
import type { JsonFiles } from './jsonFiles.ts';
import { resolveOwnImport, resolveWorkspacePackage } from './packages.ts';
import { resolveFile, resolveRelative } from './resolve.ts';
import { mappedPaths, type PathMapping, pathMapping } from './tsconfig.ts';

/** Finds the files of imports, for as long as one program lasts: what it has looked up stays as it was. */
export class ModuleResolver {
  readonly #fileSystem: LinkedFileSystem;
  readonly #files: JsonFiles;
  readonly #mappings = new Map<string, PathMapping | undefined>();
  readonly #resolved = new Map<string, string | undefined>();

  constructor(fileSystem: LinkedFileSystem, files: JsonFiles) {
    this.#fileSystem = fileSystem;
    this.#files = files;
  }

  /** Undefined for installed packages, built-in modules and files that do not exist. */
  resolve(from: string, specifier: string): string | undefined {
    const folder = dirname(from);
    const key = `${folder}\0${specifier}`;
    if (this.#resolved.has(key)) return this.#resolved.get(key);
    const path = this.#resolve(from, folder, specifier);
    this.#resolved.set(key, path);
    return path;
  }

  #resolve(from: string, folder: string, specifier: string): string | undefined {
    if (/^\.{1,2}(\/|$)/.test(specifier)) return resolveRelative(this.#fileSystem, from, specifier);
    if (specifier.startsWith('node:')) return undefined;
    if (specifier.startsWith('#')) {
      const own = resolveOwnImport(this.#fileSystem, this.#files, folder, specifier);
      if (own !== undefined) return own;
    }
    const mapping = this.#mapping(folder);
    for (const path of mapping ? mappedPaths(mapping, specifier) : []) {
      const file = resolveFile(this.#fileSystem, path);
      if (file !== undefined && !/[\\/]node_modules[\\/]/.test(file)) return file;
    }
    return resolveWorkspacePackage(this.#fileSystem, this.#files, folder, specifier);
  }

  #mapping(folder: string): PathMapping | undefined {
    if (!this.#mappings.has(folder)) this.#mappings.set(folder, pathMapping(this.#files, folder));
    return this.#mappings.get(folder);
  }
}
