import path from 'node:path';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';

/** How a function's code gets from the workspace to where it runs. */
export type BuildPlan =
  | BundlePlan
  /** Plain JavaScript without a bundler in the template runs where it is, as the deployed folder would. */
  | { readonly kind: 'inPlace'; readonly entry: string }
  /** The template names a handler for which there is no file. */
  | { readonly kind: 'missing'; readonly message: string };

export interface BundlePlan {
  readonly kind: 'bundle';
  readonly entry: string;
  /** Path of the output below the task root without its extension, so that the handler string names it. */
  readonly output: string;
  readonly format: 'cjs' | 'esm';
  /** Whether ESM may be tried where CommonJS cannot hold the code: only where the template is silent. */
  readonly formatIsOpen: boolean;
  readonly target: string;
  readonly external: readonly string[];
  readonly minify: boolean;
}

/**
 * @param packageType the `type` of the package.json that rules over the entry file, if it says one
 */
export function planBuild(definition: FunctionDefinition, packageType: string | undefined): BuildPlan {
  const { entryFile: entry, bundling, handler, runtime } = definition;
  if (entry === undefined) return { kind: 'missing', message: missingMessage(definition) };
  const extension = path.extname(entry);
  if (bundling === undefined && /^\.[cm]?js$/.test(extension)) return { kind: 'inPlace', entry };
  return {
    kind: 'bundle',
    entry,
    output: outputPath(handler),
    format: bundling?.format ?? (bundling === undefined ? ownFormat(extension, packageType) : 'cjs'),
    formatIsOpen: bundling === undefined,
    target: bundling?.target ?? `node${/\d+/.exec(runtime)?.[0] ?? '24'}`,
    external: bundling?.external ?? [],
    minify: bundling?.minify ?? false,
  };
}

/**
 * Whether what the bundler found says that the code needs to be an ECMAScript module: CommonJS has no
 * top-level await and no `import.meta`.
 *
 * @param findings errors and warnings
 */
export function needsModule(
  findings: readonly {
    readonly id: string;
    readonly text: string;
    readonly location: { readonly file: string } | null;
  }[],
): boolean {
  return findings.some(
    ({ id, text, location }) =>
      !location?.file.includes('node_modules') &&
      (id === 'empty-import-meta' || text.startsWith('Top-level await is currently not supported')),
  );
}

function ownFormat(extension: string, packageType: string | undefined): 'cjs' | 'esm' {
  if (extension === '.mts' || extension === '.mjs') return 'esm';
  if (extension === '.cts' || extension === '.cjs') return 'cjs';
  return packageType === 'module' ? 'esm' : 'cjs';
}

/** `src/orders.handler` is in src/orders; what is no valid handler string is refused when it is loaded. */
function outputPath(handler: string): string {
  const base = path.posix.basename(handler);
  const directory = handler.slice(0, handler.length - base.length);
  const module = base.split('.')[0] ?? '';
  const output = path.posix.join(directory, module);
  return module === '' || output.startsWith('..') || path.posix.isAbsolute(output) ? 'index' : output;
}

function missingMessage({ handler, codeDirectory }: FunctionDefinition): string {
  const module = outputPath(handler);
  return (
    `Cannot find module '${module}': the handler "${handler}" needs a file ${module}.ts, .js, .mts, .mjs, .cts ` +
    `or .cjs in ${codeDirectory}. Correct the function's handler or its code folder in the template.`
  );
}
