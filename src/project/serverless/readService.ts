import { dirname, join } from 'node:path';
import { buildAt } from '../document/build.ts';
import { parseDocument } from '../document/parseDocument.ts';
import { type DocNode, descendant, type MapEntry, rangeOf, textOf } from '../document/sourceDocument.ts';
import type { ProjectFiles } from '../files.ts';
import type { Problems } from '../problems.ts';
import { nothing, type Reading, type ReadingContent } from '../reading.ts';
import { readRoot } from '../readRoot.ts';
import { readStack } from '../readStack.ts';
import type { RootRequest } from '../rootRequest.ts';
import { Expansion } from '../sam/expansion.ts';
import { expandService } from './service.ts';
import { httpApiId, restApiId } from './serviceApis.ts';
import { Variables } from './variables.ts';

/** Reads a serverless.yml of the framework's third or fourth version, with the files that it names. */
export function readService(file: string, request: RootRequest): Promise<Reading> {
  return readRoot(file, request, read);
}

async function read(
  file: string,
  request: RootRequest,
  problems: Problems,
): Promise<ReadingContent | 'broken' | 'not a template'> {
  const start = { file, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
  const content = await request.files.read(file);
  if (content.kind === 'missing') return 'not a template';
  if (/\.[cm]?[jt]s$/.test(file)) {
    problems.warning(
      'This configuration is a program, and none is run to read a project. Its functions show once they are in a serverless.yml.',
      start,
    );
    return 'broken';
  }
  if (content.kind === 'unreadable') {
    problems.error(`This service cannot be read: ${content.reason}.`, start);
    return 'broken';
  }
  const root = parseDocument(file, content.text, problems);
  if (!root) return 'broken';
  const provider = descendant(root, 'provider');
  if (!provider || !descendant(root, 'service')) return 'not a template';
  const providerName = textOf(descendant(provider, 'name')) ?? textOf(provider);
  if (providerName !== undefined && providerName !== 'aws') {
    problems.info(`The provider ${providerName} has no Lambda functions.`, rangeOf(provider));
    return nothing;
  }
  return readResolved(file, root, request, problems);
}

async function readResolved(
  file: string,
  root: DocNode,
  request: RootRequest,
  problems: Problems,
): Promise<ReadingContent | 'broken'> {
  const { files, settings } = request;
  const folder = dirname(file);
  const environment = await readEnvironment(folder, files);
  const variables = new Variables(root, { files, settings, problems, folder, environment });
  const service = await variables.resolve(root);
  if (expandedSize(service, new Map()) > maximumNodes) {
    problems.error(
      'The variables of this service multiply without end. Refer to less in each of them.',
      rangeOf(service),
    );
    return 'broken';
  }
  const stage = await variables.stage();
  const name = textOf(descendant(service, 'service')) ?? '';
  return readStack(file, ownTemplate(service), {
    ...request,
    problems,
    dialect: 'serverless',
    stackName: textOf(descendant(service, 'provider', 'stackName')) ?? `${name}-${stage}`,
    parameters: new Map(),
    expand: (template, scope) =>
      expandService(service, stage, new Expansion(template, scope, [restApiId, httpApiId])),
  });
}

/** More than any service has, and few enough for whoever walks over them. */
const maximumNodes = 1_000_000;

/** What a node comes to with everything that it shares written out. */
function expandedSize(node: DocNode, known: Map<DocNode, number>): number {
  const before = known.get(node);
  if (before !== undefined) return before;
  let size = 1;
  if (node.kind === 'seq') for (const item of node.items) size += expandedSize(item, known);
  if (node.kind === 'map') for (const { value } of node.entries.values()) size += expandedSize(value, known);
  known.set(node, size);
  return size;
}

/** `.env` beside the service; the environment of the process that reads is not the project's. */
async function readEnvironment(folder: string, files: ProjectFiles): Promise<ReadonlyMap<string, string>> {
  const content = await files.read(join(folder, '.env'));
  const found = new Map<string, string>();
  if (content.kind !== 'text') return found;
  for (const line of content.text.split(/\r?\n/)) {
    const [, name, written = ''] = /^\s*(?:export\s+)?([\w.]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined) found.set(name, written.replace(/^(["'])(.*)\1$/, '$2'));
  }
  return found;
}

/** The service's own CloudFormation: `resources`, a map or a list of maps, and its `extensions`. */
function ownTemplate(service: DocNode): DocNode {
  const build = buildAt(service);
  const written = descendant(service, 'resources');
  const parts = written?.kind === 'seq' ? written.items : written ? [written] : [];
  const sections = new Map<string, MapEntry>();
  for (const part of parts) {
    if (part.kind !== 'map') continue;
    for (const [section, entry] of part.entries) sections.set(section, merged(sections.get(section), entry));
  }
  if (!sections.has('Resources')) {
    sections.set('Resources', { key: build.scalar('Resources'), value: build.map({}) });
  }
  return { ...build.map({}), entries: sections };
}

function merged(known: MapEntry | undefined, further: MapEntry): MapEntry {
  if (known?.value.kind !== 'map' || further.value.kind !== 'map') return further;
  const entries = new Map([...known.value.entries, ...further.value.entries]);
  return { key: known.key, value: { ...known.value, entries } };
}
