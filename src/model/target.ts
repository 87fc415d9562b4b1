import type { Disposable } from '../shared/disposable.ts';

/**
 * Where functions are, seen as the views need it: the local engine of a workspace folder, or an account. Every
 * operation may be given up by its signal, and then rejects with an AbortError; all that goes wrong otherwise is a
 * TargetError, which is meant for people.
 */
export interface Target {
  readonly identity: TargetIdentity;
  /** A page after the other, in the target's order. */
  functions(signal?: AbortSignal): AsyncIterable<readonly FunctionSummary[]>;
  /**
   * The published versions a page after the other, without `$LATEST`, the oldest first: Lambda lists them in no other
   * order. https://docs.aws.amazon.com/lambda/latest/api/API_ListVersionsByFunction.html
   */
  versions(functionName: string, signal?: AbortSignal): AsyncIterable<readonly FunctionVersion[]>;
  /** By their names. */
  aliases(functionName: string, signal?: AbortSignal): Promise<readonly FunctionAlias[]>;
  alias(functionName: string, name: string, signal?: AbortSignal): Promise<FunctionAlias>;
  /** @param qualifier a version, an alias or `$LATEST`. */
  configuration(functionName: string, qualifier: string, signal?: AbortSignal): Promise<VersionConfiguration>;
  /** The sources where the target has them, else the code as it was uploaded. */
  sources(functionName: string, version: string, signal?: AbortSignal): Promise<VersionSources>;
  /** Lambda answers with the version that there is where nothing has changed since. */
  publishVersion(request: PublishVersionRequest, signal?: AbortSignal): Promise<FunctionVersion>;
  createAlias(request: CreateAliasRequest, signal?: AbortSignal): Promise<FunctionAlias>;
  updateAlias(request: UpdateAliasRequest, signal?: AbortSignal): Promise<FunctionAlias>;
  deleteAlias(functionName: string, name: string, signal?: AbortSignal): Promise<void>;
  deleteVersion(functionName: string, version: string, signal?: AbortSignal): Promise<void>;
  /** With all of its versions and aliases. */
  deleteFunction(functionName: string, signal?: AbortSignal): Promise<void>;
  invoke(request: InvocationRequest, signal?: AbortSignal): Promise<InvocationResult>;
  /** Of all versions and aliases that have any. */
  provisionedConcurrency(
    functionName: string,
    signal?: AbortSignal,
  ): Promise<readonly ProvisionedConcurrency[]>;
  /** @param requested how many environments are kept initialised; 0: none. */
  putProvisionedConcurrency(
    functionName: string,
    qualifier: string,
    requested: number,
    signal?: AbortSignal,
  ): Promise<void>;
  /** Undefined where none is reserved. */
  reservedConcurrency(functionName: string, signal?: AbortSignal): Promise<number | undefined>;
  /** @param reserved undefined: none is reserved any more. */
  putReservedConcurrency(
    functionName: string,
    reserved: number | undefined,
    signal?: AbortSignal,
  ): Promise<void>;
  /** What the local engine has besides; AWS has nothing like it. */
  readonly engine?: EngineExtras;
}

export interface TargetIdentity {
  readonly kind: 'engine' | 'aws';
  /** Tells it from all others, also after a restart: what is remembered of a target is kept under it. */
  readonly id: string;
  /** For people, for example `Local` or `staging · eu-central-1`. */
  readonly label: string;
  readonly region: string;
  /** Twelve digits; absent while it is not known. */
  readonly accountId?: string;
  /** Whatever would change something is refused. */
  readonly isReadOnly: boolean;
}

export interface EngineExtras {
  /** Tells which function has other versions, aliases or settings; undefined: any may have. */
  onDidChange(listener: (functionName: string | undefined) => void): Disposable;
  /** Tells of every invocation that has ended, whoever made it. */
  onDidInvoke(listener: (invocation: EndedInvocation) => void): Disposable;
  /** What an alias pointed at before, the latest first. */
  aliasChanges(functionName: string, name: string, signal?: AbortSignal): Promise<readonly PastAlias[]>;
  /** Whose `$LATEST` a function has. */
  latest(functionName: string, signal?: AbortSignal): Promise<LatestState>;
  /** @param keep whose `$LATEST` counts from now on. */
  decideLatest(functionName: string, keep: 'workspace' | 'api', signal?: AbortSignal): Promise<void>;
}

export interface EndedInvocation {
  readonly functionName: string;
  /** As the caller gave it; `$LATEST` when the caller gave none. */
  readonly qualifier: string;
  readonly executedVersion: string;
}

export interface LatestState {
  readonly heldBy: 'workspace' | 'api';
  /** Both have changed it, so that somebody has to say which counts. */
  readonly contested: boolean;
}

export interface FunctionSummary {
  readonly name: string;
  readonly arn: string;
  /** Absent where the code is a container image. */
  readonly runtime?: string;
  readonly handler?: string;
  readonly description: string;
  /** Epoch milliseconds. */
  readonly lastModified: number;
}

export interface FunctionVersion {
  /** A number, or `$LATEST`. */
  readonly version: string;
  readonly arn: string;
  readonly description: string;
  /** Base64; empty where there is no code yet. */
  readonly codeSha256: string;
  /** Bytes, compressed. */
  readonly codeSize: number;
  readonly runtime?: string;
  readonly handler?: string;
  /** Epoch milliseconds. */
  readonly lastModified: number;
  readonly revisionId: string;
}

export interface VersionConfiguration {
  readonly version: FunctionVersion;
  readonly timeoutSeconds: number;
  readonly memorySizeMb: number;
  /** Why the last update of it did not come about. */
  readonly failure?: string;
  /** All of it, by AWS's names of the members. */
  readonly document: Readonly<Record<string, unknown>>;
}

/** Where the traffic of an alias goes. */
export interface AliasRouting {
  /** A number, or `$LATEST`. */
  readonly version: string;
  /** Gets the share `weight`, 0 to 1; the rest goes to `version`. */
  readonly additional?: { readonly version: string; readonly weight: number };
}

export interface FunctionAlias extends AliasRouting {
  readonly name: string;
  readonly arn: string;
  readonly description: string;
  /** Another one after every change. */
  readonly revisionId: string;
}

/** What an alias pointed at, and until when. */
export interface PastAlias extends AliasRouting {
  /** Epoch milliseconds. */
  readonly replacedAt: number;
}

export interface PublishVersionRequest {
  readonly functionName: string;
  readonly description?: string;
  /** Published only if `$LATEST` still is this one. */
  readonly revisionId?: string;
}

export interface CreateAliasRequest {
  readonly functionName: string;
  readonly name: string;
  readonly routing: AliasRouting;
  readonly description?: string;
}

export interface UpdateAliasRequest {
  readonly functionName: string;
  readonly name: string;
  readonly routing: AliasRouting;
  /** Changed only if the alias still is this one. */
  readonly revisionId?: string;
}

export interface VersionSources {
  /** What the names of the files are relative to. */
  readonly relativeTo: 'workspace' | 'codeDirectory';
  readonly files: readonly SourceFile[];
}

export interface SourceFile {
  /** With slashes. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Two files of one size and one checksum are taken for the same. */
  readonly checksum: number;
  read(): Promise<Uint8Array>;
}

export interface InvocationRequest {
  readonly functionName: string;
  /** A version or an alias. */
  readonly qualifier?: string;
  /** JSON text. */
  readonly payload: string;
  readonly type?: 'RequestResponse' | 'Event' | 'DryRun';
}

export interface InvocationResult {
  readonly statusCode: number;
  /** The response payload as text; empty for Event and DryRun. */
  readonly payload: string;
  readonly functionError?: string;
  readonly executedVersion?: string;
  /** The last 4 KB of the log. */
  readonly logTail: string;
  readonly requestId: string;
}

export interface ProvisionedConcurrency {
  readonly qualifier: string;
  readonly requested: number;
  readonly available: number;
  readonly status: 'IN_PROGRESS' | 'READY' | 'FAILED';
  readonly statusReason?: string;
}
