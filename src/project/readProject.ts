import type { FunctionDefinition, ProjectModel, ProjectProblem } from '../model/functionDefinition.ts';
import type { ProjectResources } from '../model/projectResources.ts';
import { createCollected } from './cloudformation/readers/collected.ts';
import { readTemplate } from './cloudformation/readTemplate.ts';
import { nodeFiles, type ProjectFiles, rememberFolders } from './files.ts';
import { findTemplates, isTemplateName } from './findTemplates.ts';
import { createProblems } from './problems.ts';
import { isStale, type Reading } from './reading.ts';
import { defaultSettings, type ProjectSettings } from './settings.ts';

/**
 * What a workspace folder says about its functions. Never rejects for anything that a template can hold:
 * what cannot be read is a problem of the model. A folder without templates is an empty model.
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
  let templates: readonly string[] | undefined;
  return {
    async read(changed) {
      const remembered = rememberFolders(files);
      const isAnother = (path: string) => isTemplateName(path) && !readings.has(path);
      if (!templates || !changed || [...changed].some(isAnother)) {
        templates = await findTemplates(root, remembered);
        for (const file of readings.keys()) if (!templates.includes(file)) readings.delete(file);
      }
      const stale = templates.filter(file => {
        const last = readings.get(file);
        return !last || !changed || isStale(last, changed);
      });
      await inTurns(stale, async file => {
        const last = readings.get(file);
        const next = await readTemplate(file, { projectRoot: root, files: remembered, settings });
        readings.set(file, next.state === 'broken' && last ? { ...next, content: last.content } : next);
      });
      return combine(root, readings, templates);
    },
  };
}

/** Templates that are read at the same time: one is parsed while the files of others are awaited. */
const turns = 4;

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items].reverse();
  const workers = Array.from({ length: turns }, async () => {
    for (let item = queue.pop(); item !== undefined; item = queue.pop()) await work(item);
  });
  await Promise.all(workers);
}

/** One model of all readings. A template that another nests is read there, with the other's parameters. */
function combine(root: string, all: ReadonlyMap<string, Reading>, order: readonly string[]): ProjectModel {
  const readings = order.map(file => all.get(file)).filter(reading => reading !== undefined);
  const nested = new Set<string>();
  for (const { content } of readings) {
    for (const stack of content.stacks) if (stack.parentId !== undefined) nested.add(stack.file);
  }
  const known = readings.filter(reading => reading.state !== 'not a template' && !nested.has(reading.file));
  const contents = known.map(reading => reading.content);
  const { functions, duplicates } = withoutDuplicates(contents.flatMap(content => content.functions));
  return {
    root,
    functions,
    problems: [...known.flatMap(reading => reading.problems), ...duplicates],
    files: [...new Set(known.flatMap(reading => [...reading.dependencies.files]))],
    stacks: contents.flatMap(content => content.stacks),
    resources: combineResources(contents.map(content => content.resources)),
    triggers: contents.flatMap(content => content.triggers),
    placeholders: contents.flatMap(content => content.placeholders),
  };
}

function combineResources(all: readonly Partial<ProjectResources>[]): ProjectResources {
  const combined = createCollected().resources;
  for (const kind of Object.keys(combined) as (keyof ProjectResources)[]) {
    const list: unknown[] = combined[kind];
    for (const resources of all) list.push(...(resources[kind] ?? []));
  }
  return combined;
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
