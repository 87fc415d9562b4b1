/** A place in a source file that a text names. */
export interface StackPlace {
  /** Offsets in the text, the end exclusive. */
  readonly start: number;
  readonly end: number;
  /** An absolute path. */
  readonly file: string;
  /** From 1, as the column. */
  readonly line: number;
  readonly column?: number;
}

/** `/app/src/a.ts:3:9`, `file:///app/a.mjs:3:9` and `C:\app\a.ts:3:9`, also where JSON escapes the backslashes. */
const scriptPlace =
  /(?<![\w/:.])(?:file:\/\/)?((?:\/|[A-Za-z]:[\\/])[^\s"'()<>:]*[^\s"'()<>:/\\]):(\d+)(?::(\d+))?/g;

/** `File "/app/a.py", line 3`, also where JSON escapes the quotes. */
const pythonPlace = /File \\?"((?:\/|[A-Za-z]:[\\/])[^"]+?)\\?", [Ll]ine (\d+)/g;

/** The places that a stack, a log or a payload with an error leads to. */
export function stackPlaces(text: string): readonly StackPlace[] {
  return [scriptPlace, pythonPlace].flatMap(pattern =>
    [...text.matchAll(pattern)].map(match => {
      const [whole, file = '', line = '', column] = match;
      return {
        start: match.index,
        end: match.index + whole.length,
        file: file.replaceAll('\\\\', '\\'),
        line: Number(line),
        ...(column === undefined ? {} : { column: Number(column) }),
      };
    }),
  );
}
