import { basename, dirname, relative } from 'node:path';
import type { FunctionDefinition } from '../model/functionDefinition.ts';
import type { FunctionDraft } from './cloudformation/readers/collected.ts';
import { readResources } from './cloudformation/readers/readResources.ts';
import { openStacks, type StackRequest } from './cloudformation/stacks.ts';
import { findEntryFile } from './code/entryFile.ts';
import type { DocNode } from './document/sourceDocument.ts';
import type { ReadingContent } from './reading.ts';

/** Everything that a root stack, and those nested in it, come to. */
export async function readStack(file: string, root: DocNode, request: StackRequest): Promise<ReadingContent> {
  const { stacks } = await openStacks(file, root, request);
  const collected = readResources(stacks);
  return {
    functions: await Promise.all(collected.functions.map(draft => withEntryFile(draft, request))),
    stacks: stacks.map(stack => stack.definition),
    resources: collected.resources,
    triggers: collected.triggers,
    placeholders: collected.placeholders,
  };
}

async function withEntryFile(
  { definition, location }: FunctionDraft,
  { files, problems, projectRoot }: StackRequest,
): Promise<FunctionDefinition> {
  if (!location) return definition;
  const entryFile = await findEntryFile(location, files);
  if (entryFile !== undefined) return { ...definition, entryFile };
  if (/^(nodejs|python|ruby)/.test(location.runtime)) {
    const folder = relative(projectRoot, location.codeDirectory) || basename(dirname(`${projectRoot}/x`));
    problems.error(
      `No source file for the handler ${location.handler} is in ${folder}. Create it, or correct the handler.`,
      definition.ranges?.handler ?? definition.definedAt,
    );
  }
  return definition;
}
