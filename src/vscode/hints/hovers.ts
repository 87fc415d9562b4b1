import * as vscode from 'vscode';
import { toRange } from '../support/ranges.ts';
import { setting } from '../support/settings.ts';
import type { Analyses } from './analyses.ts';
import { hintSelector } from './candidates.ts';
import { explanationText } from './explanations.ts';
import { isTold } from './told.ts';

/**
 * What hovers are registered for: everything, as VS Code shows hovers of a less exact selector below those of
 * TypeScript. Which documents are meant is decided for each.
 */
export const hoverSelector: vscode.DocumentSelector = '*';

/** On what is called, what is declared, and the first word of a statement: when it runs, and by which calls. */
export class PhaseHovers implements vscode.HoverProvider {
  readonly #analyses: Analyses;

  constructor(analyses: Analyses) {
    this.#analyses = analyses;
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    if (vscode.languages.match(hintSelector, document) === 0) return undefined;
    if (!setting('hints.hover', document) || !document.getWordRangeAtPosition(position)) return undefined;
    const explanation = await this.#analyses.explain(document, position, 'word', token);
    if (!explanation) return undefined;
    const text = explanationText(explanation, isTold(document, position));
    return new vscode.Hover(text, toRange(explanation));
  }
}
