import assert from 'node:assert/strict';
import type { ProjectModel, ProjectProblem } from '../../../../src/model/functionDefinition.ts';
import type { ProjectResources } from '../../../../src/model/projectResources.ts';
import { readProject } from '../../../../src/project/readProject.ts';
import { memoryFiles } from './memoryFiles.ts';

export interface Project {
  /** Texts by path. A text's own markers say which problems it has: see `expectedProblems`. */
  readonly files: Readonly<Record<string, string>>;
  /** What the model has to hold, at least. */
  readonly model?: ExpectedModel;
  /** Problems of files that cannot hold markers, in the markers' form: `cdk.json:1:1-1 info: ...`. */
  readonly problems?: readonly string[];
}

/** Parts of a model: objects hold at least what is written, lists exactly as many items. */
export type ExpectedModel = { readonly [K in keyof Omit<ProjectModel, 'resources'>]?: unknown } & {
  readonly resources?: { readonly [K in keyof ProjectResources]?: readonly object[] };
};

/** Reads a project from memory; it must have what is expected of it, and exactly the problems marked. */
export async function check({ files, model: expected, problems = [] }: Project): Promise<ProjectModel> {
  const model = await readProject('/project', memoryFiles(new Map(Object.entries(files))));
  const wanted = [
    ...problems,
    ...Object.entries(files).flatMap(([path, text]) => expectedProblems(path, text)),
  ];
  assert.deepEqual(model.problems.map(problem => asExpected(problem, wanted)).sort(), wanted.sort());
  if (expected) assert.deepEqual(restrict(model, expected), expected);
  return model;
}

/** One SAM template, with files that its handlers are in. */
export function checkTemplate(
  template: string,
  model?: ExpectedModel,
  handlers: readonly string[] = ['index.ts'],
): Promise<ProjectModel> {
  const sources = Object.fromEntries(
    handlers.map(path => [path, 'export const handler = async () => {};\n']),
  );
  return check({ files: { 'template.yaml': template, ...sources }, ...(model && { model }) });
}

const marker = /^\s*#\s*(\^+)(>?) (error|warning|info): (.+)$/;
const markerAtFileStart = /^#! (error|warning|info): (.+)$/;

/**
 * A comment below a line marks a problem there: `# ^^^^ error: has no Handler`, the carets under the range
 * and the words a part of the message. `^>` is a range that goes on in further lines. `#! error: ...` is a
 * problem of the whole file.
 */
function expectedProblems(path: string, text: string): readonly string[] {
  const found: string[] = [];
  let line = 0;
  text.split('\n').forEach((written, index) => {
    const whole = markerAtFileStart.exec(written);
    if (whole) found.push(`${path}:1:1-1 ${whole[1]}: ${whole[2]}`);
    const match = marker.exec(written);
    if (!match) {
      line = index + 1;
      return;
    }
    const [, carets = '', more, severity, message] = match;
    const start = written.indexOf('^') + 1;
    const end = more ? '…' : String(start + carets.length);
    found.push(`${path}:${line}:${start}-${end} ${severity}: ${message}`);
  });
  return found;
}

/** The problem in the markers' form; its message is cut to the part that is expected at its place. */
function asExpected({ range, severity, message }: ProjectProblem, wanted: readonly string[]): string {
  const path = range?.file.replace(/^\/project\//, '') ?? '';
  const end = range?.startLine === range?.endLine ? String(range?.endColumn) : '…';
  const prefix = `${path}:${range?.startLine}:${range?.startColumn}-${end} ${severity}: `;
  const parts = wanted
    .filter(expected => expected.startsWith(prefix))
    .map(expected => expected.slice(prefix.length));
  return prefix + (parts.find(part => message.includes(part)) ?? message);
}

/** The value with only those members that the other has too; lists keep all of their items. */
function restrict(value: unknown, to: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) => (Array.isArray(to) && index in to ? restrict(item, to[index]) : item));
  }
  if (typeof value !== 'object' || value === null || typeof to !== 'object' || to === null) return value;
  const wanted = Object.keys(to);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => wanted.includes(name))
      .map(([name, member]) => [name, restrict(member, (to as Record<string, unknown>)[name])]),
  );
}
