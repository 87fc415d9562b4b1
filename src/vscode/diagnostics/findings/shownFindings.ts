import * as vscode from 'vscode';
import type { Finding } from '../../../model/finding.ts';
import type { Log } from '../../../shared/log.ts';
import { hintSelector } from '../../hints/candidates.ts';
import { type Place, shiftPlace, type TextChange } from '../../support/shift.ts';
import type { DocumentFindings } from './documentFindings.ts';
import { toDiagnostic } from './toDiagnostic.ts';

/** How long typing has to pause before findings are looked for. */
const pauseMs = 400;

/**
 * The findings of the documents that are shown or have a tab, and of the other files of a list, in the Problems view.
 * While a document is edited, what is not touched by the edits moves with its text.
 */
export class ShownFindings implements vscode.Disposable {
  readonly #findings: DocumentFindings;
  readonly #log: Log;
  readonly #collection = vscode.languages.createDiagnosticCollection('lambda-lens-findings');
  readonly #subscriptions: vscode.Disposable;
  /** Those that were shown and still have a tab. */
  readonly #documents = new Set<vscode.TextDocument>();
  /** Those of them to look at again. */
  readonly #outdated = new Set<vscode.TextDocument>();
  /** Files that only a list of the whole workspace tells of. */
  #listed = new Map<string, readonly Finding[]>();
  #timer: NodeJS.Timeout | undefined;
  #isBusy = false;
  #isDisposed = false;

  constructor(findings: DocumentFindings, log: Log) {
    this.#findings = findings;
    this.#log = log;
    this.#subscriptions = vscode.Disposable.from(
      this.#collection,
      findings.onDidChange(() => this.#refresh([...this.#documents])),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#follow()),
      // VS Code keeps a document for some time after its last tab was closed.
      vscode.window.tabGroups.onDidChangeTabs(() => this.#follow()),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (!this.#documents.has(document) || contentChanges.length === 0) return;
        this.#move(document, contentChanges);
        this.#refresh([document]);
      }),
      vscode.workspace.onDidCloseTextDocument(document => this.#close(document)),
    );
    this.#follow();
  }

  /** By absolute path, what was found in the whole workspace; documents that are shown keep their own. */
  list(found: ReadonlyMap<string, readonly Finding[]>): void {
    const open = new Set([...this.#documents].map(({ uri }) => uri.fsPath));
    for (const path of this.#listed.keys()) {
      if (!open.has(path)) this.#collection.delete(vscode.Uri.file(path));
    }
    this.#listed = new Map(found);
    for (const [path, findings] of found) {
      if (!open.has(path)) this.#collection.set(vscode.Uri.file(path), toDiagnostics(findings));
    }
  }

  #follow(): void {
    const visible = vscode.window.visibleTextEditors.map(({ document }) => document);
    const inTabs = filesInTabs();
    for (const document of this.#documents) {
      if (!visible.includes(document) && !inTabs.has(document.uri.toString())) this.#close(document);
    }
    const added = visible
      .filter(document => !this.#documents.has(document))
      .filter(document => vscode.languages.match(hintSelector, document) > 0);
    for (const document of added) this.#documents.add(document);
    if (added.length > 0) this.#refresh(added);
  }

  #close(document: vscode.TextDocument): void {
    if (!this.#documents.delete(document)) return;
    this.#outdated.delete(document);
    const listed = this.#listed.get(document.uri.fsPath);
    this.#collection.set(document.uri, listed && toDiagnostics(listed));
  }

  #refresh(documents: readonly vscode.TextDocument[]): void {
    for (const document of documents) this.#outdated.add(document);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#work(), pauseMs);
  }

  /** One document at a time, those first that somebody sees. */
  async #work(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      for (let next = this.#next(); next && !this.#isDisposed; next = this.#next()) {
        this.#outdated.delete(next);
        await this.#show(next);
      }
    } catch (error) {
      this.#log.error('Could not show findings', error);
    } finally {
      this.#isBusy = false;
    }
  }

  #next(): vscode.TextDocument | undefined {
    const visible = vscode.window.visibleTextEditors.find(({ document }) => this.#outdated.has(document));
    const [first] = this.#outdated;
    return visible?.document ?? first;
  }

  async #show(document: vscode.TextDocument): Promise<void> {
    const found = await this.#findings.of(document);
    // An edit or a change elsewhere has asked for a newer answer meanwhile; of broken code nothing new is known.
    if (!found?.isComplete || this.#isDisposed || !this.#documents.has(document)) return;
    this.#collection.set(
      document.uri,
      found.findings.map(finding => toDiagnostic(finding, document)),
    );
  }

  #move(document: vscode.TextDocument, changes: readonly TextChange[]): void {
    const before = this.#collection.get(document.uri) ?? [];
    if (before.length === 0) return;
    const after = before.flatMap(diagnostic => {
      const place = shiftPlace(diagnostic.range, changes);
      return place ? [moved(diagnostic, place)] : [];
    });
    const isSame = after.length === before.length && after.every((each, index) => each === before[index]);
    if (!isSame) this.#collection.set(document.uri, after);
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    this.#subscriptions.dispose();
    this.#documents.clear();
  }
}

function toDiagnostics(findings: readonly Finding[]): vscode.Diagnostic[] {
  return findings.map(finding => toDiagnostic(finding));
}

function filesInTabs(): ReadonlySet<string> {
  const tabs = vscode.window.tabGroups.all.flatMap(group => group.tabs);
  const uris = tabs.flatMap(({ input }) => {
    if (input instanceof vscode.TabInputText) return [input.uri];
    return input instanceof vscode.TabInputTextDiff ? [input.modified] : [];
  });
  return new Set(uris.map(uri => uri.toString()));
}

function moved(diagnostic: vscode.Diagnostic, { start, end }: Place): vscode.Diagnostic {
  const range = new vscode.Range(start.line, start.character, end.line, end.character);
  if (range.isEqual(diagnostic.range)) return diagnostic;
  const copy = new vscode.Diagnostic(range, diagnostic.message, diagnostic.severity);
  return Object.assign(copy, {
    source: diagnostic.source,
    code: diagnostic.code,
    tags: diagnostic.tags,
    relatedInformation: diagnostic.relatedInformation,
  });
}
