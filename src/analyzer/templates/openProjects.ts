import type { FunctionDefinition, ProjectModel } from '../../model/functionDefinition.ts';
import type { OpenProject, OpenProjectRequest, OpenText } from '../../model/templateRequests.ts';

/** Reads one root again and again: see createProjectReader. */
export interface RootReader {
  read(changed?: ReadonlySet<string>): Promise<ProjectModel>;
}

/** @param textOf the text that an editor has of a file; undefined for the files that are not open. */
export type CreateRootReader = (root: string, textOf: (file: string) => string | undefined) => RootReader;

/** The projects of the open workspace folders, read with what editors show in the place of what the disk has. */
export class OpenProjects {
  readonly #createReader: CreateRootReader;
  readonly #roots = new Map<string, OpenRoot>();

  constructor(createReader: CreateRootReader) {
    this.#createReader = createReader;
  }

  /** Requests for one root are answered in turn. */
  read(request: OpenProjectRequest): Promise<OpenProject> {
    const root = this.#roots.get(request.root) ?? new OpenRoot(request.root, this.#createReader);
    this.#roots.set(request.root, root);
    return root.read(request);
  }
}

class OpenRoot {
  readonly #reader: RootReader;
  /** Of functions that have been told before, the version of their file that they were read from. */
  readonly #versions = new WeakMap<FunctionDefinition, number | undefined>();
  #open: ReadonlyMap<string, OpenText> = new Map();
  /** Undefined: nothing has been read yet, or the reader failed and anything may have changed. */
  #changed: Set<string> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(root: string, createReader: CreateRootReader) {
    this.#reader = createReader(root, file => this.#open.get(file)?.text);
  }

  read(request: OpenProjectRequest): Promise<OpenProject> {
    const turn = this.#last.then(() => this.#read(request));
    this.#last = turn.catch(() => {});
    return turn;
  }

  async #read({ open, changed }: OpenProjectRequest): Promise<OpenProject> {
    if (!changed) this.#changed = undefined;
    for (const path of [...(changed ?? []), ...this.#edited(open)]) this.#changed?.add(path);
    this.#open = new Map(open.map(each => [each.file, each]));
    const stale = this.#changed;
    this.#changed = undefined;
    const model = await this.#reader.read(stale);
    this.#changed = new Set();
    return { model, versions: this.#versionsOf(model) };
  }

  /** Files that were opened, edited or closed since the last time. */
  #edited(open: readonly OpenText[]): readonly string[] {
    const versions = new Map(open.map(({ file, version }) => [file, version]));
    const files = new Set([...this.#open.keys(), ...versions.keys()]);
    return [...files].filter(file => this.#open.get(file)?.version !== versions.get(file));
  }

  /** The reader makes a function anew whenever it reads its file, and hands out the old one where it cannot. */
  #versionsOf(model: ProjectModel): Record<string, number> {
    const versions = new Map([...this.#open].map(([file, { version }]) => [file, version]));
    for (const definition of model.functions) {
      const { file } = definition.definedAt;
      if (!this.#versions.has(definition)) this.#versions.set(definition, this.#open.get(file)?.version);
      const version = this.#versions.get(definition) ?? Number.NEGATIVE_INFINITY;
      const newest = versions.get(file);
      if (newest !== undefined && version < newest) versions.set(file, version);
    }
    return Object.fromEntries(versions);
  }
}
