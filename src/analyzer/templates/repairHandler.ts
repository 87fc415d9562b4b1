import { extname, join, normalize } from 'node:path';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import type { HandlerCreation, HandlerRepairs, RepairHandlerRequest } from '../../model/templateRequests.ts';
import { closestFirst } from './closest.ts';
import { bundledModules, type CandidateSources, extensionsOf, findCandidates } from './handlerCandidates.ts';
import { type HandlerSource, type NewHandler, writeHandler, writeTypeImport } from './newHandler.ts';
import { type SourceStyle, styleOf } from './style.ts';

/** How many neighbours a new handler is written like. */
const maximumNeighbours = 5;

/** What can be done about a handler string that leads nowhere. */
export async function repairHandler(
  request: RepairHandlerRequest,
  sources: CandidateSources,
): Promise<HandlerRepairs> {
  const { definition } = request;
  const candidates = await findCandidates(definition, sources);
  const wanted = definition.handler;
  const creation = await create(request, sources);
  return {
    existing: closestFirst(wanted, candidates, ({ handler }) => handler).filter(
      ({ handler }) => handler !== wanted,
    ),
    ...(creation && { creation }),
  };
}

async function create(
  request: RepairHandlerRequest,
  sources: CandidateSources,
): Promise<HandlerCreation | undefined> {
  const { definition } = request;
  const wanted = splitHandler(definition.handler, definition.runtime);
  if (!wanted) return undefined;
  const textOf = (file: string) => sources.files.text(file, sources.open);
  const neighbours = request.neighbours.filter(each =>
    extensionsOf(definition.runtime).includes(extname(each)),
  );
  const existing = definition.entryFile === undefined ? undefined : textOf(definition.entryFile);
  const file = definition.entryFile ?? (await newFile(wanted.module, definition, neighbours[0], sources));
  if (file === undefined) return undefined;
  const alike = neighbours.filter(each => languageOf(each) === languageOf(file)).slice(0, maximumNeighbours);
  const style = styleOf(existing === undefined ? alike.flatMap(each => textOf(each) ?? []) : [existing]);
  const { trigger } = request;
  const { name } = wanted;
  const source = writeHandler({
    name,
    language: languageOf(file),
    commonJs: isCommonJs(file, style, textOf(join(definition.codeDirectory, 'package.json'))),
    trigger,
    style,
  });
  if (!source) return undefined;
  return existing === undefined
    ? { kind: 'file', file, text: withImports(source, style) }
    : { kind: 'export', file, insertions: insertionsInto(existing, source, style) };
}

function withImports({ types, code }: HandlerSource, style: SourceStyle): string {
  return types.length === 0 ? code : `${writeTypeImport(types, style)}\n${code}`;
}

/** The code at the end, and what it needs before the first import. */
function insertionsInto(text: string, { types, code }: HandlerSource, style: SourceStyle) {
  const lines = text.split('\n');
  const last = lines.at(-1) ?? '';
  const gap = text.trim() === '' ? '' : last === '' ? '\n' : '\n\n';
  const atEnd = { line: lines.length, column: last.length + 1, text: gap + code };
  const missing = types.filter(name => !new RegExp(`\\b${name}\\b`).test(text));
  if (missing.length === 0) return [atEnd];
  const firstImport = lines.findIndex(line => line.startsWith('import '));
  return [{ line: Math.max(firstImport, 0) + 1, column: 1, text: writeTypeImport(missing, style) }, atEnd];
}

function splitHandler(handler: string, runtime: string): { module: string; name: string } | undefined {
  const pattern = runtime.startsWith('python') ? /^(.+)\.([^./]+)$/ : /^((?:.*\/)?[^./]+)\.([^./]+)$/;
  const [, module = '', name = ''] = pattern.exec(handler) ?? [];
  const isOutside = module.startsWith('/') || module.split('/').includes('..');
  return module === '' || isOutside ? undefined : { module, name };
}

/** Where the missing file would have to be; undefined where nobody could tell. */
async function newFile(
  module: string,
  definition: FunctionDefinition,
  neighbour: string | undefined,
  { list }: CandidateSources,
): Promise<string | undefined> {
  const bundled = bundledModules(definition);
  if (bundled.length > 0) {
    const named = bundled.find(each => each.module === normalize(module));
    return (named ?? (bundled.length === 1 ? bundled[0] : undefined))?.file;
  }
  const { codeDirectory, runtime } = definition;
  if (runtime.startsWith('python')) return join(codeDirectory, `${module.replaceAll('.', '/')}.py`);
  if (extensionsOf(runtime).length === 0) return undefined;
  if (neighbour !== undefined) return join(codeDirectory, module + extname(neighbour));
  const isTypeScript = (await list(codeDirectory)).some(({ name }) => name === 'tsconfig.json');
  return join(codeDirectory, `${module}${isTypeScript ? '.ts' : '.js'}`);
}

/** By the extension, else by what others do, else by package.json, as Node.js tells them apart. */
function isCommonJs(file: string, style: SourceStyle, packageJson: string | undefined): boolean {
  const extension = extname(file);
  if (/^\.[cm]/.test(extension)) return extension.startsWith('.c');
  return style.commonJs ?? !/"type"\s*:\s*"module"/.test(packageJson ?? '');
}

function languageOf(file: string): NewHandler['language'] {
  const extension = extname(file);
  if (extension === '.py') return 'python';
  return extension.includes('ts') ? 'typescript' : 'javascript';
}
