import { join } from 'node:path';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import { isBelow } from '../paths.ts';
import type { Ports } from '../ports.ts';
import { type BuildResult, FunctionBuild, type FunctionCode } from './build.ts';
import type { BuildError } from './buildErrors.ts';
import type { Code } from './codeStore.ts';
import { type Esbuild, loadEsbuild } from './esbuildLoader.ts';
import { FolderCode } from './folderCode.ts';
import { type RegistryChange, updateFunctions } from './registry.ts';

/** A function as the workspace has it at the moment. */
export interface WorkspaceCode {
  readonly definition: FunctionDefinition;
  readonly built:
    | BuildResult
    /** What is here now does not build; `code` is what did last. */
    | { readonly kind: 'kept'; readonly code: Code; readonly error: BuildError };
}

/** The workspace's functions, each built when it is asked for and its sources are others than they were. */
export class WorkspaceBuilds {
  readonly #ports: Pick<Ports, 'clock' | 'log'>;
  readonly #options: { readonly distDirectory: string; readonly workDirectory: string };
  readonly #builds = new Map<string, FunctionCode>();
  readonly #lastGood = new Map<string, { readonly definition: FunctionDefinition; readonly code: Code }>();
  readonly #failing = new Set<string>();
  #functions: ReadonlyMap<string, FunctionDefinition> = new Map();
  #esbuild: Promise<Esbuild> | undefined;
  #buildCount = 0;

  constructor(
    ports: Pick<Ports, 'clock' | 'log'>,
    options: { readonly distDirectory: string; readonly workDirectory: string },
  ) {
    this.#ports = ports;
    this.#options = options;
  }

  get functions(): ReadonlyMap<string, FunctionDefinition> {
    return this.#functions;
  }

  update(definitions: readonly FunctionDefinition[]): RegistryChange {
    const change = updateFunctions(this.#functions, definitions);
    this.#functions = change.functions;
    for (const name of change.outdated) {
      this.#lastGood.delete(name);
      this.#builds
        .get(name)
        ?.dispose()
        .catch(error => this.#ports.log.error(`The build of ${name} could not be ended`, error));
      this.#builds.delete(name);
    }
    return change;
  }

  /**
   * The functions that a file is part of, as far as they have been built; one that does not build may need any file.
   *
   * @param file an absolute path
   */
  builtFrom(file: string): readonly string[] {
    return [...this.#functions.values()]
      .filter(definition => this.#isPartOf(file, definition))
      .map(({ name }) => name);
  }

  #isPartOf(file: string, definition: FunctionDefinition): boolean {
    const good = this.#lastGood.get(definition.name);
    return (
      definition.entryFile === file ||
      good?.code.origin?.sources.includes(file) === true ||
      (this.#failing.has(definition.name) && isBelow(file, definition.codeDirectory))
    );
  }

  /** Undefined when the workspace has no function of that name. */
  async code(name: string): Promise<WorkspaceCode | undefined> {
    const definition = this.#functions.get(name);
    if (definition === undefined) return undefined;
    const built = await this.#buildOf(definition).code();
    if (this.#functions.get(name) !== definition) return this.code(name);
    this.#failing[built.kind === 'failed' ? 'add' : 'delete'](name);
    if (built.kind === 'ready') {
      this.#lastGood.set(name, { definition, code: built.code });
      return { definition, built };
    }
    const good = this.#lastGood.get(name);
    // Code that runs where it lies is what does not build.
    if (good === undefined || good.code.origin?.kind !== 'bundle') return { definition, built };
    return { definition, built: { kind: 'kept', code: good.code, error: built.error } };
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.#builds.values()].map(build => build.dispose()));
  }

  #buildOf(definition: FunctionDefinition): FunctionCode {
    const known = this.#builds.get(definition.name);
    if (known !== undefined) return known;
    const build = definition.runtime.startsWith('nodejs')
      ? this.#bundleOf(definition)
      : new FolderCode(definition);
    this.#builds.set(definition.name, build);
    return build;
  }

  #bundleOf(definition: FunctionDefinition): FunctionBuild {
    const { distDirectory, workDirectory } = this.#options;
    return new FunctionBuild(
      definition,
      join(workDirectory, 'code', `${encodeURIComponent(definition.name)}.${++this.#buildCount}`),
      () => {
        this.#esbuild ??= loadEsbuild(distDirectory);
        return this.#esbuild;
      },
      this.#ports.clock,
    );
  }
}
