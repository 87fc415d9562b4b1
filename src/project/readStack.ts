import { basename, dirname, relative } from 'node:path';
import type { FunctionDefinition } from '../model/functionDefinition.ts';
import type { FunctionDraft } from './cloudformation/readers/collected.ts';
import { readResources } from './cloudformation/readers/readResources.ts';
import { openStacks, type StackRequest } from './cloudformation/stacks.ts';
import { findBuiltFrom } from './code/builtFrom.ts';
import { findEntryFile } from './code/entryFile.ts';
import type { DocNode } from './document/sourceDocument.ts';
import type { ReadingContent } from './reading.ts';

/** What a reader knows of a function's source better than its template does. */
export type KnownSource = Partial<Pick<FunctionDefinition, 'entryFile' | 'codeDirectory' | 'definedAt'>>;

export interface StackReading extends StackRequest {
  readonly sourceOf?: (definition: FunctionDefinition) => Promise<KnownSource | undefined>;
  /** What the paths of bundled code are relative to; absent: the template's folder. */
  readonly workingFolder?: string;
}

/** Everything that a root stack, and those nested in it, come to. */
export async function readStack(file: string, root: DocNode, request: StackReading): Promise<ReadingContent> {
  const { stacks } = await openStacks(file, root, request);
  const collected = readResources(stacks);
  const workingFolder = request.workingFolder ?? dirname(file);
  return {
    functions: await Promise.all(
      collected.functions.map(draft => withEntryFile(draft, workingFolder, request)),
    ),
    stacks: stacks.map(stack => stack.definition),
    resources: collected.resources,
    triggers: collected.triggers,
    placeholders: collected.placeholders,
  };
}

async function withEntryFile(
  { definition: written, location }: FunctionDraft,
  workingFolder: string,
  { files, problems, projectRoot, sourceOf }: StackReading,
): Promise<FunctionDefinition> {
  if (!location) return written;
  const known = await sourceOf?.(written);
  const definition = { ...written, ...known };
  if (known?.entryFile !== undefined) return definition;
  const entryFile = await findEntryFile(location, files);
  if (entryFile !== undefined) {
    const isBuilt = /\.[cm]?js$/.test(entryFile);
    const source = isBuilt ? await findBuiltFrom(entryFile, workingFolder, files) : undefined;
    return { ...definition, entryFile: source ?? entryFile };
  }
  if (/^(nodejs|python|ruby)/.test(location.runtime)) {
    const folder = relative(projectRoot, location.codeDirectory) || basename(projectRoot);
    problems.error(
      `No source file for the handler ${location.handler} is in ${folder}. Create it, or correct the handler.`,
      definition.ranges?.handler ?? definition.definedAt,
    );
  }
  return definition;
}
