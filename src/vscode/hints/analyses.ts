import * as vscode from 'vscode';
import {
  type ExplainRequest,
  type Explanation,
  type KnownHandler,
  knownHandlersOf,
} from '../../analyzer/protocol.ts';
import { isUserError } from '../../shared/errors.ts';
import type { Services } from '../services.ts';
import { abortOn } from '../support/cancellation.ts';
import { setting } from '../support/settings.ts';
import { hintSelector, mentionsLambda } from './candidates.ts';
import { ShownDocument, type ShownFile } from './shown.ts';

type Answer = ShownFile | undefined;

/** What the analyzer says of the open documents: one question per version, however many ask. */
export class Analyses implements vscode.Disposable {
  readonly #services: Pick<Services, 'analyzer' | 'projects' | 'log'>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #answers = new Map<string, { readonly version: number; readonly answer: Promise<Answer> }>();
  readonly #shown = new Map<string, ShownDocument>();
  readonly #subscriptions: vscode.Disposable;

  /** Answers given before are out of date: a project, a setting or another file has changed. */
  readonly onDidChange = this.#changed.event;

  constructor(services: Pick<Services, 'analyzer' | 'projects' | 'log'>) {
    this.#services = services;
    this.#subscriptions = vscode.Disposable.from(
      services.projects.onDidChange(() => this.#forget()),
      services.projects.onDidChangeSources(() => this.#forget()),
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration('lambdaLens.hints')) this.#forget();
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length === 0) return;
        this.#shown.get(document.uri.toString())?.edited(document.version, contentChanges);
      }),
      vscode.workspace.onDidSaveTextDocument(document => {
        if (vscode.languages.match(hintSelector, document)) this.#forget(document);
      }),
      vscode.workspace.onDidCloseTextDocument(document => {
        this.#shown.delete(document.uri.toString());
        if (!this.#answers.delete(document.uri.toString())) return;
        services.analyzer.closeFile(document.uri.fsPath);
      }),
    );
  }

  /**
   * What to show of the document as it is now; undefined where it is none of Lambda's, or where it has changed
   * before there was an answer.
   */
  async of(document: vscode.TextDocument): Promise<Answer> {
    const { version } = document;
    const key = document.uri.toString();
    for (;;) {
      const known = this.#answers.get(key);
      const answer = known?.version === version ? known.answer : this.#ask(document);
      this.#answers.set(key, { version, answer });
      const shown = await answer;
      if (document.version !== version || document.isClosed) return undefined;
      // One that was forgotten on its way is cancelled by the question that took its place.
      const current = this.#answers.get(key);
      if (!current || current.answer === answer) return shown;
    }
  }

  /** Why the code at a place runs when it does; undefined where there is nothing to say, or no time to. */
  async explain(
    document: vscode.TextDocument,
    position: vscode.Position,
    about: ExplainRequest['about'],
    token: vscode.CancellationToken,
  ): Promise<Explanation | undefined> {
    const { version } = document;
    if (!this.#concernsLambda(document)) return undefined;
    const outcome = await this.#services.analyzer.explain(
      {
        file: document.uri.fsPath,
        text: document.getText(),
        line: position.line + 1,
        column: position.character + 1,
        about,
        handlers: this.#handlers(document),
      },
      abortOn(token),
    );
    return outcome.kind === 'done' && document.version === version ? outcome.value : undefined;
  }

  async #ask(document: vscode.TextDocument): Promise<Answer> {
    if (!this.#concernsLambda(document)) return undefined;
    const { version } = document;
    const key = document.uri.toString();
    const shown = this.#shown.get(key) ?? new ShownDocument(version);
    this.#shown.set(key, shown);
    try {
      const outcome = await this.#services.analyzer.analyze({
        file: document.uri.fsPath,
        text: document.getText(),
        version,
        mode: setting('hints.mode', document),
        handlers: this.#handlers(document),
      });
      if (document.version !== version || outcome.kind === 'cancelled') return undefined;
      return shown.answered(outcome.value);
    } catch (error) {
      const { log } = this.#services;
      if (isUserError(error)) log.warn(error.message);
      else log.error(`Could not analyse ${document.uri.fsPath}`, error);
      this.#answers.delete(key);
      return document.version === version ? shown.lastGood(version) : undefined;
    }
  }

  #concernsLambda(document: vscode.TextDocument): boolean {
    const folder = vscode.workspace.getWorkspaceFolder(document.uri);
    const project = folder && this.#services.projects.current(folder);
    return mentionsLambda(document.getText()) || (project?.functions.length ?? 0) > 0;
  }

  /** The first answer does not wait for the templates; a second one comes when they have been read. */
  #handlers(document: vscode.TextDocument): readonly KnownHandler[] {
    const folder = vscode.workspace.getWorkspaceFolder(document.uri);
    const { projects, log } = this.#services;
    const project = folder && projects.current(folder);
    if (folder && !project) {
      projects
        .load(folder)
        .catch(error => log.error(`Could not read the templates of ${folder.name}`, error));
    }
    return project ? knownHandlersOf(project) : [];
  }

  #forget(except?: vscode.TextDocument): void {
    for (const key of [...this.#answers.keys()]) {
      if (key !== except?.uri.toString()) this.#answers.delete(key);
    }
    this.#changed.fire();
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changed.dispose();
    this.#answers.clear();
    this.#shown.clear();
  }
}
