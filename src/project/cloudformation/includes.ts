import { dirname, resolve } from 'node:path';
import { parseDocument } from '../document/parseDocument.ts';
import {
  type DocNode,
  descendant,
  entriesOf,
  type MapEntry,
  type MapNode,
  rangeOf,
  textOf,
} from '../document/sourceDocument.ts';
import type { ProjectFiles } from '../files.ts';
import type { Problems } from '../problems.ts';

/** How a file that a template names is found and read. */
export interface IncludeContext {
  readonly files: ProjectFiles;
  readonly problems: Problems;
  /** Texts of names, such as a `Fn::Sub` over parameters. */
  text(node: DocNode): string | undefined;
}

/**
 * The node with the local files of `AWS::Include` in the place of the calls.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/transform-aws-include.html
 */
export async function writeOutIncludes(root: DocNode, context: IncludeContext): Promise<DocNode> {
  return hasInclude(root) ? new Includer(context).expand(root, []) : root;
}

/** The parsed content of a file beside a template; undefined, with a problem, where that cannot be had. */
export async function readBeside(
  location: DocNode,
  context: IncludeContext,
): Promise<{ file: string; root: DocNode } | undefined> {
  const path = context.text(location);
  if (path === undefined || /^(s3|https?):/.test(path)) {
    context.problems.info(
      'This is not a file of the workspace, so what it holds is not known here.',
      rangeOf(location),
    );
    return undefined;
  }
  const file = resolve(dirname(location.document.file), path);
  const content = await context.files.read(file);
  if (content.kind !== 'text') {
    const reason = content.kind === 'missing' ? 'does not exist' : `cannot be read: ${content.reason}`;
    context.problems.error(`${file} ${reason}. Correct the path, or create the file.`, rangeOf(location));
    return undefined;
  }
  const root = parseDocument(file, content.text, context.problems);
  return root && { file, root };
}

class Includer {
  readonly #context: IncludeContext;

  constructor(context: IncludeContext) {
    this.#context = context;
  }

  /** @param within the files that the node is included by, so that none includes itself. */
  async expand(node: DocNode, within: readonly string[]): Promise<DocNode> {
    if (node.kind === 'scalar') return node;
    if (node.kind === 'seq') {
      const items: DocNode[] = [];
      for (const item of node.items) items.push(await this.expand(item, within));
      return { ...node, items };
    }
    const entries = new Map<string, MapEntry>();
    for (const [name, { key, value }] of node.entries) {
      const location = isIncludeName(name) ? includedLocation(value) : undefined;
      if (!location) entries.set(name, { key, value: await this.expand(value, within) });
      else
        for (const [included, entry] of entriesOf(await this.#include(location, within)))
          entries.set(included, entry);
    }
    return { ...node, entries } satisfies MapNode;
  }

  async #include(location: DocNode, within: readonly string[]): Promise<DocNode | undefined> {
    const found = await readBeside(location, this.#context);
    if (!found) return undefined;
    if (within.includes(found.file)) {
      this.#context.problems.error(`${found.file} includes itself. Break the circle.`, rangeOf(location));
      return undefined;
    }
    return this.expand(found.root, [...within, found.file]);
  }
}

/** Most templates include nothing, and to await each of their nodes would take its time. */
function hasInclude(node: DocNode): boolean {
  if (node.kind === 'scalar') return false;
  if (node.kind === 'seq') return node.items.some(hasInclude);
  for (const [name, { value }] of node.entries) {
    if ((isIncludeName(name) && includedLocation(value)) || hasInclude(value)) return true;
  }
  return false;
}

function isIncludeName(name: string): boolean {
  return name === 'Fn::Transform' || name === 'Transform';
}

function includedLocation(transform: DocNode): DocNode | undefined {
  if (textOf(descendant(transform, 'Name')) !== 'AWS::Include') return undefined;
  return descendant(transform, 'Parameters', 'Location');
}
