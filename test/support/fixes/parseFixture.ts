const separator = '// ---- fixed ----\n';

/** A file of test/fixtures/fixes: code, and behind a line what the fixes of a rule make of it. */
export interface Fixture {
  readonly before: string;
  /** Undefined in a fixture that is to be written. */
  readonly after: string | undefined;
  readonly events: readonly unknown[];
  /** What the fixed handler answers, where that is to be something else. */
  readonly changed: readonly unknown[] | undefined;
}

/** `// events: [...]` and `// changed: [...]` are for the tests, and no part of the code. */
export function parseFixture(text: string): Fixture {
  const [head = '', after] = text.split(separator);
  const comments: Partial<Record<'events' | 'changed', unknown[]>> = {};
  const before = head.replaceAll(
    /^\/\/ (events|changed): (.*)\n/gm,
    (_, name: 'events' | 'changed', json) => {
      comments[name] = JSON.parse(json);
      return '';
    },
  );
  return { before, after, events: comments.events ?? [{}], changed: comments.changed };
}

/** The text of a fixture with what the fixes are to make of it. */
export function writeFixture(text: string, after: string): string {
  const [head = ''] = text.split(separator);
  return head + separator + after;
}
