import { bindFile } from '../phases/bind.ts';
import type { FileFacts } from '../phases/model.ts';
import type { Program } from '../phases/program.ts';
import { parse } from '../syntax.ts';
import type { FileSystem } from './fileSystem.ts';
import { resolveFile, resolveRelative } from './resolve.ts';

interface Entry {
  readonly stamp: string;
  readonly facts: FileFacts;
}

/**
 * Every file that has been read, as facts. A file that an editor has open is what the editor says; any other
 * is read again when its stamp on the disk has changed, which is looked at once per program.
 */
export class SourceStore {
  readonly #fileSystem: FileSystem;
  readonly #open = new Map<string, Entry>();
  readonly #read = new Map<string, Entry>();

  constructor(fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
  }

  /** From now on the file has this text, whatever the disk says. */
  setOpen(path: string, text: string): FileFacts {
    const known = this.#open.get(path);
    if (known?.facts.source.text === text) return known.facts;
    const facts = bindFile(parse(path, text));
    this.#open.set(path, { stamp: '', facts });
    return facts;
  }

  /** From now on the file is what the disk says. */
  close(path: string): void {
    this.#open.delete(path);
  }

  /** The files that can be reached from `roots` by imports, as they are now. */
  program(roots: readonly string[], checkpoint: () => void = () => {}): LoadedProgram {
    return new LoadedProgram(this, this.#fileSystem, roots, checkpoint);
  }

  /** Undefined where there is no such file. */
  facts(path: string): FileFacts | undefined {
    const open = this.#open.get(path);
    if (open) return open.facts;
    const stamp = this.#fileSystem.stamp(path);
    const known = this.#read.get(path);
    if (stamp !== undefined && known?.stamp === stamp) return known.facts;
    const text = stamp === undefined ? undefined : this.#fileSystem.read(path);
    if (stamp === undefined || text === undefined) {
      this.#read.delete(path);
      return undefined;
    }
    const facts = bindFile(parse(path, text));
    this.#read.set(path, { stamp, facts });
    return facts;
  }
}

/** A program whose files do not change while it is looked at. */
export class LoadedProgram implements Program {
  readonly files = new Map<string, FileFacts>();
  readonly accessorNames = new Set<string>();
  readonly #resolved = new Map<string, FileFacts | undefined>();
  readonly #store: SourceStore;
  readonly #fileSystem: FileSystem;

  constructor(store: SourceStore, fileSystem: FileSystem, roots: readonly string[], checkpoint: () => void) {
    this.#store = store;
    this.#fileSystem = fileSystem;
    const queue = roots.map(root => this.#load(root)).filter(file => file !== undefined);
    const seen = new Set(queue);
    for (const file of queue) {
      checkpoint();
      for (const specifier of loadedBy(file)) {
        const next = this.resolve(file.path, specifier);
        if (!next || seen.has(next)) continue;
        seen.add(next);
        queue.push(next);
      }
    }
  }

  file(path: string): FileFacts | undefined {
    return this.files.get(path);
  }

  resolve(from: string, specifier: string): FileFacts | undefined {
    const key = `${from}\0${specifier}`;
    if (this.#resolved.has(key)) return this.#resolved.get(key);
    const path = resolveRelative(this.#fileSystem, from, specifier);
    const file = path === undefined ? undefined : this.#load(path);
    this.#resolved.set(key, file);
    return file;
  }

  #load(path: string): FileFacts | undefined {
    const known = this.files.get(path);
    if (known) return known;
    const found = this.#store.facts(path) ?? this.#store.facts(resolveFile(this.#fileSystem, path) ?? path);
    if (!found) return undefined;
    this.files.set(found.path, found);
    for (const name of found.accessorNames) this.accessorNames.add(name);
    return found;
  }
}

function loadedBy(file: FileFacts): readonly string[] {
  return file.units.flatMap(unit => unit.loads.map(({ specifier }) => specifier));
}
