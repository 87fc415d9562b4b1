import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import type { OpenProject, OpenText } from '../../model/templateRequests.ts';
import { DisposableStore } from '../../shared/disposable.ts';
import type { Services, TemplatePlaces } from '../services.ts';
import { mentionsFunctions, templateSelector } from '../templates/candidates.ts';

/** Templates that may appear where there was none. The workspace is watched already; this is a filter. */
const templateNames =
  '**/{*.yaml,*.yml,*template.json,*.template,samconfig.toml,serverless.json,cdk.json,cdk.out,*.tf,*plan.json}';

/** How long typing, or a burst of changes on the disk, has to pause before the project is read again. */
const pauseMs = 150;

interface Listeners {
  /** The model is another one. */
  changed(): void;
  /** Source files beside handlers were written, created or deleted. */
  sourcesChanged(): void;
}

/** The project of one workspace folder as the editors show it, read in the worker and kept current. */
export class FolderProject implements vscode.Disposable {
  current: OpenProject | undefined;
  readonly #folder: vscode.WorkspaceFolder;
  readonly #services: Pick<Services, 'analyzer' | 'log'>;
  readonly #listeners: Listeners;
  readonly #subscriptions: vscode.Disposable;
  /** By path, the version of each open template that `current` was read with. */
  #read: ReadonlyMap<string, number> = new Map();
  /** Paths that have changed on the disk; undefined: anything may have. */
  #changed: Set<string> | undefined;
  #reading: Promise<OpenProject> | undefined;
  #isStale = false;
  #isDisposed = false;
  #timer: NodeJS.Timeout | undefined;
  #watchers = new DisposableStore();
  #watched = '';

  constructor(
    folder: vscode.WorkspaceFolder,
    services: Pick<Services, 'analyzer' | 'log'>,
    listeners: Listeners,
  ) {
    this.#folder = folder;
    this.#services = services;
    this.#listeners = listeners;
    this.#subscriptions = vscode.Disposable.from(
      this.#watch(new vscode.RelativePattern(folder, templateNames)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#edited(document)),
      vscode.workspace.onDidCloseTextDocument(document => {
        if (this.#read.has(document.uri.fsPath)) this.#readSoon();
      }),
    );
  }

  load(): Promise<OpenProject> {
    return this.current ? Promise.resolve(this.current) : this.#readNow();
  }

  readAll(): Promise<OpenProject> {
    this.#changed = undefined;
    return this.#readNow();
  }

  /** Reads the document as it is now; undefined when it changes meanwhile. */
  async readWith(document: vscode.TextDocument): Promise<TemplatePlaces | undefined> {
    const { version } = document;
    while (this.#read.get(document.uri.fsPath) !== version) {
      await this.#readNow();
      const isRead = this.#read.has(document.uri.fsPath) && !this.#isDisposed;
      if (!isRead || document.version !== version || document.isClosed) return undefined;
    }
    return this.placesOf(document);
  }

  /** Undefined where the model was not read from the document as it is now. */
  placesOf(document: vscode.TextDocument): TemplatePlaces | undefined {
    const file = document.uri.fsPath;
    const version = this.current?.versions[file];
    if (!this.current || version === undefined || this.#read.get(file) !== document.version) return undefined;
    return { folder: this.#folder, model: this.current.model, version };
  }

  /** A change during a reading makes one more reading follow it. */
  #readNow(): Promise<OpenProject> {
    clearTimeout(this.#timer);
    if (this.#reading) {
      this.#isStale = true;
      return this.#reading;
    }
    this.#reading = this.#readUntilCurrent().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  #readSoon(): void {
    clearTimeout(this.#timer);
    if (this.#isDisposed) return;
    this.#timer = setTimeout(() => {
      this.#readNow().catch(error => this.#services.log.error('Could not read the templates again', error));
    }, pauseMs);
  }

  async #readUntilCurrent(): Promise<OpenProject> {
    let project: OpenProject;
    do {
      this.#isStale = false;
      project = await this.#readOnce();
    } while (this.#isStale);
    return project;
  }

  async #readOnce(): Promise<OpenProject> {
    const open = this.#openTemplates();
    const changed = this.#changed;
    this.#changed = new Set();
    let project: OpenProject;
    try {
      project = await this.#services.analyzer.readOpenProject({
        root: this.#folder.uri.fsPath,
        open,
        ...(changed && { changed: [...changed] }),
      });
    } catch (error) {
      this.#changed = undefined;
      throw error;
    }
    if (this.#isDisposed) return project;
    this.current = project;
    this.#read = new Map(open.map(({ file, version }) => [file, version]));
    this.#watchFolders(project);
    this.#listeners.changed();
    return project;
  }

  #openTemplates(): readonly OpenText[] {
    return vscode.workspace.textDocuments
      .filter(document => this.#isTemplate(document))
      .map(document => ({
        file: document.uri.fsPath,
        text: document.getText(),
        version: document.version,
      }));
  }

  #isTemplate(document: vscode.TextDocument): boolean {
    if (document.isClosed || document.uri.scheme !== 'file') return false;
    const folder = vscode.workspace.getWorkspaceFolder(document.uri);
    if (folder?.uri.toString() !== this.#folder.uri.toString()) return false;
    if (this.current?.model.files.includes(document.uri.fsPath)) return true;
    return vscode.languages.match(templateSelector, document) > 0 && mentionsFunctions(document.getText());
  }

  #edited(document: vscode.TextDocument): void {
    const isKnown = this.current !== undefined || this.#reading !== undefined;
    if (!isKnown || this.#read.get(document.uri.fsPath) === document.version) return;
    if (this.#read.has(document.uri.fsPath) || this.#isTemplate(document)) this.#readSoon();
  }

  #watchFolders({ model }: OpenProject): void {
    const folders = new Set([
      ...model.files.map(file => dirname(file)),
      ...model.functions.map(sourceFolder),
    ]);
    const watched = [...folders].sort().join('\n');
    if (watched === this.#watched) return;
    this.#watched = watched;
    this.#watchers.dispose();
    this.#watchers = new DisposableStore();
    for (const folder of folders) {
      this.#watchers.add(this.#watch(new vscode.RelativePattern(vscode.Uri.file(folder), '*')));
    }
  }

  #watch(pattern: vscode.RelativePattern): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    watcher.onDidChange(({ fsPath }) => this.#written(fsPath));
    for (const event of [watcher.onDidCreate, watcher.onDidDelete]) {
      event(({ fsPath }) => {
        this.#changed?.add(fsPath);
        this.#readSoon();
        this.#listeners.sourcesChanged();
      });
    }
    return watcher;
  }

  #written(file: string): void {
    // What an editor shows goes before the disk.
    if (this.#read.has(file)) return;
    if (this.current && !this.current.model.files.includes(file)) this.#listeners.sourcesChanged();
    else {
      this.#changed?.add(file);
      this.#readSoon();
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    this.#subscriptions.dispose();
    this.#watchers.dispose();
  }
}

/** Where a function's handler is, or would be. */
function sourceFolder({ entryFile, codeDirectory, handler }: FunctionDefinition): string {
  return dirname(entryFile ?? join(codeDirectory, handler));
}
