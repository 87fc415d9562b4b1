import type { SourceRange } from './source.ts';

/** A Lambda function as the workspace defines it, with every intrinsic and default already resolved. */
export interface FunctionDefinition {
  /** The name that callers use: the literal FunctionName, else the logical id. Unique in a project. */
  readonly name: string;
  readonly logicalId: string;
  /** For example `nodejs24.x`; as written, not checked against what the engine can run. */
  readonly runtime: string;
  /** The handler string of the template, for example `src/orders.handler`. */
  readonly handler: string;
  /** Absolute path of the folder that the handler string is relative to. */
  readonly codeDirectory: string;
  /** Absolute path of the source file that holds the handler; absent when no file was found. */
  readonly entryFile?: string;
  /** How the template says the code is bundled; absent: the extension's own defaults. */
  readonly bundling?: BundlingOptions;
  /** 1 to 900; Lambda's default is 3. */
  readonly timeoutSeconds: number;
  /** 128 to 10240; Lambda's default is 128. */
  readonly memorySizeMb: number;
  readonly environment: Readonly<Record<string, string>>;
  /** The execution role; absent when the template names none that can be resolved. */
  readonly roleArn?: string;
  /** Where the template defines the function. */
  readonly definedAt: SourceRange;
}

/** What SAM's `Metadata: BuildMethod: esbuild` (and its like in other dialects) can say. */
export interface BundlingOptions {
  readonly entryPoints?: readonly string[];
  readonly external?: readonly string[];
  readonly format?: 'cjs' | 'esm';
  readonly target?: string;
  readonly minify?: boolean;
  readonly sourcemap?: boolean;
}

/** Something in a project that a person should know of. */
export interface ProjectProblem {
  readonly severity: 'error' | 'warning' | 'info';
  /** What is wrong and what to do about it, in one or two sentences. */
  readonly message: string;
  /** Absent when no single place is to blame. */
  readonly range?: SourceRange;
}

/** Everything the workspace says about its functions. */
export interface ProjectModel {
  /** Absolute path of the workspace folder. */
  readonly root: string;
  readonly functions: readonly FunctionDefinition[];
  readonly problems: readonly ProjectProblem[];
  /** Absolute paths of the files that the model was read from: a change of one of them makes it stale. */
  readonly files: readonly string[];
}
