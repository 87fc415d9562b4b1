import { bindFile } from '../phases/bind.ts';
import type { FileFacts } from '../phases/model.ts';
import type { Program } from '../phases/program.ts';
import { parse, reparse } from '../syntax.ts';
import { type LinkedFileSystem, rememberFiles } from './fileSystem.ts';
import { JsonFiles } from './jsonFiles.ts';
import { ModuleResolver } from './moduleResolver.ts';

interface Entry {
  readonly stamp: string;
  readonly facts: FileFacts;
}

/**
 * Every file that has been read, as facts. A file that an editor has open is what the editor says; any other
 * is read again when its stamp on the disk has changed, which is looked at once per program.
 */
export class SourceStore {
  readonly #fileSystem: LinkedFileSystem;
  readonly #jsonFiles: JsonFiles;
  readonly #open = new Map<string, FileFacts>();
  readonly #read = new Map<string, Entry>();
  #edits = 0;

  constructor(fileSystem: LinkedFileSystem) {
    this.#fileSystem = fileSystem;
    this.#jsonFiles = new JsonFiles(fileSystem);
  }

  /** How often the text of an open file has changed. */
  get edits(): number {
    return this.#edits;
  }

  /** From now on the file has this text, whatever the disk says. */
  setOpen(path: string, text: string): FileFacts {
    const known = this.#open.get(path);
    if (known?.source.text === text) return known;
    const facts = bindFile(known ? reparse(known.source, text) : parse(path, text));
    this.#open.set(path, facts);
    this.#edits += 1;
    return facts;
  }

  /** From now on the file is what the disk says. */
  close(path: string): void {
    if (this.#open.delete(path)) this.#edits += 1;
  }

  /** The files that can be reached from `roots` by imports, as they are now. */
  program(roots: readonly string[], checkpoint: () => void = () => {}): LoadedProgram {
    const files = rememberFiles({
      stamp: path => (this.#open.has(path) ? 'open' : this.#fileSystem.stamp(path)),
      read: path => this.#fileSystem.read(path),
      realPath: path => this.#fileSystem.realPath(path),
    });
    return new LoadedProgram(
      {
        facts: path => this.#facts(path, files),
        resolver: new ModuleResolver(files, this.#jsonFiles),
      },
      roots,
      checkpoint,
    );
  }

  #facts(path: string, files: LinkedFileSystem): FileFacts | undefined {
    const open = this.#open.get(path);
    if (open) return open;
    const stamp = files.stamp(path);
    const known = this.#read.get(path);
    if (stamp !== undefined && known?.stamp === stamp) return known.facts;
    const text = stamp === undefined ? undefined : files.read(path);
    if (stamp === undefined || text === undefined) {
      this.#read.delete(path);
      return undefined;
    }
    const facts = bindFile(parse(path, text));
    this.#read.set(path, { stamp, facts });
    return facts;
  }
}

interface ProgramSources {
  readonly facts: (path: string) => FileFacts | undefined;
  readonly resolver: ModuleResolver;
}

/** A program whose files do not change while it is looked at. */
export class LoadedProgram implements Program {
  readonly files = new Map<string, FileFacts>();
  readonly accessorNames = new Set<string>();
  readonly #sources: ProgramSources;
  readonly #importers = new Map<FileFacts, Set<FileFacts>>();

  constructor(sources: ProgramSources, roots: readonly string[], checkpoint: () => void) {
    this.#sources = sources;
    const queue = new Set(roots.map(root => this.#load(root)).filter(file => file !== undefined));
    for (const file of queue) {
      checkpoint();
      for (const specifier of loadedBy(file)) {
        const next = this.resolve(file.path, specifier);
        if (!next) continue;
        queue.add(next);
        this.#addImporter(next, file);
      }
    }
  }

  /** The file and every file that loads it, directly or by way of others. */
  importersOf(file: FileFacts): ReadonlySet<FileFacts> {
    const importers = new Set([file]);
    for (const each of importers) {
      for (const importer of this.#importers.get(each) ?? []) importers.add(importer);
    }
    return importers;
  }

  #addImporter(file: FileFacts, importer: FileFacts): void {
    const importers = this.#importers.get(file);
    if (importers) importers.add(importer);
    else this.#importers.set(file, new Set([importer]));
  }

  file(path: string): FileFacts | undefined {
    return this.files.get(path);
  }

  resolve(from: string, specifier: string): FileFacts | undefined {
    const path = this.#sources.resolver.resolve(from, specifier);
    return path === undefined ? undefined : this.#load(path);
  }

  #load(path: string): FileFacts | undefined {
    const known = this.files.get(path);
    if (known) return known;
    const found = this.#sources.facts(path);
    if (!found) return undefined;
    this.files.set(found.path, found);
    for (const name of found.accessorNames) this.accessorNames.add(name);
    return found;
  }
}

function loadedBy(file: FileFacts): readonly string[] {
  return file.units.flatMap(unit => unit.loads.map(({ specifier }) => specifier));
}
