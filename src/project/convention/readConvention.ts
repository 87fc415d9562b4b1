import { basename, join, relative, sep } from 'node:path';
import { findEntryFile, handlerExport } from '../code/entryFile.ts';
import { buildAt } from '../document/build.ts';
import {
  createDocument,
  type DocNode,
  descendant,
  type MapEntry,
  textOf,
} from '../document/sourceDocument.ts';
import type { ProjectFiles } from '../files.ts';
import { createProblems, type Problems } from '../problems.ts';
import { combineContents, type Reading, type ReadingContent, recordDependencies } from '../reading.ts';
import { readStack } from '../readStack.ts';
import type { RootRequest } from '../rootRequest.ts';
import { findExportedHandlers } from './exportedHandlers.ts';
import { distinctNames, suggestName } from './names.ts';
import { findPackages, type HandlerSetting, type Package } from './packages.ts';

/** Reads the functions of a workspace without templates: handlers that a setting names or that are marked as Lambda's. */
export async function readConvention(request: RootRequest): Promise<Reading> {
  const { projectRoot } = request;
  const recorder = recordDependencies(request.files);
  const problems = createProblems();
  const packages = await findPackages(projectRoot, recorder.files);
  const found = (await Promise.all(packages.map(each => findFunctions(each, recorder.files)))).flat();
  const names = distinctNames(found.map(({ name, place }) => ({ name, file: place.document.file })));
  const named = found.map((each, index) => ({ ...each, name: names[index] ?? each.name }));
  const contents: ReadingContent[] = [];
  for (const each of packages) {
    const own = named.filter(candidate => candidate.package === each);
    if (own.length > 0)
      contents.push(await readPackageStack(each, own, { ...request, files: recorder.files }, problems));
  }
  const sources = found.flatMap(({ package: { file }, place }) => [
    ...(file ? [file] : []),
    place.document.file,
  ]);
  return {
    file: join(projectRoot, 'package.json'),
    state: contents.length > 0 ? 'read' : 'not a template',
    content: combineContents(contents),
    problems: problems.all(),
    dependencies: recorder.dependencies,
    sources: [...new Set(sources)].sort(),
  };
}

/** A function as a convention defines it. */
interface Conventional {
  readonly package: Package;
  readonly name: string;
  readonly handler: string;
  /** Absolute path of the folder that the handler is relative to. */
  readonly folder: string;
  /** Known where the source itself says that it is a handler. */
  readonly entryFile?: string;
  readonly place: DocNode;
  readonly setting?: DocNode;
}

async function findFunctions(own: Package, files: ProjectFiles): Promise<readonly Conventional[]> {
  const configured = own.settings.map(setting => configuredFunction(own, setting));
  const known = new Set<string>();
  for (const { folder, handler } of configured) {
    const location = { codeDirectory: folder, handler, runtime: runtimeOf(own), entryPoints: [] };
    known.add(`${await findEntryFile(location, files)} ${handlerExport(handler)}`);
  }
  if (!own.isRead) return configured;
  const exported = await Promise.all(own.sources.map(file => exportedFunctions(own, file, files)));
  return [
    ...configured,
    ...exported
      .flat()
      .filter(({ entryFile, handler }) => !known.has(`${entryFile} ${handlerExport(handler)}`)),
  ];
}

function configuredFunction(own: Package, { folder, node, name }: HandlerSetting): Conventional {
  return {
    package: own,
    name,
    handler: textOf(descendant(node, 'handler')) ?? '',
    folder,
    place: descendant(node, 'handler') ?? node,
    setting: node,
  };
}

/** Sources above this size are generated. */
const longestSource = 256 * 1024;

async function exportedFunctions(
  own: Package,
  file: string,
  files: ProjectFiles,
): Promise<readonly Conventional[]> {
  const content = await files.read(file);
  if (content.kind !== 'text' || content.text.length > longestSource) return [];
  const handlers = findExportedHandlers(content.text, own.isSigned);
  if (handlers.length === 0) return [];
  const document = createDocument(file, content.text);
  const module = relative(own.folder, file).replace(/\.[^.]+$/, '');
  return handlers.map(({ name, start, end }) => ({
    package: own,
    name: suggestName(file, name, own.folder, own.name ?? basename(own.folder)),
    handler: `${module.split(sep).join('/')}.${name}`,
    folder: own.folder,
    entryFile: file,
    place: { kind: 'scalar', value: name, document, start, end },
  }));
}

async function readPackageStack(
  own: Package,
  functions: readonly Conventional[],
  request: RootRequest,
  problems: Problems,
): Promise<ReadingContent> {
  const file = own.file ?? functions[0]?.place.document.file ?? own.folder;
  const entryFiles = new Map(functions.map(({ name, entryFile }) => [name, entryFile]));
  return readStack(file, templateOf(file, functions), {
    ...request,
    problems,
    dialect: 'convention',
    stackName: own.name ?? basename(own.folder),
    parameters: new Map(),
    expand: root => ({ root, implicit: new Set(), generated: new Map() }),
    sourceOf: async ({ logicalId }) => {
      const entryFile = entryFiles.get(logicalId);
      return entryFile === undefined ? undefined : { entryFile };
    },
  });
}

function templateOf(file: string, functions: readonly Conventional[]): DocNode {
  const entries = new Map<string, MapEntry>();
  for (const each of functions) {
    const { name, handler, folder, place, setting } = each;
    const build = buildAt(place);
    const properties = build.map({
      FunctionName: name,
      Handler: handler,
      Runtime: descendant(setting, 'runtime') ?? runtimeOf(each.package),
      Code: folder,
      Description: descendant(setting, 'description'),
      Timeout: descendant(setting, 'timeout'),
      MemorySize: descendant(setting, 'memory') ?? descendant(setting, 'memorySize'),
      Role: descendant(setting, 'role'),
      Environment:
        descendant(setting, 'environment') && build.map({ Variables: descendant(setting, 'environment') }),
    });
    entries.set(name, {
      key: build.scalar(name),
      value: build.map({ Type: 'AWS::Lambda::Function', Properties: properties }),
    });
  }
  const build = buildAt({ document: createDocument(file, ''), start: 0, end: 0 });
  return build.map({ Resources: { ...build.map({}), entries } });
}

/** The newest runtime, unless the package asks for another that Lambda has. */
function runtimeOf({ node = '' }: Package): string {
  return ['18', '20', '22', '24'].includes(node) ? `nodejs${node}.x` : 'nodejs24.x';
}
