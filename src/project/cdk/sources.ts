import { basename, dirname, isAbsolute, resolve } from 'node:path';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import { findEntryFile } from '../code/entryFile.ts';
import { type DocNode, descendant, textOf } from '../document/sourceDocument.ts';
import type { ProjectFiles } from '../files.ts';
import type { KnownSource } from '../readStack.ts';
import type { Construct } from './constructs.ts';

/**
 * Where the code of a synthesized function comes from, by what the program says of the construct of the same
 * id; undefined where it says nothing of a source that is there.
 */
export async function sourceOf(
  definition: FunctionDefinition,
  template: DocNode,
  constructs: readonly Construct[],
  folder: string,
  files: ProjectFiles,
): Promise<KnownSource | undefined> {
  const construct = constructOf(definition, template, constructs);
  if (!construct) return undefined;
  // Positions from the assembly's metadata go before those found by an id.
  const definedAt = definition.definedAt.file.endsWith('.json') ? construct.range : definition.definedAt;
  for (const path of entriesOf(construct, folder)) {
    const siblings = await files.list(dirname(path));
    if (siblings.some(({ name, kind }) => name === basename(path) && kind === 'file')) {
      return { entryFile: path, definedAt };
    }
  }
  const asset = pathOf(descendant(construct.options, 'code', 'asset'), folder);
  if (asset === undefined) return { definedAt };
  const { handler, runtime } = definition;
  const entryFile = await findEntryFile({ codeDirectory: asset, handler, runtime, entryPoints: [] }, files);
  return entryFile === undefined ? { definedAt } : { entryFile, codeDirectory: asset, definedAt };
}

/** `aws:cdk:path` of a resource ends with its construct's id, and `Resource`. */
function constructOf(
  definition: FunctionDefinition,
  template: DocNode,
  constructs: readonly Construct[],
): Construct | undefined {
  const path = textOf(descendant(template, 'Resources', definition.logicalId, 'Metadata', 'aws:cdk:path'));
  const id = path?.split('/').at(-2);
  const same = constructs.filter(construct => construct.id === id);
  return same.length === 1 ? same[0] : undefined;
}

/** The entry that is named, or the file beside the program that is called after it and the construct. */
function entriesOf(construct: Construct, folder: string): readonly string[] {
  const entry = pathOf(descendant(construct.options, 'entry'), folder);
  if (entry !== undefined) return [entry];
  if (construct.className !== 'NodejsFunction') return [];
  const stem = construct.range.file.replace(/\.[cm]?[jt]s$/, '');
  return ['.ts', '.js', '.mjs', '.mts', '.cjs', '.cts'].map(
    extension => `${stem}.${construct.id}${extension}`,
  );
}

/** Paths of a program are relative to where it runs, the folder of cdk.json. */
function pathOf(node: DocNode | undefined, folder: string): string | undefined {
  if (node?.kind !== 'scalar' || node.placeholders || typeof node.value !== 'string') return undefined;
  return isAbsolute(node.value) ? node.value : resolve(folder, node.value);
}
