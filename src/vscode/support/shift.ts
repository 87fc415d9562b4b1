/** A place in a text as VS Code counts: lines and characters from 0, the end exclusive. */
export interface Place {
  readonly start: Point;
  readonly end: Point;
}

interface Point {
  readonly line: number;
  readonly character: number;
}

export interface TextChange {
  /** What was replaced, in the text as it was before the edit. */
  readonly range: Place;
  readonly text: string;
}

/** Where a place is after an edit; undefined when the edit changed something of it. */
export function shiftPlace(place: Place, edit: readonly TextChange[]): Place | undefined {
  let shifted: Place | undefined = place;
  // From the bottom up, so that every change still finds the text that it was made to.
  const changes = edit.toSorted((a, b) => compare(b.range.start, a.range.start));
  for (const change of changes) shifted = shifted && shiftByOne(shifted, change);
  return shifted;
}

function shiftByOne(place: Place, { range, text }: TextChange): Place | undefined {
  if (compare(range.start, place.end) >= 0) return place;
  if (compare(range.end, place.start) > 0) return undefined;
  const added = text.split('\n');
  const lines = added.length - 1 - (range.end.line - range.start.line);
  const lastLine = added.at(-1)?.length ?? 0;
  const before = added.length === 1 ? range.start.character + lastLine : lastLine;
  const move = ({ line, character }: Point): Point => ({
    line: line + lines,
    character: line === range.end.line ? before + character - range.end.character : character,
  });
  return { start: move(place.start), end: move(place.end) };
}

function compare(a: Point, b: Point): number {
  return a.line - b.line || a.character - b.character;
}

/** No template is edited so often between two readings of it. */
const maximumEdits = 1_000;

/** The last edits of one document. */
export class EditHistory {
  readonly #edits: { readonly version: number; readonly changes: readonly TextChange[] }[] = [];
  #since: number;

  /** @param version that of the document now; what came before is not known. */
  constructor(version: number) {
    this.#since = version;
  }

  /** @param version that of the document after the edit. */
  record(version: number, changes: readonly TextChange[]): void {
    this.#edits.push({ version, changes });
    if (this.#edits.length <= maximumEdits) return;
    const [oldest] = this.#edits.splice(0, 1);
    this.#since = oldest?.version ?? this.#since;
  }

  /** Where a place of an older version is now; undefined when that is not known, or when it was edited. */
  shift(place: Place, version: number): Place | undefined {
    if (!(version >= this.#since)) return undefined;
    let shifted: Place | undefined = place;
    for (const edit of this.#edits) {
      if (edit.version > version) shifted = shifted && shiftPlace(shifted, edit.changes);
    }
    return shifted;
  }
}
