import * as vscode from 'vscode';
import type { AnalyzedFile, Phase } from '../../analyzer/protocol.ts';
import { setting } from '../support/settings.ts';
import type { Analyses } from './analyses.ts';
import { hintSelector } from './candidates.ts';

const phases = ['init', 'invoke', 'both', 'lazy'] as const satisfies readonly Phase[];

/** How long typing has to pause before marks and tints are drawn again; they move with their lines meanwhile. */
const pauseMs = 150;

/** Marks in the gutter where another phase begins, and tints behind the lines of a phase. */
export class PhaseDecorations implements vscode.Disposable {
  readonly #analyses: Analyses;
  readonly #gutter: Readonly<Record<Phase, vscode.TextEditorDecorationType>>;
  readonly #background: Readonly<Record<'once' | 'every', vscode.TextEditorDecorationType>>;
  readonly #subscriptions: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;

  constructor(analyses: Analyses, extensionUri: vscode.Uri) {
    this.#analyses = analyses;
    const icon = (phase: Phase, theme: string) =>
      vscode.Uri.joinPath(extensionUri, 'media', `gutter-${phase}-${theme}.svg`);
    const gutter = (phase: Phase) =>
      vscode.window.createTextEditorDecorationType({
        rangeBehavior: vscode.DecorationRangeBehavior.ClosedOpen,
        dark: { gutterIconPath: icon(phase, 'dark'), gutterIconSize: 'contain' },
        light: { gutterIconPath: icon(phase, 'light'), gutterIconSize: 'contain' },
      });
    this.#gutter = {
      init: gutter('init'),
      invoke: gutter('invoke'),
      both: gutter('both'),
      lazy: gutter('lazy'),
    };
    this.#background = {
      once: tint('lambdaLens.initBackground'),
      every: tint('lambdaLens.invokeBackground'),
    };
    this.#subscriptions = vscode.Disposable.from(
      analyses.onDidChange(() => this.#drawAll()),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#drawAll()),
      vscode.debug.onDidChangeBreakpoints(() => this.#drawAll()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#drawLater(document)),
    );
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
    const showTints = setting('hints.background', document);
    const analyzed = showMarks || showTints ? await this.#analyses.of(document) : undefined;
    if (document.version !== version) return;
    this.#mark(editor, showMarks ? analyzed : undefined);
    this.#tint(editor, showTints ? analyzed : undefined);
  }

  #mark(editor: vscode.TextEditor, analyzed: AnalyzedFile | undefined): void {
    const taken = linesWithBreakpoints(editor.document);
    const free = analyzed?.marks.filter(({ line }) => !taken.has(line)) ?? [];
    for (const phase of phases) {
      const ranges = free.filter(mark => mark.phase === phase).map(({ line }) => lineRange(line, line));
      editor.setDecorations(this.#gutter[phase], ranges);
    }
  }

  #tint(editor: vscode.TextEditor, analyzed: AnalyzedFile | undefined): void {
    const ranges = (...wanted: Phase[]) =>
      (analyzed?.bands ?? [])
        .filter(({ phase }) => wanted.includes(phase))
        .map(({ startLine, endLine }) => lineRange(startLine, endLine));
    editor.setDecorations(this.#background.once, ranges('init', 'lazy'));
    editor.setDecorations(this.#background.every, ranges('invoke', 'both'));
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.dispose();
    for (const phase of phases) this.#gutter[phase].dispose();
    this.#background.once.dispose();
    this.#background.every.dispose();
  }
}

function tint(color: string): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor(color),
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
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
