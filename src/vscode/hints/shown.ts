import type { AnalyzedFile } from '../../analyzer/protocol.ts';
import { EditHistory, type Place, type TextChange } from '../support/shift.ts';

/** What an editor shows of a file. Lines and columns count from 1. */
export type ShownFile = Pick<AnalyzedFile, 'hints' | 'marks' | 'bands' | 'summaries'>;

/**
 * What is shown of one document: the newest answer, or while its text has syntax errors the last one of a text
 * without, moved along with the edits since. What was edited itself is left out until a better answer comes.
 */
export class ShownDocument {
  readonly #history: EditHistory;
  #good: { readonly version: number; readonly shown: ShownFile } | undefined;

  /** @param version that of the document now */
  constructor(version: number) {
    this.#history = new EditHistory(version);
  }

  /** @param version that of the document after the edit */
  edited(version: number, changes: readonly TextChange[]): void {
    this.#history.record(version, changes);
  }

  /** What to show once there is an answer about the document as it is now. */
  answered(answer: AnalyzedFile): ShownFile {
    if (answer.isComplete) this.#good = { version: answer.version, shown: answer };
    return this.lastGood(answer.version) ?? answer;
  }

  /** @param version that of the document now. Undefined where there was no good answer yet. */
  lastGood(version: number): ShownFile | undefined {
    if (this.#good && this.#good.version !== version) {
      this.#good = { version, shown: move(this.#good.shown, this.#good.version, this.#history) };
    }
    return this.#good?.shown;
  }
}

function move(shown: ShownFile, version: number, history: EditHistory): ShownFile {
  const placeOf = (line: number, column: number, length: number): Place | undefined => {
    const start = { line: line - 1, character: column - 1 };
    return history.shift({ start, end: { ...start, character: start.character + length } }, version);
  };
  // The first character of the code goes with it, so that what is typed before it moves both.
  const moved = <T extends { readonly line: number; readonly column: number }>(of: T): readonly T[] => {
    const start = placeOf(of.line, of.column, 1)?.start;
    return start ? [{ ...of, line: start.line + 1, column: start.character + 1 }] : [];
  };
  return {
    hints: shown.hints.flatMap(moved),
    marks: shown.marks.flatMap(moved),
    bands: shown.bands.flatMap(band => {
      const start = placeOf(band.startLine, 1, 0)?.start;
      const end = placeOf(band.endLine, 1, 0)?.start;
      return start && end ? [{ ...band, startLine: start.line + 1, endLine: end.line + 1 }] : [];
    }),
    summaries: shown.summaries.flatMap(summary =>
      moved(summary.handler).map(handler => ({ ...summary, handler })),
    ),
  };
}
