import type { FunctionDefinition } from '../../model/functionDefinition.ts';

/** What a version is configured with: what of a function's definition does not depend on where its code lies. */
export type VersionConfiguration = Pick<
  FunctionDefinition,
  | 'runtime'
  | 'handler'
  | 'timeoutSeconds'
  | 'memorySizeMb'
  | 'environment'
  | 'description'
  | 'architecture'
  | 'ephemeralStorageMb'
  | 'layers'
  | 'vpc'
  | 'deadLetterTargetArn'
  | 'tracing'
  | 'logging'
  | 'snapStart'
  | 'fileSystems'
> & { readonly roleArn: string };

/** The code of a version: an archive in the code store, and what it is to be run beside. */
export interface VersionCode {
  /** Of the zip archive, in base64, as the API tells it. */
  readonly sha256: string;
  /** Bytes of the zip archive. */
  readonly size: number;
  /** Folders of the workspace's packages that the code sees, the outermost first; absolute paths. */
  readonly packageFolders: readonly string[];
  /** SHA-256 of an archive of the sources, in base64; absent where the code came as an archive. */
  readonly sources?: string;
}

/** A version of a function, or what `$LATEST` is now. */
export interface VersionRecord {
  /** 0 for `$LATEST`. */
  readonly number: number;
  readonly configuration: VersionConfiguration;
  /** Absent where a workspace's function has never been built. */
  readonly code?: VersionCode;
  /** A UUID. */
  readonly revisionId: string;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
  /** Why the last update of `$LATEST` did not come about, so that what is here is older. */
  readonly failure?: string;
}

/** `$LATEST` of a function, and whose it is. */
export interface FunctionRecord {
  readonly name: string;
  readonly latest: VersionRecord;
  /** Whether the API has put it there; else it is the workspace's. */
  readonly held: boolean;
  /** While held: what the workspace's code and configuration were when the API took over; absent without either. */
  readonly workspaceWas?: string;
}

export interface AliasRecord {
  readonly functionName: string;
  readonly name: string;
  /** `$LATEST` or a number. */
  readonly version: string;
  readonly description: string;
  /** The other version, and its share of the traffic: 0 to 1. */
  readonly additional?: { readonly version: string; readonly weight: number };
  readonly revisionId: string;
  /** An AutoPublishAlias that nobody has pointed elsewhere: it goes where `$LATEST` goes. */
  readonly follows?: true;
  /** What the template said when it made this alias, as JSON; absent where none has. */
  readonly definedAs?: string;
}

/** What an alias pointed at, and until when. */
export interface AliasChange {
  readonly alias: AliasRecord;
  /** Epoch milliseconds. */
  readonly replacedAt: number;
}

export const latestVersion = '$LATEST';

/** As callers name it. */
export function versionName(number: number): string {
  return number === 0 ? latestVersion : String(number);
}
