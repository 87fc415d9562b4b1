import * as vscode from 'vscode';
import type { Hint } from '../../analyzer/protocol.ts';
import type { Analyses } from './analyses.ts';
import { explanationText } from './explanations.ts';
import { isTold } from './told.ts';

/** Hints behind the lines on which another phase begins. Why it does is asked for when one is pointed at. */
export class PhaseInlayHints implements vscode.InlayHintsProvider<PhaseInlayHint>, vscode.Disposable {
  readonly #analyses: Analyses;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  readonly onDidChangeInlayHints = this.#changed.event;

  constructor(analyses: Analyses) {
    this.#analyses = analyses;
    this.#subscription = analyses.onDidChange(() => this.#changed.fire());
  }

  async provideInlayHints(
    document: vscode.TextDocument,
    range: vscode.Range,
  ): Promise<PhaseInlayHint[] | undefined> {
    const shown = await this.#analyses.of(document);
    return shown?.hints
      .filter(({ line }) => range.start.line < line && line <= range.end.line + 1)
      .map(hint => new PhaseInlayHint(document, hint));
  }

  async resolveInlayHint(hint: PhaseInlayHint, token: vscode.CancellationToken): Promise<PhaseInlayHint> {
    const { document, version, code } = hint;
    if (document.version !== version) return hint;
    const explanation = await this.#analyses.explain(document, code, 'code', token);
    if (explanation) hint.tooltip = explanationText(explanation, isTold(document, code));
    return hint;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

class PhaseInlayHint extends vscode.InlayHint {
  readonly document: vscode.TextDocument;
  /** That of the document when the hint was made. */
  readonly version: number;
  /** Where the code begins that the hint is about. */
  readonly code: vscode.Position;

  constructor(document: vscode.TextDocument, { line, column, label }: Hint) {
    super(document.lineAt(line - 1).range.end, label);
    this.document = document;
    this.version = document.version;
    this.code = new vscode.Position(line - 1, column - 1);
    this.paddingLeft = true;
  }
}
