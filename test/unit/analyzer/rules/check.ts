import assert from 'node:assert/strict';
import { inspectFiles } from '../../../../src/analyzer/inspect.ts';
import { SourceStore } from '../../../../src/analyzer/modules/sourceStore.ts';
import { Findings } from '../../../../src/analyzer/rules/findings.ts';
import type { Rule } from '../../../../src/analyzer/rules/rule.ts';
import type { Finding, RuleSeverities } from '../../../../src/model/finding.ts';
import { filesOf } from '../checkPhases.ts';

/**
 * Checks every finding of a rule: a comment line with `^^^ words` says that one begins above the first caret
 * and that its message has those words. A finding without a marker fails as well as a marker without a
 * finding. `template: name` makes that export of the first file a handler, `template: name runtime` one of
 * that runtime.
 */
export function check(rule: Rule, text: string): void {
  const wrong: string[] = [];
  for (const [path, content] of Object.entries(filesOf(text))) {
    const expected = markersOf(content);
    const found = findingsIn(text, [rule]).get(path) ?? [];
    for (const finding of found) {
      const index = expected.findIndex(
        ({ line, column, words }) =>
          line === finding.startLine && column === finding.startColumn && finding.message.includes(words),
      );
      if (index >= 0) expected.splice(index, 1);
      else wrong.push(`${path}:${finding.startLine}:${finding.startColumn} is found: ${finding.message}`);
    }
    for (const { line, column, words } of expected) {
      wrong.push(`${path}:${line}:${column} is not found: ${words}`);
    }
  }
  assert.equal(wrong.join('\n'), '');
}

/** The findings of each file, by its path. */
export function findingsIn(
  text: string,
  rules?: readonly Rule[],
  severities: RuleSeverities = {},
): ReadonlyMap<string, readonly Finding[]> {
  const files = filesOf(text);
  const paths = Object.keys(files);
  const [, exportPath, runtime] = /^\s*\/\/ template: (\S+)(?: (\S+))?/m.exec(text) ?? [];
  const store = new SourceStore({
    stamp: path => (path in files ? 'once' : undefined),
    read: path => files[path],
    realPath: () => undefined,
  });
  const handlers = exportPath
    ? [{ file: paths[0] ?? '', exportPath, ...(runtime !== undefined && { runtime }) }]
    : [];
  const inspection = inspectFiles(store, paths, { handlers });
  const findings = new Findings(inspection, { handlers, severities, ...(rules && { rules }) });
  return new Map(
    paths.flatMap(path => {
      const file = inspection.program.file(path);
      return file ? [[path, findings.of(file)] as const] : [];
    }),
  );
}

interface Marker {
  readonly line: number;
  readonly column: number;
  readonly words: string;
}

export function markersOf(content: string): Marker[] {
  const markers: Marker[] = [];
  let code = 0;
  content.split('\n').forEach((text, index) => {
    const words = /^\s*\/\/\s*\^+\s+(.+)$/.exec(text)?.[1];
    if (words === undefined) code = index + 1;
    else markers.push({ line: code, column: text.indexOf('^') + 1, words });
  });
  return markers;
}
