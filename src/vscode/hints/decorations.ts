import * as vscode from 'vscode';
import type { Band, Phase } from '../../analyzer/protocol.ts';
import { DisposableStore } from '../../shared/disposable.ts';
import { setting } from '../support/settings.ts';
import type { Analyses } from './analyses.ts';
import { hintSelector } from './candidates.ts';
import { type BandTypes, createBandTypes, createMarkTypes } from './decorationTypes.ts';
import type { ShownFile } from './shown.ts';

const phases = ['init', 'invoke', 'both', 'lazy'] as const satisfies readonly Phase[];

/** How long typing has to pause before marks and tints are drawn again; they move with their lines meanwhile. */
const pauseMs = 150;

/** Marks in the gutter and the overview ruler where another phase begins, and tints behind the lines of a phase. */
export class PhaseDecorations implements vscode.Disposable {
  readonly #analyses: Analyses;
  readonly #store = new DisposableStore();
  readonly #marks: ReturnType<typeof createMarkTypes>;
  readonly #bands: BandTypes;
  #timer: NodeJS.Timeout | undefined;

  constructor(analyses: Analyses, extensionUri: vscode.Uri) {
    this.#analyses = analyses;
    this.#marks = createMarkTypes(extensionUri, this.#store);
    this.#bands = createBandTypes(this.#store);
    this.#store.add(analyses.onDidChange(() => this.#drawAll()));
    this.#store.add(vscode.window.onDidChangeVisibleTextEditors(() => this.#drawAll()));
    this.#store.add(vscode.debug.onDidChangeBreakpoints(() => this.#drawAll()));
    this.#store.add(vscode.workspace.onDidChangeTextDocument(({ document }) => this.#drawLater(document)));
    this.#drawAll();
  }

  #drawLater(document: vscode.TextDocument): void {
    if (!vscode.window.visibleTextEditors.some(editor => editor.document === document)) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#drawAll(), pauseMs);
  }

  #drawAll(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      if (vscode.languages.match(hintSelector, editor.document)) void this.#draw(editor);
    }
  }

  async #draw(editor: vscode.TextEditor): Promise<void> {
    const { document } = editor;
    const { version } = document;
    const showMarks = setting('hints.gutter', document);
    const showBands = setting('hints.background', document);
    const shown = showMarks || showBands ? await this.#analyses.of(document) : undefined;
    if (document.version !== version) return;
    this.#drawMarks(editor, showMarks ? shown : undefined);
    this.#drawBands(editor, showBands ? shown : undefined);
  }

  #drawMarks(editor: vscode.TextEditor, shown: ShownFile | undefined): void {
    const taken = linesWithBreakpoints(editor.document);
    const free = shown?.marks.filter(({ line }) => !taken.has(line)) ?? [];
    for (const phase of phases) {
      const ranges = free.filter(mark => mark.phase === phase).map(({ line }) => lineRange(line, line));
      editor.setDecorations(this.#marks[phase], ranges);
    }
  }

  #drawBands(editor: vscode.TextEditor, shown: ShownFile | undefined): void {
    for (const phase of phases) {
      const bands = shown?.bands.filter(band => band.phase === phase) ?? [];
      const draw = (kind: keyof BandTypes, range: (band: Band) => vscode.Range) =>
        editor.setDecorations(this.#bands[kind][phase], bands.map(range));
      draw('fill', ({ startLine, endLine }) => lineRange(startLine, endLine));
      draw('top', ({ startLine }) => lineRange(startLine, startLine));
      draw('bottom', ({ endLine }) => lineRange(endLine, endLine));
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#store.dispose();
  }
}

/** A mark never takes the place of a breakpoint. */
function linesWithBreakpoints(document: vscode.TextDocument): ReadonlySet<number> {
  const uri = document.uri.toString();
  const lines = vscode.debug.breakpoints.flatMap(breakpoint =>
    breakpoint instanceof vscode.SourceBreakpoint && breakpoint.location.uri.toString() === uri
      ? [breakpoint.location.range.start.line + 1]
      : [],
  );
  return new Set(lines);
}

function lineRange(startLine: number, endLine: number): vscode.Range {
  return new vscode.Range(startLine - 1, 0, endLine - 1, 0);
}
