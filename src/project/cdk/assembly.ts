import { dirname, join } from 'node:path';
import type { SourceRange } from '../../model/source.ts';
import { parseJson } from '../document/parseJson.ts';
import { type DocNode, descendant, entriesOf, textOf } from '../document/sourceDocument.ts';
import type { ProjectFiles } from '../files.ts';
import type { Problems } from '../problems.ts';

/** A stack of a cloud assembly. https://docs.aws.amazon.com/cdk/v2/guide/deploy.html */
export interface AssemblyStack {
  readonly id: string;
  readonly name: string;
  /** Absolute path. */
  readonly templateFile: string;
  /** Where the program made each resource, by logical id. */
  readonly positions: ReadonlyMap<string, SourceRange>;
}

/** The stacks of an assembly and of those within it, such as of stages; none where there is no manifest. */
export async function readAssembly(
  manifestFile: string,
  projectRoot: string,
  files: ProjectFiles,
  problems: Problems,
): Promise<readonly AssemblyStack[]> {
  const content = await files.read(manifestFile);
  if (content.kind !== 'text') return [];
  const manifest = parseJson(manifestFile, content.text, problems);
  const folder = dirname(manifestFile);
  const stacks: AssemblyStack[] = [];
  for (const [id, { value }] of entriesOf(descendant(manifest, 'artifacts'))) {
    const type = textOf(descendant(value, 'type'));
    const template = textOf(descendant(value, 'properties', 'templateFile'));
    const nested = textOf(descendant(value, 'properties', 'directoryName'));
    if (type === 'aws:cloudformation:stack' && template !== undefined) {
      stacks.push({
        id,
        name: textOf(descendant(value, 'properties', 'stackName')) ?? id,
        templateFile: join(folder, template),
        positions: new Map([
          ...positionsOf(descendant(value, 'metadata'), projectRoot),
          ...positionsOf(await furtherMetadata(value, folder, files, problems), projectRoot),
        ]),
      });
    } else if (type === 'cdk:cloud-assembly' && nested !== undefined) {
      stacks.push(
        ...(await readAssembly(join(folder, nested, 'manifest.json'), projectRoot, files, problems)),
      );
    }
  }
  return stacks;
}

/** Newer versions write the metadata into a file of its own. */
async function furtherMetadata(
  artifact: DocNode,
  folder: string,
  files: ProjectFiles,
  problems: Problems,
): Promise<DocNode | undefined> {
  const name = textOf(descendant(artifact, 'additionalMetadataFile'));
  if (name === undefined) return undefined;
  const content = await files.read(join(folder, name));
  return content.kind === 'text' ? parseJson(join(folder, name), content.text, problems) : undefined;
}

/** Each construct's metadata names its logical id, and where the program made it. */
function positionsOf(metadata: DocNode | undefined, projectRoot: string): ReadonlyMap<string, SourceRange> {
  const positions = new Map<string, SourceRange>();
  for (const [, { value }] of entriesOf(metadata)) {
    let logicalId: string | undefined;
    let position: SourceRange | undefined;
    for (const item of value.kind === 'seq' ? value.items : []) {
      const type = textOf(descendant(item, 'type'));
      if (type === 'aws:cdk:logicalId') logicalId = textOf(descendant(item, 'data'));
      const trace = descendant(item, type === 'aws:cdk:creationStack' ? 'data' : 'trace');
      position ??= positionIn(trace, projectRoot);
    }
    if (logicalId !== undefined && position) positions.set(logicalId, position);
  }
  return positions;
}

/** The innermost frame that is the project's own. */
function positionIn(trace: DocNode | undefined, projectRoot: string): SourceRange | undefined {
  for (const frame of trace?.kind === 'seq' ? trace.items : []) {
    const [, file = '', line = '', column = ''] =
      /\(?(\/[^():]+):(\d+):(\d+)\)?$/.exec(textOf(frame) ?? '') ?? [];
    if (!file.startsWith(`${projectRoot}/`) || file.includes('/node_modules/')) continue;
    const startLine = Number(line);
    const startColumn = Number(column);
    return { file, startLine, startColumn, endLine: startLine, endColumn: startColumn };
  }
  return undefined;
}
