import path from 'node:path';
import type { BuildContext, BuildFailure, BuildOptions, Message, OutputFile } from 'esbuild';
import type { BuildPlan } from './buildPlan.ts';
import type { Esbuild } from './esbuildLoader.ts';

/** A plan that there is something to do for. */
export type BuildablePlan = Exclude<BuildPlan, { kind: 'missing' }>;

export type BundleResult =
  | {
      readonly kind: 'bundled';
      readonly files: readonly OutputFile[];
      /** Absolute paths of everything that was read. */
      readonly inputs: readonly string[];
      readonly warnings: readonly Message[];
    }
  | { readonly kind: 'failed'; readonly messages: readonly Message[] };

/** Bundles one function again and again; what has not changed is not read twice. */
export class Bundler {
  readonly #esbuild: Esbuild;
  readonly #options: BuildOptions;
  readonly #workingDirectory: string;
  #context: BuildContext | undefined;

  /**
   * @param workingDirectory file names in messages are relative to it
   * @param outputDirectory where the files would be written; they are handed back instead
   */
  constructor(esbuild: Esbuild, plan: BuildablePlan, workingDirectory: string, outputDirectory: string) {
    this.#esbuild = esbuild;
    this.#workingDirectory = workingDirectory;
    this.#options = {
      ...(plan.kind === 'bundle' ? bundleOptions(plan) : scanOptions(plan.entry)),
      absWorkingDir: workingDirectory,
      outdir: outputDirectory,
      bundle: true,
      platform: 'node',
      loader: { '.node': 'copy' },
      metafile: true,
      write: false,
      logLevel: 'silent',
    };
  }

  async bundle(): Promise<BundleResult> {
    try {
      this.#context ??= await this.#esbuild.context(this.#options);
      const { outputFiles = [], metafile, warnings } = await this.#context.rebuild();
      const inputs = Object.keys(metafile?.inputs ?? {}).map(name =>
        path.resolve(this.#workingDirectory, name.replace(/^\(disabled\):/, '')),
      );
      return { kind: 'bundled', files: outputFiles, inputs, warnings };
    } catch (error) {
      if (!isBuildFailure(error)) throw error;
      return { kind: 'failed', messages: error.errors };
    }
  }

  async dispose(): Promise<void> {
    await this.#context?.dispose();
  }
}

function bundleOptions(plan: Extract<BuildPlan, { kind: 'bundle' }>): BuildOptions {
  return {
    entryPoints: [{ in: plan.entry, out: plan.output }],
    format: plan.format,
    target: plan.target,
    external: [...plan.external],
    minify: plan.minify,
    sourcemap: 'linked',
    sourcesContent: false,
    outExtension: { '.js': plan.format === 'esm' ? '.mjs' : '.cjs' },
    // CommonJS packages inside of an ECMAScript module still ask for Node's own modules by `require`.
    ...(plan.format === 'esm'
      ? {
          banner: {
            js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
          },
        }
      : {}),
  };
}

/** Only to learn which files the code consists of and whether it is sound; the result is not run. */
function scanOptions(entry: string): BuildOptions {
  return { entryPoints: [entry], format: 'esm', packages: 'external', target: 'esnext' };
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return Array.isArray((error as Partial<BuildFailure> | null)?.errors);
}
