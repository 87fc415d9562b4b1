import * as vscode from 'vscode';
import type { ProjectModel } from '../../model/functionDefinition.ts';
import { DisposableStore } from '../../shared/disposable.ts';
import type { Projects, Services } from '../services.ts';

/** Templates that may appear where there was none; what a model was read from is watched file by file. */
const templateNames = '{template,*.template,sam,serverless,cdk,samconfig}.{yaml,yml,json,toml}';

/** Reads each workspace folder in the worker, and again when one of the files it was read from changes. */
export function createProjects(services: Pick<Services, 'analyzer' | 'log'>): Projects & vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const folders = new Map<string, FolderModel>();

  const open = (folder: vscode.WorkspaceFolder): FolderModel => {
    const key = folder.uri.toString();
    const known = folders.get(key);
    if (known) return known;
    const model = new FolderModel(folder, services, () => changed.fire());
    folders.set(key, model);
    return model;
  };

  const foldersListener = vscode.workspace.onDidChangeWorkspaceFolders(({ removed }) => {
    for (const folder of removed) {
      folders.get(folder.uri.toString())?.dispose();
      folders.delete(folder.uri.toString());
    }
    changed.fire();
  });

  return {
    onDidChange: changed.event,
    current: folder => folders.get(folder.uri.toString())?.current,
    load: folder => open(folder).load(),
    refresh: async () => {
      await Promise.all((vscode.workspace.workspaceFolders ?? []).map(folder => open(folder).read()));
    },
    dispose: () => {
      foldersListener.dispose();
      for (const model of folders.values()) model.dispose();
      changed.dispose();
    },
  };
}

class FolderModel implements vscode.Disposable {
  current: ProjectModel | undefined;
  readonly #folder: vscode.WorkspaceFolder;
  readonly #services: Pick<Services, 'analyzer' | 'log'>;
  readonly #changed: () => void;
  readonly #templates: vscode.Disposable;
  #files = new DisposableStore();
  #watched = '';
  #reading: Promise<ProjectModel> | undefined;
  #staleWhileReading = false;

  constructor(
    folder: vscode.WorkspaceFolder,
    services: Pick<Services, 'analyzer' | 'log'>,
    changed: () => void,
  ) {
    this.#folder = folder;
    this.#services = services;
    this.#changed = changed;
    this.#templates = this.#watch(templateNames);
  }

  load(): Promise<ProjectModel> {
    return this.current ? Promise.resolve(this.current) : this.read();
  }

  /** Reads again; a change during a read makes one more read follow it. */
  read(): Promise<ProjectModel> {
    if (this.#reading) {
      this.#staleWhileReading = true;
      return this.#reading;
    }
    this.#reading = this.#readUntilCurrent().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #readUntilCurrent(): Promise<ProjectModel> {
    let model: ProjectModel;
    do {
      this.#staleWhileReading = false;
      model = await this.#services.analyzer.readProject(this.#folder.uri.fsPath);
    } while (this.#staleWhileReading);
    this.current = model;
    this.#watchFiles(model.files);
    this.#changed();
    return model;
  }

  #watchFiles(files: readonly string[]): void {
    const watched = files.join('\n');
    if (watched === this.#watched) return;
    this.#watched = watched;
    this.#files.dispose();
    this.#files = new DisposableStore();
    for (const file of files) {
      const relative = vscode.workspace.asRelativePath(file, false);
      if (relative !== file) this.#files.add(this.#watch(relative));
    }
  }

  #watch(glob: string): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(this.#folder, glob));
    const reread = () => {
      this.read().catch(error => this.#services.log.error('Could not read the templates again', error));
    };
    watcher.onDidChange(reread);
    watcher.onDidCreate(reread);
    watcher.onDidDelete(reread);
    return watcher;
  }

  dispose(): void {
    this.#files.dispose();
    this.#templates.dispose();
  }
}
