import * as vscode from 'vscode';
import { type FindingsRequest, type FoundInFile, handlersForRules } from '../../../analyzer/protocol.ts';
import type { TextEdit } from '../../../model/finding.ts';
import { ruleSeveritiesOf } from '../../../model/ruleSeverities.ts';
import { isUserError } from '../../../shared/errors.ts';
import { hintSelector, mentionsLambda } from '../../hints/candidates.ts';
import type { Services } from '../../services.ts';
import { setting } from '../../support/settings.ts';

/** What the hints tell of when they are there: findings come behind them. */
export interface HintsFirst {
  readonly onDidChange: vscode.Event<void>;
  of(document: vscode.TextDocument): Promise<unknown>;
}

interface Question {
  readonly version: number;
  readonly abort: AbortController;
  readonly answer: Promise<FoundInFile | undefined>;
}

const nothing: FoundInFile = { isComplete: true, findings: [] };

/** What the rules say of open documents: one question per version, however many ask. */
export class DocumentFindings implements vscode.Disposable {
  readonly #services: Pick<Services, 'analyzer' | 'projects' | 'log'> & { readonly hints: HintsFirst };
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #questions = new Map<string, Question>();
  readonly #subscriptions: vscode.Disposable;

  /** Answers given before are out of date: a project, a setting or another file has changed. */
  readonly onDidChange = this.#changed.event;

  constructor(services: Pick<Services, 'analyzer' | 'projects' | 'log'> & { readonly hints: HintsFirst }) {
    this.#services = services;
    this.#subscriptions = vscode.Disposable.from(
      services.hints.onDidChange(() => this.#forgetAll()),
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration('lambdaLens.rules')) this.#forgetAll();
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#forget(document.uri.toString());
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#forget(uri.toString())),
    );
  }

  /** Of the document as it is now; undefined where it has changed before there was an answer. */
  async of(document: vscode.TextDocument): Promise<FoundInFile | undefined> {
    const { version } = document;
    const key = document.uri.toString();
    let question = this.#questions.get(key);
    if (question?.version !== version) {
      const abort = new AbortController();
      question = { version, abort, answer: this.#ask(document, abort.signal) };
      this.#questions.set(key, question);
    }
    const answer = await question.answer;
    const isCurrent = this.#questions.get(key) === question && document.version === version;
    return isCurrent && !document.isClosed ? answer : undefined;
  }

  /** The edits of every safe fix; undefined where there is none, or where the document has changed meanwhile. */
  async fixAll(document: vscode.TextDocument, signal: AbortSignal): Promise<readonly TextEdit[] | undefined> {
    const { version } = document;
    const request = await this.#requestFor(document);
    const outcome = request && (await this.#services.analyzer.fixAll(request, signal));
    if (outcome?.kind !== 'done' || document.version !== version) return undefined;
    return outcome.value.length > 0 ? outcome.value : undefined;
  }

  async #ask(document: vscode.TextDocument, signal: AbortSignal): Promise<FoundInFile | undefined> {
    const { version } = document;
    const { analyzer, hints, log } = this.#services;
    try {
      const request = await this.#requestFor(document);
      if (!request) return nothing;
      await hints.of(document);
      if (document.version !== version) return undefined;
      const outcome = await analyzer.findings(request, signal);
      return outcome.kind === 'done' ? outcome.value : undefined;
    } catch (error) {
      if (isUserError(error)) log.warn(error.message);
      else log.error(`Could not look for findings in ${document.uri.fsPath}`, error);
      return undefined;
    }
  }

  /** Undefined for a document that cannot be any of Lambda's. */
  async #requestFor(document: vscode.TextDocument): Promise<FindingsRequest | undefined> {
    if (!setting('rules.enabled', document)) return undefined;
    if (vscode.languages.match(hintSelector, document) === 0) return undefined;
    const text = document.getText();
    const model = await this.#modelFor(document);
    if (!mentionsLambda(text) && (model?.functions.length ?? 0) === 0) return undefined;
    return {
      file: document.uri.fsPath,
      text,
      handlers: model ? handlersForRules(model) : [],
      severities: ruleSeveritiesOf(setting('rules.severity', document)).severities,
    };
  }

  /** There is time to wait for the templates, which hints do not have. */
  async #modelFor(document: vscode.TextDocument) {
    const folder = vscode.workspace.getWorkspaceFolder(document.uri);
    const { projects, log } = this.#services;
    if (!folder) return undefined;
    try {
      return projects.current(folder) ?? (await projects.load(folder));
    } catch (error) {
      log.error(`Could not read the templates of ${folder.name}`, error);
      return undefined;
    }
  }

  #forget(key: string): void {
    this.#questions.get(key)?.abort.abort();
    this.#questions.delete(key);
  }

  #forgetAll(): void {
    for (const key of [...this.#questions.keys()]) this.#forget(key);
    this.#changed.fire();
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const key of [...this.#questions.keys()]) this.#forget(key);
    this.#changed.dispose();
  }
}
