import type { OutlineItem } from './outline.ts';
import type { Band, Hint, HintMode, Mark, Note, Phase } from './protocol.ts';

/**
 * The hints of a file, at most one to a line. At the edges: each client and connection, and a word wherever
 * somebody who reads from top to bottom comes to code of another phase. In full: a word at every function and
 * callback, and at every statement of the module that does something.
 * @param outline in the order of the text
 */
export function hintsOf(
  outline: readonly OutlineItem[],
  notes: readonly Note[],
  mode: HintMode,
): readonly Hint[] {
  if (mode === 'off') return [];
  const byLine = new Map<number, Hint>();
  const add = (hint: Hint) => {
    if (!byLine.has(hint.line)) byLine.set(hint.line, hint);
  };
  for (const { kind, phase, startLine: line, startColumn: column } of notes) {
    add({ line, column, kind, phase, label: noteLabel(kind, phase) });
  }
  for (const { line, column, phase, kind } of mode === 'edges' ? edgesOf(outline) : outline.filter(speaks)) {
    if (phase) {
      add({
        line,
        column,
        phase,
        label: phaseLabels[phase],
        kind: kind === 'statement' ? 'module' : 'region',
      });
    }
  }
  return [...byLine.values()].sort((a, b) => a.line - b.line);
}

/** The lines on which code of another phase begins: each function that does not run with its module too. */
export function marksOf(outline: readonly OutlineItem[]): readonly Mark[] {
  const edges = new Set(edgesOf(outline));
  const marks = new Map<number, Mark>();
  for (const item of outline) {
    const { line, column, phase, outer, kind } = item;
    if (!phase || marks.has(line)) continue;
    if (edges.has(item) || (kind !== 'statement' && phase !== outer))
      marks.set(line, { line, column, phase });
  }
  return [...marks.values()];
}

/**
 * Lines by phase: a line belongs to the innermost region that holds some of it. What stands between two lines of
 * one phase and is no code, such as a type or a comment, is taken in; what nothing reaches is left out.
 */
export function bandsOf(outline: readonly OutlineItem[]): readonly Band[] {
  const phases = new Map<number, Phase | undefined>();
  for (const { line: first, endLine, phase } of outline) {
    for (let line = first; line <= endLine; line += 1) phases.set(line, phase);
  }
  const bands: Band[] = [];
  let before: Phase | undefined;
  for (const [line, phase] of [...phases].sort(([a], [b]) => a - b)) {
    const last = bands.at(-1);
    if (phase && last && phase === before) bands[bands.length - 1] = { ...last, endLine: line };
    else if (phase) bands.push({ startLine: line, endLine: line, phase });
    before = phase;
  }
  return bands;
}

/** When code of a phase runs, in a few words. */
const phaseLabels: Readonly<Record<Phase, string>> = {
  init: 'once per environment',
  invoke: 'every invocation',
  both: 'init and every invocation',
  lazy: 'once, on first use',
};

function noteLabel(kind: Note['kind'], phase: Phase): string {
  const labels: Readonly<Record<Phase, string>> = {
    init: `${kind} reused`,
    invoke: `new ${kind} every invocation`,
    both: `new ${kind} at init and every invocation`,
    lazy: `${kind} made once, on first use`,
  };
  return labels[phase];
}

/**
 * Where the phase changes for a reader. Functions of a file that follow each other and run in the same phase
 * are one stretch, whatever types and quiet statements stand between them, and so are the methods of an object;
 * inside of a function only what differs from it is worth a word, as the indentation tells where that ends.
 */
function edgesOf(outline: readonly OutlineItem[]): readonly OutlineItem[] {
  let current: Phase | undefined;
  /** The last function so many regions deep. */
  const before: (OutlineItem | undefined)[] = [];
  return outline.filter(item => {
    const { phase, outer, depth, kind } = item;
    if (!speaks(item)) return false;
    const last = before[depth];
    before.length = depth;
    before[depth] = kind === 'function' ? item : undefined;
    if (depth > 1) return phase !== outer && !(last && kind === 'function' && isNext(last, item));
    const isEdge = phase !== current;
    current = phase;
    return isEdge;
  });
}

/** At most an empty line or a comment stands between them. */
function isNext(last: OutlineItem, item: OutlineItem): boolean {
  return last.phase === item.phase && item.line - last.endLine <= 2;
}

function speaks({ phase, isQuiet }: OutlineItem): boolean {
  return phase !== undefined && !isQuiet;
}
