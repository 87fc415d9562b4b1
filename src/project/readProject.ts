import type { FunctionDefinition, ProjectModel, ProjectProblem } from '../model/functionDefinition.ts';
import type { Placeholder } from '../model/placeholder.ts';
import { readCdk } from './cdk/readCdk.ts';
import { createCollected } from './cloudformation/readers/collected.ts';
import { readTemplate, readYaml } from './cloudformation/readTemplate.ts';
import { readConvention } from './convention/readConvention.ts';
import { nodeFiles, type ProjectFiles, rememberFolders } from './files.ts';
import { findRoots, type Root, readerOf } from './findRoots.ts';
import { createProblems } from './problems.ts';
import { combineContents, isStale, type Reading } from './reading.ts';
import { readService } from './serverless/readService.ts';
import { defaultSettings, type ProjectSettings } from './settings.ts';
import { readTerraform } from './terraform/readTerraform.ts';

/**
 * What a workspace folder says about its functions. Never rejects for anything that a template can hold:
 * what cannot be read is a problem of the model. A folder without templates has the functions that are marked
 * as Lambda's in its sources, and is an empty model where there are none.
 */
export async function readProject(
  root: string,
  files: ProjectFiles = nodeFiles,
  settings: ProjectSettings = defaultSettings,
): Promise<ProjectModel> {
  return createProjectReader(root, files, settings).read();
}

/** Reads a workspace folder again and again, and each time only what has changed. */
export interface ProjectReader {
  /**
   * @param changed absolute paths that were written, created or deleted since the last time; absent:
   * anything may have changed. A template that no longer parses keeps the functions that it had.
   */
  read(changed?: ReadonlySet<string>): Promise<ProjectModel>;
}

export function createProjectReader(
  root: string,
  files: ProjectFiles = nodeFiles,
  settings: ProjectSettings = defaultSettings,
): ProjectReader {
  const readings = new Map<string, Reading>();
  let roots: readonly Root[] | undefined;
  let conventional: Reading | undefined;
  return {
    async read(changed) {
      const remembered = rememberFolders(files);
      const known = new Set([...readings.values()].flatMap(reading => [...reading.dependencies.files]));
      const isAnother = (path: string) => readerOf(path) !== undefined && !known.has(path);
      if (!roots || !changed || [...changed].some(isAnother)) {
        roots = await findRoots(root, remembered);
        const found = new Set(roots.map(each => each.file));
        for (const file of readings.keys()) if (!found.has(file)) readings.delete(file);
      }
      const stale = roots.filter(({ file }) => {
        const last = readings.get(file);
        return !last || !changed || isStale(last, changed);
      });
      const request = { projectRoot: root, files: remembered, settings };
      await inTurns(stale, async ({ file, reader }) => {
        const last = readings.get(file);
        const next = await readers[reader](file, request);
        readings.set(file, next.state === 'broken' && last ? { ...next, content: last.content } : next);
      });
      const inOrder = roots.map(({ file }) => readings.get(file)).filter(reading => reading !== undefined);
      if (inOrder.some(({ state }) => state !== 'not a template')) conventional = undefined;
      else if (!conventional || !changed || isStale(conventional, changed)) {
        conventional = await readConvention(request);
      }
      return combine(root, conventional ? [conventional] : inOrder);
    },
  };
}

const readers = {
  template: readTemplate,
  yaml: readYaml,
  serverless: readService,
  cdk: readCdk,
  terraform: readTerraform,
} as const;

/** Templates that are read at the same time: one is parsed while the files of others are awaited. */
const turns = 4;

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items].reverse();
  const workers = Array.from({ length: turns }, async () => {
    for (let item = queue.pop(); item !== undefined; item = queue.pop()) await work(item);
  });
  await Promise.all(workers);
}

/** One model of all readings. A template that belongs to another root is read there, with that root's parameters. */
function combine(root: string, readings: readonly Reading[]): ProjectModel {
  const nested = new Set<string>();
  for (const { file, content } of readings) {
    for (const stack of content.stacks) if (stack.file !== file) nested.add(stack.file);
    for (const part of content.parts ?? []) nested.add(part);
  }
  const known = readings.filter(reading => reading.state !== 'not a template' && !nested.has(reading.file));
  const content = combineContents(known.map(reading => reading.content));
  const { functions, duplicates } = withoutDuplicates(content.functions);
  return {
    root,
    functions,
    problems: [...known.flatMap(reading => reading.problems), ...duplicates],
    files: [...new Set(known.flatMap(reading => reading.sources ?? [...reading.dependencies.files]))],
    stacks: content.stacks,
    resources: { ...createCollected().resources, ...content.resources },
    triggers: content.triggers,
    placeholders: withoutRepetition(content.placeholders),
  };
}

/** What the whole template uses is met in each of its functions. */
function withoutRepetition(all: readonly Placeholder[]): readonly Placeholder[] {
  const known = new Map<string, Placeholder>();
  for (const placeholder of all) {
    const { file, startLine, startColumn } = placeholder.range;
    known.set(`${file}:${startLine}:${startColumn} ${placeholder.text}`, placeholder);
  }
  return [...known.values()];
}

/** A function's name is what it is called by, so two of one name cannot both be. */
function withoutDuplicates(all: readonly FunctionDefinition[]): {
  functions: readonly FunctionDefinition[];
  duplicates: readonly ProjectProblem[];
} {
  const problems = createProblems();
  const byName = new Map<string, FunctionDefinition>();
  for (const definition of all) {
    const first = byName.get(definition.name);
    if (!first) byName.set(definition.name, definition);
    else {
      const { file, startLine } = first.definedAt;
      problems.error(
        `Another function is called ${definition.name}, at ${file}:${startLine}. Give one of them a FunctionName of its own; this one is left out until then.`,
        definition.definedAt,
      );
    }
  }
  return { functions: [...byName.values()], duplicates: problems.all() };
}
