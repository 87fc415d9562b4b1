import * as vscode from 'vscode';
import type { ProjectModel } from '../../../model/functionDefinition.ts';
import { ruleSeveritiesOf } from '../../../model/ruleSeverities.ts';
import type { Services } from '../../services.ts';
import { setting } from '../../support/settings.ts';
import { dirtyTexts } from '../../templates/handlers.ts';
import { toDiagnostic } from './toDiagnostic.ts';

/** That a handler does not exist is a problem of the template already, with fixes of its own. */
const toldElsewhere = { 'handler-not-found': 'off' } as const;

/** How long changes have to pause: a model of many functions is not sent to the worker at every key. */
const pauseMs = 400;

/** What the rules say of the templates of the workspace, in the Problems view. */
export class TemplateFindings implements vscode.Disposable {
  readonly #services: Pick<Services, 'analyzer' | 'projects' | 'log'>;
  readonly #collection = vscode.languages.createDiagnosticCollection('lambda-lens-template-findings');
  readonly #subscriptions: vscode.Disposable;
  #abort = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(services: Pick<Services, 'analyzer' | 'projects' | 'log'>) {
    this.#services = services;
    this.#subscriptions = vscode.Disposable.from(
      this.#collection,
      services.projects.onDidChange(() => this.#updateLater()),
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration('lambdaLens.rules')) this.#updateLater();
      }),
    );
    this.#updateLater();
  }

  #updateLater(): void {
    this.#abort.abort();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#update(), pauseMs);
  }

  async #update(): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    try {
      const found = new Map<string, vscode.Diagnostic[]>();
      for (const folder of vscode.workspace.workspaceFolders ?? []) {
        const model = this.#services.projects.current(folder);
        if (!model || !setting('rules.enabled', folder)) continue;
        const inFolder = await this.#find(folder, model, abort.signal);
        if (!inFolder) return;
        for (const [uri, diagnostics] of inFolder) found.set(uri, diagnostics);
      }
      if (!abort.signal.aborted) this.#show(found);
    } catch (error) {
      this.#services.log.error('Could not look for findings in templates', error);
    }
  }

  /** Undefined where a newer question has been asked meanwhile. */
  async #find(
    folder: vscode.WorkspaceFolder,
    model: ProjectModel,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, vscode.Diagnostic[]> | undefined> {
    const { severities } = ruleSeveritiesOf(setting('rules.severity', folder));
    const outcome = await this.#services.analyzer.templateFindings(
      { model, severities: { ...severities, ...toldElsewhere }, open: dirtyTexts() },
      signal,
    );
    if (outcome.kind === 'cancelled' || signal.aborted) return undefined;
    return new Map(
      [...outcome.value].map(([path, findings]) => [
        vscode.Uri.file(path).toString(),
        findings.map(finding => toDiagnostic(finding)),
      ]),
    );
  }

  /** What is said of a document that has not been read as it is now stays until it has been. */
  #show(found: ReadonlyMap<string, vscode.Diagnostic[]>): void {
    const { projects } = this.#services;
    const behind = new Set(
      vscode.workspace.textDocuments
        .filter(document => document.isDirty && !projects.currentPlaces(document))
        .map(({ uri }) => uri.toString()),
    );
    this.#collection.forEach(uri => {
      if (!behind.has(uri.toString()) && !found.has(uri.toString())) this.#collection.delete(uri);
    });
    for (const [uri, diagnostics] of found) {
      if (!behind.has(uri)) this.#collection.set(vscode.Uri.parse(uri, true), diagnostics);
    }
  }

  dispose(): void {
    this.#abort.abort();
    clearTimeout(this.#timer);
    this.#subscriptions.dispose();
  }
}
