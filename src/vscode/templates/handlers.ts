import * as vscode from 'vscode';
import {
  type HandlerLocation,
  type KnownHandler,
  knownHandlerOf,
  knownHandlersOf,
} from '../../analyzer/protocol.ts';
import type { FunctionDefinition, ProjectModel } from '../../model/functionDefinition.ts';
import type { SourceRange } from '../../model/source.ts';
import type { OpenText } from '../../model/templateRequests.ts';
import type { HandlerProblem, Handlers, Services } from '../services.ts';
import { missingFileProblem } from './missingFile.ts';

/** How long changes have to pause before the handlers of all functions are looked at again. */
const pauseMs = 250;

/** So many at a time: a worker that looks at thousands of files answers nothing else meanwhile. */
const chunkSize = 100;

/** Looks in the background whether the handlers of all functions are exported, and finds single ones at once. */
export function createHandlers(
  services: Pick<Services, 'analyzer' | 'projects' | 'log'>,
): Handlers & vscode.Disposable {
  return new HandlerChecks(services);
}

class HandlerChecks implements Handlers, vscode.Disposable {
  readonly #services: Pick<Services, 'analyzer' | 'projects' | 'log'>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #locations: ReadonlyMap<string, HandlerLocation> = new Map();
  #files: ReadonlySet<string> = new Set();
  #timer: NodeJS.Timeout | undefined;
  #abort: AbortController | undefined;
  readonly onDidChange = this.#changed.event;

  constructor(services: Pick<Services, 'analyzer' | 'projects' | 'log'>) {
    this.#services = services;
    const { projects } = services;
    this.#subscriptions = vscode.Disposable.from(
      projects.onDidChange(() => this.#checkSoon()),
      projects.onDidChangeSources(() => this.#checkSoon()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (this.#files.has(document.uri.fsPath)) this.#checkSoon();
      }),
      vscode.workspace.onDidCloseTextDocument(document => {
        if (this.#files.has(document.uri.fsPath)) this.#checkSoon();
      }),
    );
  }

  problemOf(definition: FunctionDefinition, model: ProjectModel): HandlerProblem | undefined {
    const missing = missingFileProblem(definition, model);
    if (missing) return { kind: 'noFile', message: missing.message };
    const handler = knownHandlerOf(definition);
    const location = handler && this.#locations.get(keyOf(handler));
    if (!handler || location?.kind !== 'missing') return undefined;
    const file = vscode.workspace.asRelativePath(handler.file);
    const [name = ''] = handler.exportPath.split('.');
    return {
      kind: 'noExport',
      message:
        location.exports.length === 0
          ? vscode.l10n.t('{0} exports nothing. Export {1} there, or correct the handler.', file, name)
          : vscode.l10n.t(
              '{0} does not export {1}, but {2}. Export it there, or correct the handler.',
              file,
              name,
              shorten(location.exports),
            ),
    };
  }

  async locate(definition: FunctionDefinition, signal?: AbortSignal): Promise<SourceRange | undefined> {
    const handler = knownHandlerOf(definition);
    if (!handler) return undefined;
    const request = { handlers: [handler], open: dirtyTexts() };
    const outcome = await this.#services.analyzer.locateHandlers(request, signal);
    const location = outcome.kind === 'done' ? outcome.value[0] : undefined;
    return location?.kind === 'found' ? location.at : undefined;
  }

  #checkSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#abort?.abort();
      this.#abort = new AbortController();
      this.#check(this.#abort.signal).catch(error => {
        this.#services.log.error('Could not look at the handlers', error);
      });
    }, pauseMs);
  }

  async #check(signal: AbortSignal): Promise<void> {
    const { analyzer, projects } = this.#services;
    const all = new Map<string, KnownHandler>();
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      const model = projects.current(folder);
      for (const handler of model ? knownHandlersOf(model) : []) all.set(keyOf(handler), handler);
    }
    this.#files = new Set([...all.values()].map(({ file }) => file));
    const keys = [...all.keys()];
    const handlers = [...all.values()];
    const found = new Map<string, HandlerLocation>();
    for (let start = 0; start < handlers.length; start += chunkSize) {
      const request = { handlers: handlers.slice(start, start + chunkSize), open: dirtyTexts() };
      const outcome = await analyzer.locateHandlers(request, signal);
      if (outcome.kind === 'cancelled') return;
      outcome.value.forEach((location, index) => {
        found.set(keys[start + index] ?? '', location);
      });
    }
    const before = this.#locations;
    this.#locations = found;
    if (describe(before) !== describe(found)) this.#changed.fire();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }
}

/** What of the answers is shown. */
function describe(locations: ReadonlyMap<string, HandlerLocation>): string {
  const missing = [...locations].filter(([, { kind }]) => kind === 'missing');
  return JSON.stringify(missing);
}

function keyOf({ file, exportPath }: KnownHandler): string {
  return `${file}\0${exportPath}`;
}

/** What editors have and the disk has not. */
export function dirtyTexts(): readonly OpenText[] {
  return vscode.workspace.textDocuments
    .filter(document => document.isDirty && document.uri.scheme === 'file')
    .map(document => ({
      file: document.uri.fsPath,
      text: document.getText(),
      version: document.version,
    }));
}

function shorten(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown}, …` : shown;
}
