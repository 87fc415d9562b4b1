// Where saved events are: `.lambda-lens/events/<function>/<name>.json`, with what is expected of the invocation
// in `<name>.expected.json` beside it.

/** Below the workspace folder. */
export const eventsFolder = ['.lambda-lens', 'events'] as const;

/** A saved event of a function. */
export interface SavedEvent {
  readonly name: string;
  /** The name of its file. */
  readonly file: string;
  /** The name of the file that makes it a test. */
  readonly expectationFile?: string;
}

const eventEnding = '.json';
const expectationEnding = '.expected.json';

/** The events among the files of a function's folder, by name. */
export function savedEventsAmong(files: readonly string[]): readonly SavedEvent[] {
  const all = new Set(files);
  return files
    .filter(file => file.endsWith(eventEnding) && !file.endsWith(expectationEnding) && !file.startsWith('.'))
    .map(file => {
      const name = file.slice(0, -eventEnding.length);
      const expectationFile = expectationFileOf(name);
      return { name, file, ...(all.has(expectationFile) ? { expectationFile } : {}) };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Files that expect something of an event that is not there. */
export function strayExpectationsAmong(files: readonly string[]): readonly string[] {
  const events = new Set(savedEventsAmong(files).map(({ name }) => expectationFileOf(name)));
  return files.filter(file => file.endsWith(expectationEnding) && !events.has(file)).sort();
}

export function eventFileOf(name: string): string {
  return `${name}${eventEnding}`;
}

function expectationFileOf(name: string): string {
  return `${name}${expectationEnding}`;
}

/** What is wrong with the name of an event to be saved; undefined: nothing. */
export function eventNameFault(name: string): string | undefined {
  if (name.trim() === '') return 'An event needs a name.';
  if (!/^[\p{L}\d][\p{L}\d ._-]*$/u.test(name)) {
    return 'The name becomes the name of a file: letters, digits, blanks, dots, hyphens and underscores only.';
  }
  if (name.endsWith('.expected')) return 'A name with .expected at its end belongs to an expected result.';
  return undefined;
}
