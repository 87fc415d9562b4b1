import assert from 'node:assert/strict';
import { dirname, sep } from 'node:path';
import { inspectFiles } from '../../../../src/analyzer/inspect.ts';
import { SourceStore } from '../../../../src/analyzer/modules/sourceStore.ts';
import { handlersForRules, type KnownHandler, knownHandlerOf } from '../../../../src/analyzer/protocol.ts';
import { Findings } from '../../../../src/analyzer/rules/findings.ts';
import type { Rule } from '../../../../src/analyzer/rules/rule.ts';
import { templateFindings } from '../../../../src/analyzer/rules/templateFindings.ts';
import { HandlerFiles } from '../../../../src/analyzer/templates/handlerFiles.ts';
import type { Finding, RuleSeverities } from '../../../../src/model/finding.ts';
import type { ProjectModel } from '../../../../src/model/functionDefinition.ts';
import { readProject } from '../../../../src/project/readProject.ts';
import { type Files, filesOf } from '../checkPhases.ts';

/**
 * Checks every finding of a rule: a comment line with `^^^ words` says that one begins above the first caret
 * and that its message has those words. A finding without a marker fails as well as a marker without a
 * finding. `template: name` makes that export of the first file a handler, `template: name runtime` one of
 * that runtime; a file `template.yaml` is read as a project is.
 */
export async function check(rule: Rule, text: string): Promise<void> {
  const files = filesOf(text);
  const model = templates.some(path => path in files) ? await modelOf(files) : undefined;
  const found = new Map([
    ...findingsIn(text, [rule], {}, model && handlersForRules(model)),
    ...(model ? findingsInTemplates(rule, model, files) : []),
  ]);
  const wrong: string[] = [];
  for (const [path, content] of Object.entries(files)) {
    const expected = markersOf(content);
    for (const finding of found.get(path) ?? []) {
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

/** The findings of each source file, by its path. */
export function findingsIn(
  text: string,
  rules?: readonly Rule[],
  severities: RuleSeverities = {},
  handlers: readonly KnownHandler[] = namedHandlers(text),
): ReadonlyMap<string, readonly Finding[]> {
  const files = filesOf(text);
  const paths = Object.keys(files).filter(path => !templates.includes(path));
  const inspection = inspectFiles(new SourceStore(fileSystemOf(files)), paths, { handlers });
  const findings = new Findings(inspection, { handlers, severities, ...(rules && { rules }) });
  return new Map(
    paths.flatMap(path => {
      const file = inspection.program.file(path);
      return file ? [[path, findings.of(file)] as const] : [];
    }),
  );
}

const templates: readonly string[] = ['/app/template.yaml', '/app/serverless.yml'];

function namedHandlers(text: string): readonly KnownHandler[] {
  const [, exportPath, runtime] = /^\s*\/\/ template: (\S+)(?: (\S+))?/m.exec(text) ?? [];
  const [file = ''] = Object.keys(filesOf(text));
  return exportPath ? [{ file, exportPath, ...(runtime !== undefined && { runtime }) }] : [];
}

function findingsInTemplates(rule: Rule, model: ProjectModel, files: Files) {
  const handlerFiles = new HandlerFiles(fileSystemOf(files));
  return templateFindings(
    {
      model,
      textOf: path => files[path],
      locationOf(definition) {
        const handler = knownHandlerOf(definition);
        return handler && handlerFiles.locate(handler, []);
      },
    },
    { rules: [rule] },
  );
}

function fileSystemOf(files: Files) {
  return {
    stamp: (path: string) => (path in files ? 'once' : undefined),
    read: (path: string) => files[path],
    realPath: () => undefined,
  };
}

function modelOf(files: Files): Promise<ProjectModel> {
  return readProject('/app', {
    read(file) {
      const text = files[file];
      return Promise.resolve(text === undefined ? { kind: 'missing' } : { kind: 'text', text });
    },
    list(folder) {
      const names = new Map<string, 'file' | 'folder'>();
      for (const path of Object.keys(files)) {
        if (!path.startsWith(folder + sep)) continue;
        const [name = ''] = path.slice(folder.length + 1).split(sep);
        names.set(name, dirname(path) === folder ? 'file' : 'folder');
      }
      return Promise.resolve([...names].map(([name, kind]) => ({ name, kind })));
    },
  });
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
    const words = /^\s*(?:\/\/|#)\s*\^+\s+(.+)$/.exec(text)?.[1];
    if (words === undefined) code = index + 1;
    else markers.push({ line: code, column: text.indexOf('^') + 1, words });
  });
  return markers;
}
