import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { OutputFile } from 'esbuild';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import type { Ports } from '../ports.ts';
import { type BuildError, buildErrorOf, missingModuleError } from './buildErrors.ts';
import { needsModule, planBuild } from './buildPlan.ts';
import { type BuildablePlan, type BundleResult, Bundler } from './bundler.ts';
import { type Code, CodeStore, digestOf } from './codeStore.ts';
import type { Esbuild } from './esbuildLoader.ts';
import { type Inputs, recordInputs } from './freshness.ts';

export type BuildResult =
  | { readonly kind: 'ready'; readonly code: Code }
  | { readonly kind: 'failed'; readonly error: BuildError };

/** Where a function's code comes from. */
export interface FunctionCode {
  /** The code as the sources are at the moment of the call, or later. */
  code(): Promise<BuildResult>;
  dispose(): Promise<void>;
}

/** Builds one function whenever its sources are others than they were. */
export class FunctionBuild implements FunctionCode {
  readonly #definition: FunctionDefinition;
  readonly #directory: string;
  readonly #esbuild: () => Promise<Esbuild>;
  readonly #clock: Ports['clock'];
  #tools: Tools | undefined;
  #needsModule = false;
  #current: { readonly code: Code; readonly inputs: Inputs } | undefined;
  #running: Promise<BuildResult> | undefined;

  /** @param directory a folder of the function's own, outside of the workspace; by its real path. */
  constructor(
    definition: FunctionDefinition,
    directory: string,
    esbuild: () => Promise<Esbuild>,
    clock: Ports['clock'],
  ) {
    this.#definition = definition;
    this.#directory = directory;
    this.#esbuild = esbuild;
    this.#clock = clock;
  }

  async code(): Promise<BuildResult> {
    // A build that is under way may have read what has been changed since.
    await this.#running;
    if (this.#current?.inputs.fresh()) return { kind: 'ready', code: this.#current.code };
    this.#running ??= this.#build().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async dispose(): Promise<void> {
    await this.#running?.catch(() => undefined);
    await this.#tools?.bundler.dispose();
    this.#tools = undefined;
  }

  async #build(): Promise<BuildResult> {
    this.#current = undefined;
    const startedAt = this.#clock.now();
    const plan = planBuild(this.#definition, packageTypeFor(this.#definition.entryFile));
    if (plan.kind === 'missing') return { kind: 'failed', error: missingModuleError(plan.message) };
    const result = await this.#bundle(plan);
    if (result.kind === 'failed') {
      const { codeDirectory } = this.#definition;
      const error = buildErrorOf(result.messages, file => path.resolve(codeDirectory, file));
      return { kind: 'failed', error };
    }
    const code = await this.#store(plan, result.files, result.inputs);
    this.#current = { code, inputs: recordInputs(result.inputs, startedAt, this.#clock) };
    return { kind: 'ready', code };
  }

  async #bundle(plan: BuildablePlan): Promise<BundleResult> {
    const { bundler } = await this.#toolsFor(this.#needsModule ? asModule(plan) : plan);
    const result = await bundler.bundle();
    const findings = result.kind === 'failed' ? result.messages : result.warnings;
    if (this.#needsModule || asModule(plan) === plan || !needsModule(findings)) return result;
    this.#needsModule = true;
    return this.#bundle(plan);
  }

  async #toolsFor(plan: BuildablePlan): Promise<Tools> {
    if (this.#tools !== undefined && isDeepStrictEqual(this.#tools.plan, plan)) return this.#tools;
    await this.#tools?.bundler.dispose();
    const store = new CodeStore(this.#directory, plan.entry);
    const bundler = new Bundler(
      await this.#esbuild(),
      plan,
      this.#definition.codeDirectory,
      store.outputDirectory,
    );
    this.#tools = { plan, store, bundler };
    return this.#tools;
  }

  async #store(plan: BuildablePlan, files: readonly OutputFile[], sources: readonly string[]): Promise<Code> {
    const packageFolders = this.#tools?.store.packageFolders ?? [];
    if (plan.kind === 'inPlace' || this.#tools === undefined) {
      const origin = { kind: 'folder', sources, packageFolders } as const;
      return { taskRoot: this.#definition.codeDirectory, digest: digestOf(files), origin };
    }
    const code = await this.#tools.store.write(files);
    return { ...code, origin: { kind: 'bundle', sources, packageFolders } };
  }
}

interface Tools {
  readonly plan: BuildablePlan;
  readonly bundler: Bundler;
  readonly store: CodeStore;
}

/** The same where the format is not open to choice. */
function asModule(plan: BuildablePlan): BuildablePlan {
  return plan.kind === 'bundle' && plan.formatIsOpen && plan.format === 'cjs'
    ? { ...plan, format: 'esm' }
    : plan;
}

/** The `type` of the package.json that rules over a file. */
function packageTypeFor(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const manifest = path.join(folder, 'package.json');
    if (existsSync(manifest)) return typeOf(readFileSync(manifest, 'utf8'));
    if (path.dirname(folder) === folder) return undefined;
  }
}

function typeOf(manifest: string): string | undefined {
  try {
    return (JSON.parse(manifest) as { type?: string }).type;
  } catch {
    // A package.json that is just being written; the bundler reports it if it matters.
    return undefined;
  }
}
