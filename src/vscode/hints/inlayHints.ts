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
      .map(hint => toInlayHint(hint, document));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

function toInlayHint({ line, label }: Hint, document: vscode.TextDocument): vscode.InlayHint {
  const hint = new vscode.InlayHint(document.lineAt(line - 1).range.end, label);
  hint.paddingLeft = true;
  return hint;
}
