import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { RuntimeError } from './errors.ts';

export type Handler = (event: unknown, context: unknown, callback?: unknown) => unknown;

/**
 * Loads the function that a handler string names: `dir/sub/module.export.nested`.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html#nodejs-handler-setup
 */
export async function loadHandler(taskRoot: string, handlerString: string): Promise<Handler> {
  const { directory, module, exportPath } = parseHandler(handlerString);
  const loaded = await loadModule(taskRoot, directory, module);
  const handler = findExport(loaded, exportPath);
  if (!handler) {
    throw new RuntimeError('Runtime.HandlerNotFound', `${handlerString} is undefined or not exported`);
  }
  if (typeof handler !== 'function') {
    throw new RuntimeError('Runtime.HandlerNotFound', `${handlerString} is not a function`);
  }
  return handler as Handler;
}

export interface HandlerName {
  readonly directory: string;
  readonly module: string;
  readonly exportPath: readonly string[];
}

/** Module names cannot contain dots: the first dot of the base name begins the export. */
export function parseHandler(handlerString: string): HandlerName {
  if (handlerString.includes('..')) {
    throw new RuntimeError(
      'Runtime.MalformedHandlerName',
      `'${handlerString}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const base = path.posix.basename(handlerString);
  const match = /^([^.]*)\.(.*)$/.exec(base);
  if (match === null) throw new RuntimeError('Runtime.MalformedHandlerName', 'Bad handler');
  return {
    directory: handlerString.slice(0, handlerString.length - base.length),
    module: match[1] ?? '',
    exportPath: (match[2] ?? '').split('.'),
  };
}

/** Looks among a module's exports, then among those of its default export. */
export function findExport(loaded: unknown, exportPath: readonly string[]): unknown {
  const walk = (from: unknown) =>
    exportPath.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], from);
  return walk(loaded) || walk((loaded as { default?: unknown } | undefined)?.default);
}

async function loadModule(taskRoot: string, directory: string, module: string): Promise<unknown> {
  const file = path.resolve(taskRoot, directory, module);
  try {
    for (const extension of ['', '.js', '.mjs', '.cjs']) {
      if (isFile(file + extension)) return await loadFile(file + extension);
    }
    const require = createRequire(path.join(taskRoot, 'index.js'));
    return require(require.resolve(module, { paths: [taskRoot, path.join(taskRoot, directory)] }));
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new RuntimeError('Runtime.UserCodeSyntaxError', String(error), error);
    }
    if ((error as { code?: unknown } | null)?.code === 'MODULE_NOT_FOUND') {
      throw new RuntimeError('Runtime.ImportModuleError', String(error), error);
    }
    throw error;
  }
}

/** CommonJS is required, which is faster than importing it and exports the same. */
async function loadFile(file: string): Promise<unknown> {
  if (isModule(file)) return await import(pathToFileURL(file).href);
  try {
    return createRequire(file)(file);
  } catch (error) {
    const { code } = error as { code?: unknown };
    // ECMAScript syntax in a file that says nothing of its kind.
    if (code !== 'ERR_REQUIRE_ESM' && code !== 'ERR_REQUIRE_ASYNC_MODULE') throw error;
    return await import(pathToFileURL(file).href);
  }
}

/** Node's rule: the extension decides, else the `type` of the nearest package.json. */
function isModule(file: string): boolean {
  const extension = path.extname(file);
  if (extension !== '.js') return extension === '.mjs';
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    if (path.basename(folder) === 'node_modules') return false;
    const manifest = path.join(folder, 'package.json');
    if (existsSync(manifest)) {
      return (JSON.parse(readFileSync(manifest, 'utf8')) as { type?: unknown }).type === 'module';
    }
    if (path.dirname(folder) === folder) return false;
  }
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}
