import { ts } from 'ts-morph';
import type { FileSystem } from './fileSystem.ts';

type Json = Readonly<Record<string, unknown>>;

/** The settings files that decide what imports mean, parsed once for as long as they stay as they are. */
export class JsonFiles {
  readonly #fileSystem: FileSystem;
  readonly #files = new Map<string, { readonly stamp: string; readonly json: Json | undefined }>();

  constructor(fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
  }

  /** Comments and trailing commas are allowed; undefined where there is no file or no object in it. */
  read(path: string): Json | undefined {
    const stamp = this.#fileSystem.stamp(path);
    if (stamp === undefined) return undefined;
    const known = this.#files.get(path);
    if (known?.stamp === stamp) return known.json;
    const text = this.#fileSystem.read(path) ?? '';
    const json = objectOf(ts.parseConfigFileTextToJson(path, text).config);
    this.#files.set(path, { stamp, json });
    return json;
  }
}

/** The value if it is an object with properties. */
export function objectOf(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}
