import * as vscode from 'vscode';
import { type AnalyzedFile, knownHandlersOf } from '../../analyzer/protocol.ts';
import { isUserError } from '../../shared/errors.ts';
import type { Services } from '../services.ts';
import { setting } from '../support/settings.ts';
import { hintSelector, mentionsLambda } from './candidates.ts';

type Answer = AnalyzedFile | undefined;

/** What the analyzer says of the open documents: one question per version, however many ask. */
export class Analyses implements vscode.Disposable {
  readonly #services: Pick<Services, 'analyzer' | 'projects' | 'log'>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #answers = new Map<string, { readonly version: number; readonly answer: Promise<Answer> }>();
  readonly #subscriptions: vscode.Disposable;

  /** Answers given before are out of date: a project, a setting or another file has changed. */
  readonly onDidChange = this.#changed.event;

  constructor(services: Pick<Services, 'analyzer' | 'projects' | 'log'>) {
    this.#services = services;
    this.#subscriptions = vscode.Disposable.from(
      services.projects.onDidChange(() => this.#forget()),
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration('lambdaLens.hints')) this.#forget();
      }),
      vscode.workspace.onDidSaveTextDocument(document => {
        if (vscode.languages.match(hintSelector, document)) this.#forget(document);
      }),
      vscode.workspace.onDidCloseTextDocument(document => {
        if (!this.#answers.delete(document.uri.toString())) return;
        services.analyzer.closeFile(document.uri.fsPath);
      }),
    );
  }

  /**
   * The analysis of the document as it is now; undefined where the document is none of Lambda's, or where it
   * has changed before there was an answer.
   */
  async of(document: vscode.TextDocument): Promise<Answer> {
    const { version } = document;
    const key = document.uri.toString();
    const known = this.#answers.get(key);
    const answer = known?.version === version ? known.answer : this.#ask(document);
    this.#answers.set(key, { version, answer });
    const analyzed = await answer;
    return document.version === version && !document.isClosed ? analyzed : undefined;
  }

  async #ask(document: vscode.TextDocument): Promise<Answer> {
    const { analyzer, log, projects } = this.#services;
    const folder = vscode.workspace.getWorkspaceFolder(document.uri);
    const project = folder && projects.current(folder);
    const text = document.getText();
    if (!mentionsLambda(text) && !project?.functions.length) return undefined;
    if (folder && !project) this.#loadProject(folder);
    try {
      const outcome = await analyzer.analyze({
        file: document.uri.fsPath,
        text,
        version: document.version,
        mode: setting('hints.mode', document),
        ...(project && { handlers: knownHandlersOf(project) }),
      });
      return outcome.kind === 'done' ? outcome.value : undefined;
    } catch (error) {
      if (isUserError(error)) log.warn(error.message);
      else log.error(`Could not analyse ${document.uri.fsPath}`, error);
      this.#answers.delete(document.uri.toString());
      return undefined;
    }
  }

  /** The first answer does not wait for the templates; a second one comes when they have been read. */
  #loadProject(folder: vscode.WorkspaceFolder): void {
    this.#services.projects.load(folder).catch(error => {
      this.#services.log.error(`Could not read the templates of ${folder.name}`, error);
    });
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
  }
}
