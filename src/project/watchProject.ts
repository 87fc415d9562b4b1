import { watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ProjectModel } from '../model/functionDefinition.ts';
import { type Clock, systemClock } from '../shared/clock.ts';
import { type Disposable, DisposableStore, toDisposable } from '../shared/disposable.ts';
import { messageOf } from '../shared/errors.ts';
import { nodeFiles, type ProjectFiles } from './files.ts';
import { createProjectReader } from './readProject.ts';
import { defaultSettings, type ProjectSettings } from './settings.ts';

export interface WatchOptions {
  readonly files?: ProjectFiles;
  readonly settings?: ProjectSettings;
  readonly clock?: Clock;
  readonly watchFolder?: WatchFolder;
  /** Told of a folder whose changes will not be noticed, and of bugs; never of what a template holds. */
  readonly onError: (error: Error) => void;
}

/**
 * Calls back for every entry of one folder that is written, created or deleted; not for those in folders
 * below. An undefined name is an entry that the system did not tell. Throws where it cannot watch.
 */
export type WatchFolder = (folder: string, onChange: (name: string | undefined) => void) => Disposable;

/** Editors write a file in several steps; one reading follows them all. */
const quietMs = 100;

/**
 * Reads the project, tells it, and tells it again after each change, until disposed. Only the root and the
 * folders that the model was read from are watched, none of them recursively. A template that breaks keeps
 * the functions that it had.
 */
export function watchProject(
  root: string,
  onChange: (model: ProjectModel) => void,
  options: WatchOptions,
): Disposable {
  const watcher = new ProjectWatcher(root, onChange, options);
  watcher.start();
  return watcher;
}

class ProjectWatcher implements Disposable {
  readonly #root: string;
  readonly #onChange: (model: ProjectModel) => void;
  readonly #options: WatchOptions;
  readonly #reader: ReturnType<typeof createProjectReader>;
  readonly #folders = new Map<string, Disposable>();
  readonly #store = new DisposableStore();
  #changed = new Set<string>();
  #everything = true;
  #timer: Disposable | undefined;
  #reading = false;
  #disposed = false;

  constructor(root: string, onChange: (model: ProjectModel) => void, options: WatchOptions) {
    this.#root = root;
    this.#onChange = onChange;
    this.#options = options;
    this.#reader = createProjectReader(root, options.files ?? nodeFiles, options.settings ?? defaultSettings);
    this.#store.add(toDisposable(() => this.#timer?.dispose()));
  }

  start(): void {
    void this.#read();
  }

  dispose(): void {
    this.#disposed = true;
    for (const folder of this.#folders.values()) folder.dispose();
    this.#store.dispose();
  }

  async #read(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    const changed = this.#everything ? undefined : this.#changed;
    this.#changed = new Set();
    this.#everything = false;
    try {
      const model = await this.#reader.read(changed);
      if (this.#disposed) return;
      this.#watch(model);
      this.#onChange(model);
    } catch (error) {
      this.#options.onError(error instanceof Error ? error : new Error(messageOf(error)));
    } finally {
      this.#reading = false;
      if (this.#everything || this.#changed.size > 0) this.#schedule();
    }
  }

  #watch(model: ProjectModel): void {
    const wanted = new Set([this.#root, ...model.files.map(file => dirname(file))]);
    for (const { entryFile, codeDirectory } of model.functions) {
      wanted.add(entryFile === undefined ? codeDirectory : dirname(entryFile));
    }
    for (const [folder, watching] of this.#folders) {
      if (wanted.has(folder)) continue;
      watching.dispose();
      this.#folders.delete(folder);
    }
    for (const folder of wanted) if (!this.#folders.has(folder)) this.#watchFolder(folder);
  }

  /** A folder that does not exist is noticed by the nearest one above it that does. */
  #watchFolder(wanted: string): void {
    const watchFolder = this.#options.watchFolder ?? watchFolderOfNode;
    for (let folder = wanted; folder.startsWith(this.#root); folder = dirname(folder)) {
      if (this.#folders.has(folder)) return;
      try {
        const watching = watchFolder(folder, name => this.#noticed(folder, name));
        this.#folders.set(folder, watching);
        return;
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') continue;
        this.#folders.set(
          folder,
          toDisposable(() => {}),
        );
        const message = `Changes in ${folder} will not be noticed: ${messageOf(error)}`;
        this.#options.onError(new Error(message, { cause: error }));
        return;
      }
    }
  }

  #noticed(folder: string, name: string | undefined): void {
    if (name === undefined) this.#everything = true;
    else this.#changed.add(join(folder, name));
    if (name === undefined || name === basename(folder)) {
      // Told under its own name, the folder itself is gone; a new one of that name needs a new watcher.
      this.#folders.get(folder)?.dispose();
      this.#folders.delete(folder);
      this.#changed.add(folder);
    }
    this.#schedule();
  }

  #schedule(): void {
    if (this.#disposed || this.#reading) return;
    this.#timer?.dispose();
    this.#timer = (this.#options.clock ?? systemClock).after(quietMs, () => void this.#read());
  }
}

const watchFolderOfNode: WatchFolder = (folder, onChange) => {
  const watcher = watch(folder, { persistent: false }, (_event, name) => onChange(name ?? undefined));
  // The folder was deleted, or the system gave up on it: the next reading says what is left.
  watcher.on('error', () => onChange(undefined));
  return toDisposable(() => watcher.close());
};
