import * as vscode from 'vscode';
import type { Hint } from '../../analyzer/protocol.ts';
import type { Analyses } from './analyses.ts';

/** Hints behind the lines on which another phase begins. */
export class PhaseInlayHints implements vscode.InlayHintsProvider, vscode.Disposable {
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
  ): Promise<vscode.InlayHint[] | undefined> {
    const analyzed = await this.#analyses.of(document);
    return analyzed?.hints
      .filter(({ line }) => range.start.line < line && line <= range.end.line + 1)
      .map(toInlayHint);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

function toInlayHint({ line, column, label, tooltip }: Hint): vscode.InlayHint {
  const hint = new vscode.InlayHint(new vscode.Position(line - 1, column - 1), label);
  hint.paddingLeft = true;
  hint.tooltip = new vscode.MarkdownString(tooltip);
  return hint;
}
