import type { Placeholder } from './placeholder.ts';
import type { ProjectResources } from './projectResources.ts';
import type { StackDefinition } from './resource.ts';
import type { SourceRange } from './source.ts';
import type { Trigger } from './trigger.ts';

/** What stands for the runtime of a function whose code is a container image: the image brings its own. */
export const imageRuntime = 'container image';

/** A Lambda function as the workspace defines it, with every intrinsic and default already resolved. */
export interface FunctionDefinition {
  /** The name that callers use: the literal FunctionName, else the logical id. Unique in a project. */
  readonly name: string;
  readonly logicalId: string;
  /** For example `nodejs24.x`; as written, not checked against what the engine can run. See imageRuntime. */
  readonly runtime: string;
  /** The handler string of the template, for example `src/orders.handler`; an image's command, if it says one. */
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
  /** The stack that it belongs to: see StackDefinition.id. */
  readonly stackId?: string;
  /** Where single facts are written, by member (`handler`, `timeoutSeconds`) or variable (`environment.TABLE`). */
  readonly ranges?: Readonly<Record<string, SourceRange>>;
  readonly description?: string;
  /** The code, where the template holds it itself; the code directory is then the template's. */
  readonly inlineCode?: string;
  /** Lambda's default is x86_64. */
  readonly architecture?: 'x86_64' | 'arm64';
  /** 512 to 10240; absent: Lambda's default of 512. */
  readonly ephemeralStorageMb?: number;
  /** In the order in which they are laid over one another. */
  readonly layers?: readonly LayerReference[];
  /** Absent: the function runs outside of any VPC. */
  readonly vpc?: VpcAttachment;
  /** A queue or a topic for asynchronous invocations that failed. */
  readonly deadLetterTargetArn?: string;
  readonly tracing?: 'Active' | 'PassThrough';
  readonly logging?: LoggingOptions;
  /** 0 throttles every invocation; absent: none is reserved. */
  readonly reservedConcurrency?: number;
  /** SnapStart's `ApplyOn`, where it is not `None`. */
  readonly snapStart?: string;
  readonly recursiveLoop?: 'Allow' | 'Terminate';
  readonly fileSystems?: readonly { readonly arn: string; readonly localMountPath: string }[];
  readonly tags?: Readonly<Record<string, string>>;
}

/** A layer by its ARN; one that the project builds itself also by its folder. */
export interface LayerReference {
  readonly arn: string;
  /** Absolute path of the folder that is laid over /opt. */
  readonly directory?: string;
}

export interface VpcAttachment {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly ipv6AllowedForDualStack: boolean;
}

/** Absent members have Lambda's defaults. */
export interface LoggingOptions {
  readonly format?: 'Text' | 'JSON';
  readonly applicationLevel?: string;
  readonly systemLevel?: string;
  readonly logGroup?: string;
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
  readonly stacks?: readonly StackDefinition[];
  /** What the functions touch. */
  readonly resources?: ProjectResources;
  readonly triggers?: readonly Trigger[];
  /** Every value that is not known; its text stands in the model where the value would. */
  readonly placeholders?: readonly Placeholder[];
}
