import * as vscode from 'vscode';
import type { HandlerSummary } from '../../analyzer/protocol.ts';
import type { Services } from '../services.ts';
import { escapeMarkdown } from '../support/markdown.ts';
import type { Analyses } from './analyses.ts';
import { hintSelector } from './candidates.ts';
import { functionsOf } from './functionsOf.ts';
import type { ShownFile } from './shown.ts';
import { countsText, filesText, nameOf, shortCountsText } from './summaryText.ts';

/** How long typing has to pause before the figures follow. */
const pauseMs = 300;

/** Tells of the file in the active editor how much of it runs when. There only for files with a handler. */
export class FileStatus implements vscode.Disposable {
  readonly #analyses: Analyses;
  readonly #services: Pick<Services, 'projects'>;
  readonly #item: vscode.StatusBarItem;
  readonly #subscriptions: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;
  #hasPhases = false;

  constructor(analyses: Analyses, services: Pick<Services, 'projects'>) {
    this.#analyses = analyses;
    this.#services = services;
    this.#item = vscode.window.createStatusBarItem('lambdaLens.file', vscode.StatusBarAlignment.Right, 110);
    this.#item.name = vscode.l10n.t('Lambda Handler');
    this.#item.command = {
      command: 'lambdaLens.hints.showRegions',
      title: vscode.l10n.t('Show What Runs When'),
    };
    this.#subscriptions = vscode.Disposable.from(
      this.#item,
      analyses.onDidChange(() => this.#update()),
      vscode.window.onDidChangeActiveTextEditor(() => this.#update()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === vscode.window.activeTextEditor?.document) this.#updateLater();
      }),
    );
    this.#update();
  }

  #updateLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#update(), pauseMs);
  }

  #update(): void {
    clearTimeout(this.#timer);
    void this.#show(vscode.window.activeTextEditor?.document);
  }

  async #show(document: vscode.TextDocument | undefined): Promise<void> {
    const isCandidate = document && vscode.languages.match(hintSelector, document) > 0;
    const version = document?.version;
    const shown = isCandidate ? await this.#analyses.of(document) : undefined;
    // Of a text that has changed meanwhile a later answer tells; what was shown stays until then.
    if (document !== vscode.window.activeTextEditor?.document || document?.version !== version) return;
    this.#tellHasPhases((shown?.marks.length ?? 0) > 0);
    if (document && shown && shown.summaries.length > 0) this.#describe(document, shown);
    else this.#item.hide();
  }

  #tellHasPhases(hasPhases: boolean): void {
    if (this.#hasPhases === hasPhases) return;
    this.#hasPhases = hasPhases;
    void vscode.commands.executeCommand('setContext', 'lambdaLens.fileHasPhases', hasPhases);
  }

  #describe(document: vscode.TextDocument, { summaries }: ShownFile): void {
    const named = (summary: HandlerSummary) =>
      nameOf(summary, functionsOf(document, summary.handler.name, this.#services));
    const [first, ...others] = summaries;
    if (!first) return;
    const text =
      others.length === 0
        ? `${named(first)}: ${shortCountsText(first)}`
        : vscode.l10n.t('{0} handlers', summaries.length);
    this.#item.text = `λ ${text}`;
    const lines = summaries.map(
      summary => `**${escapeMarkdown(named(summary))}** · ${escapeMarkdown(countsText(summary))}`,
    );
    const of =
      others.length === 0 ? filesText(first) : vscode.l10n.t('Statements of what each handler reaches');
    this.#item.tooltip = new vscode.MarkdownString([...lines, escapeMarkdown(of)].join('\n\n'));
    this.#item.accessibilityInformation = {
      label: vscode.l10n.t(
        'Lambda handlers: {0}',
        summaries.map(summary => `${named(summary)}, ${countsText(summary)}`).join('; '),
      ),
    };
    this.#item.show();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.dispose();
  }
}
