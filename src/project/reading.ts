import { dirname, sep } from 'node:path';
import type { FunctionDefinition, ProjectProblem } from '../model/functionDefinition.ts';
import type { Placeholder } from '../model/placeholder.ts';
import type { ProjectResources } from '../model/projectResources.ts';
import type { StackDefinition } from '../model/resource.ts';
import type { Trigger } from '../model/trigger.ts';
import type { FolderEntry, ProjectFiles } from './files.ts';

/** What one root of the project (a template, a service, an application) came to, and what it was read from. */
export interface Reading {
  /** The file that it starts from. */
  readonly file: string;
  /** A file that only has a template's name is `not a template`; a broken one did not parse. */
  readonly state: 'read' | 'broken' | 'not a template';
  readonly content: ReadingContent;
  readonly problems: readonly ProjectProblem[];
  readonly dependencies: Dependencies;
  /** The files that it comes from, where that is less than all that were looked at. */
  readonly sources?: readonly string[];
}

export interface ReadingContent {
  readonly functions: readonly FunctionDefinition[];
  readonly stacks: readonly StackDefinition[];
  readonly resources: Partial<ProjectResources>;
  readonly triggers: readonly Trigger[];
  readonly placeholders: readonly Placeholder[];
  /** Further files that are parts of this root, and so are none of their own. */
  readonly parts?: readonly string[];
}

export const nothing: ReadingContent = {
  functions: [],
  stacks: [],
  resources: {},
  triggers: [],
  placeholders: [],
};

/** The contents of several stacks as one. */
export function combineContents(contents: readonly ReadingContent[]): ReadingContent {
  const resources: Record<string, unknown[]> = {};
  for (const content of contents) {
    for (const [kind, list] of Object.entries(content.resources)) {
      const combined = resources[kind] ?? [];
      for (const definition of list) combined.push(definition);
      resources[kind] = combined;
    }
  }
  return {
    functions: contents.flatMap(content => content.functions),
    stacks: contents.flatMap(content => content.stacks),
    resources: resources as Partial<ProjectResources>,
    triggers: contents.flatMap(content => content.triggers),
    placeholders: contents.flatMap(content => content.placeholders),
    parts: contents.flatMap(content => content.parts ?? []),
  };
}

/** What makes a reading stale when it changes. */
export interface Dependencies {
  /** Files whose text was read. */
  readonly files: ReadonlySet<string>;
  /** Folders whose entries were looked at: a file that comes or goes there matters. */
  readonly folders: ReadonlySet<string>;
}

/** A file system that notes what is read from it. */
export function recordDependencies(files: ProjectFiles): { files: ProjectFiles; dependencies: Dependencies } {
  const read = new Set<string>();
  const listed = new Set<string>();
  return {
    dependencies: { files: read, folders: listed },
    files: {
      read(file) {
        read.add(file);
        return files.read(file);
      },
      list(folder): Promise<readonly FolderEntry[]> {
        listed.add(folder);
        return files.list(folder);
      },
    },
  };
}

/** Whether a change of one of these paths can change what the reading comes to. */
export function isStale({ dependencies }: Reading, changed: ReadonlySet<string>): boolean {
  const { files, folders } = dependencies;
  for (const path of changed) {
    if (files.has(path) || folders.has(path) || folders.has(dirname(path))) return true;
    // A folder that comes or goes takes along what is below it.
    for (const folder of folders) if (folder.startsWith(path + sep)) return true;
  }
  return false;
}
