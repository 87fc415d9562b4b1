import { basename, dirname, join } from 'node:path';
import { parseJson } from '../document/parseJson.ts';
import { descendant, textOf } from '../document/sourceDocument.ts';
import type { ProjectFiles } from '../files.ts';
import { isGeneratedFolder } from '../findRoots.ts';
import type { Problems } from '../problems.ts';
import { combineContents, type Reading, type ReadingContent } from '../reading.ts';
import { readRoot } from '../readRoot.ts';
import { readStack } from '../readStack.ts';
import type { RootRequest } from '../rootRequest.ts';
import { readAssembly } from './assembly.ts';
import { type Construct, findConstructs } from './constructs.ts';
import { templateOf } from './constructTemplate.ts';
import { ownResources } from './ownResources.ts';
import { sourceOf } from './sources.ts';

/**
 * Reads a CDK application: what it was last synthesized to, and its sources for what those tell better. It
 * is never synthesized here. The root is `cdk.json`, or the manifest of an assembly that stands alone.
 */
export function readCdk(file: string, request: RootRequest): Promise<Reading> {
  return readRoot(file, request, read);
}

async function read(
  file: string,
  request: RootRequest,
  problems: Problems,
): Promise<ReadingContent | 'broken'> {
  const { files } = request;
  const isManifest = basename(file) === 'manifest.json';
  const output = isManifest ? dirname(file) : await outputOf(file, files, problems);
  if (output === undefined) return 'broken';
  const folder = isManifest ? dirname(output) : dirname(file);
  const stacks = await readAssembly(join(output, 'manifest.json'), request.projectRoot, files, problems);
  const constructs = await constructsIn(folder, files);
  if (stacks.length === 0) {
    problems.info(
      constructs.length > 0
        ? 'This application was not synthesized yet, so its functions are read from its sources alone. Run cdk synth to see all of them.'
        : 'This application was not synthesized yet. Run cdk synth to see its functions.',
      { file, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
    );
    return readSources(file, folder, constructs, request, problems);
  }
  const contents: ReadingContent[] = [];
  for (const stack of stacks) {
    const text = await files.read(stack.templateFile);
    const root = text.kind === 'text' ? parseJson(stack.templateFile, text.text, problems) : undefined;
    if (!root) return 'broken';
    const content = await readStack(stack.templateFile, root, {
      ...request,
      problems,
      dialect: 'cdk',
      stackName: stack.name,
      parameters: new Map(),
      ignored: ownResources(root),
      positionOf: logicalId => stack.positions.get(logicalId),
      sourceOf: definition => sourceOf(definition, root, constructs, folder, files),
      workingFolder: folder,
    });
    contents.push(content);
  }
  return combineContents(contents);
}

/** Where `cdk synth` writes to; undefined where `cdk.json` does not parse. */
async function outputOf(file: string, files: ProjectFiles, problems: Problems): Promise<string | undefined> {
  const content = await files.read(file);
  const config = content.kind === 'text' ? parseJson(file, content.text, problems) : undefined;
  return config && join(dirname(file), textOf(descendant(config, 'output')) ?? 'cdk.out');
}

function readSources(
  file: string,
  folder: string,
  constructs: readonly Construct[],
  request: RootRequest,
  problems: Problems,
): Promise<ReadingContent> {
  const template = templateOf(file, constructs);
  return readStack(file, template, {
    ...request,
    problems,
    dialect: 'cdk',
    parameters: new Map(),
    sourceOf: definition => sourceOf(definition, template, constructs, folder, request.files),
  });
}

/** How deep below `cdk.json` sources are looked for, and how many of them are read. */
const maximumDepth = 4;
const maximumSources = 2_000;

/** The functions that the application's sources construct. */
async function constructsIn(folder: string, files: ProjectFiles): Promise<readonly Construct[]> {
  const found: Construct[] = [];
  for (const entry of (await entriesWithin(folder, maximumDepth, files)).slice(0, maximumSources)) {
    const content = await files.read(entry);
    if (content.kind !== 'text' || !/aws-cdk-lib|@aws-cdk\//.test(content.text)) continue;
    found.push(...findConstructs(entry, content.text));
  }
  return found;
}

async function entriesWithin(folder: string, depth: number, files: ProjectFiles): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { name, kind } of await files.list(folder)) {
    const path = join(folder, name);
    if (kind === 'folder' && depth > 0 && !isGeneratedFolder(name) && !/^(tests?|__tests__)$/.test(name)) {
      found.push(...(await entriesWithin(path, depth - 1, files)));
    } else if (kind === 'file' && /\.[cm]?[jt]s$/.test(name) && !/\.(test|spec|d)\.[cm]?[jt]s$/.test(name)) {
      found.push(path);
    }
  }
  return found.sort();
}
