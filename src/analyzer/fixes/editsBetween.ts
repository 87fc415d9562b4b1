import type { TextEdit } from '../../model/finding.ts';

/** Above this many comparisons of lines, what differs is replaced as a whole. */
const maximumComparisons = 4_000_000;

/** Edits of whole lines that make one text of another, few enough to leave markers and folds where they are. */
export function editsBetween(before: string, after: string): readonly TextEdit[] {
  const old = linesOf(before);
  const now = linesOf(after);
  let first = 0;
  while (first < old.length && first < now.length && old[first] === now[first]) first += 1;
  let kept = 0;
  const longest = Math.min(old.length, now.length) - first;
  while (kept < longest && old.at(-1 - kept) === now.at(-1 - kept)) kept += 1;
  const oldMiddle = old.slice(first, old.length - kept);
  const nowMiddle = now.slice(first, now.length - kept);
  const start = lengthOf(old.slice(0, first));
  return merged(steps(oldMiddle, nowMiddle), start);
}

function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length, 0);
}

type Step = { readonly kind: 'keep' | 'delete' | 'insert'; readonly line: string };

/** By the longest common subsequence of lines. */
function steps(old: readonly string[], now: readonly string[]): readonly Step[] {
  const all = (kind: Step['kind'], lines: readonly string[]) => lines.map((line): Step => ({ kind, line }));
  if (old.length * now.length > maximumComparisons) return [...all('delete', old), ...all('insert', now)];
  const width = now.length + 1;
  const common = new Uint32Array((old.length + 1) * width);
  const at = (row: number, column: number) => common[row * width + column] ?? 0;
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = now.length - 1; column >= 0; column -= 1) {
      common[row * width + column] =
        old[row] === now[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const found: Step[] = [];
  let row = 0;
  let column = 0;
  while (row < old.length || column < now.length) {
    const [removed, added] = [old[row], now[column]];
    if (removed !== undefined && removed === added) {
      found.push({ kind: 'keep', line: removed });
      row += 1;
      column += 1;
    } else if (removed !== undefined && (added === undefined || at(row + 1, column) >= at(row, column + 1))) {
      found.push({ kind: 'delete', line: removed });
      row += 1;
    } else if (added !== undefined) {
      found.push({ kind: 'insert', line: added });
      column += 1;
    }
  }
  return found;
}

function merged(all: readonly Step[], from: number): readonly TextEdit[] {
  const edits: { start: number; end: number; newText: string }[] = [];
  let offset = from;
  let open = false;
  for (const { kind, line } of all) {
    if (kind === 'keep') open = false;
    else {
      if (!open) edits.push({ start: offset, end: offset, newText: '' });
      open = true;
      const edit = edits.at(-1);
      if (edit && kind === 'insert') edit.newText += line;
      if (edit && kind === 'delete') edit.end += line.length;
    }
    if (kind !== 'insert') offset += line.length;
  }
  return edits;
}
