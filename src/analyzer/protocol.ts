import type { ProjectModel } from '../model/functionDefinition.ts';

/**
 * When code runs: `init` once per execution environment, `invoke` on every invocation, `both` called from
 * each side, `lazy` inside of the handler but guarded so that it runs once.
 */
export type Phase = 'init' | 'invoke' | 'both' | 'lazy';

/** Lines and columns count from 1, columns in UTF-16 units, ends are exclusive. Regions of a file nest. */
export interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly phase: Phase;
  /** Why, in one sentence without a full stop. */
  readonly reason: string;
}

/** What told that an exported value is a handler. */
export type HandlerVia = 'template' | 'type' | 'middy' | 'powertools' | 'streaming' | 'adapter' | 'shape';

export interface HandlerRecord {
  /** The export as a handler string names it, for example `handler` or `api.handler`. */
  readonly name: string;
  readonly line: number;
  readonly column: number;
  readonly via: HandlerVia;
}

/** A statement that deserves a hint of its own wherever it stands. */
export interface Note {
  readonly kind: 'client' | 'connection';
  /** For example `S3Client`. */
  readonly label: string;
  readonly phase: Phase;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface Finding {
  readonly rule: string;
  readonly severity: 'hint' | 'info' | 'warning' | 'error';
  readonly message: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly fixable: boolean;
}

export interface FileAnalysis {
  /** Absolute path. */
  readonly path: string;
  readonly handlers: readonly HandlerRecord[];
  readonly regions: readonly Region[];
  readonly notes: readonly Note[];
  readonly findings: readonly Finding[];
}

/** `edges`: at each edge of a region and at each client or connection. `full`: at every region. */
export type HintMode = 'edges' | 'full' | 'off';

/** One inline hint, behind the last character of a line. Lines and columns count from 1. */
export interface Hint {
  readonly line: number;
  readonly column: number;
  readonly label: string;
  readonly kind: 'module' | 'region' | 'client' | 'connection';
  readonly tooltip: string;
  readonly phase: Phase;
}

/** A line on which another phase begins, for the gutter. */
export interface Mark {
  readonly line: number;
  readonly phase: Phase;
}

/** Whole lines of one phase, for the background; the end is inclusive. */
export interface Band {
  readonly startLine: number;
  readonly endLine: number;
  readonly phase: Phase;
}

/** A handler that the project model names. */
export interface KnownHandler {
  /** Absolute path of the source file. */
  readonly file: string;
  /** The part of the handler string after the module, for example `handler` or `api.handler`. */
  readonly exportPath: string;
}

/** What a project model says of handlers, as the analyzer takes it. */
export function knownHandlersOf(model: ProjectModel): readonly KnownHandler[] {
  return model.functions.flatMap(({ entryFile, handler }) => {
    const exportPath = /^[^.]*\.(.+)$/.exec(handler.slice(handler.lastIndexOf('/') + 1))?.[1];
    return entryFile && exportPath ? [{ file: entryFile, exportPath }] : [];
  });
}

export interface AnalyzeRequest {
  /** Absolute path. */
  readonly file: string;
  /** The text as the editor has it, saved or not. */
  readonly text: string;
  /** The editor's version of that text; the answer carries it back. */
  readonly version: number;
  readonly mode: HintMode;
  /** The handlers of the workspace folder, when its project model is known. */
  readonly handlers?: readonly KnownHandler[];
}

export interface AnalyzedFile {
  readonly version: number;
  readonly analysis: FileAnalysis;
  readonly hints: readonly Hint[];
  readonly marks: readonly Mark[];
  /** Every line of the file that a region covers, joined where neighbours run in the same phase. */
  readonly bands: readonly Band[];
}

export interface CheckRequest {
  /** Absolute paths of the files to report on, in the order of the report. */
  readonly files: readonly string[];
  readonly handlers: readonly KnownHandler[];
}

export interface Operations {
  readonly analyze: { readonly input: AnalyzeRequest; readonly output: AnalyzedFile };
  readonly check: { readonly input: CheckRequest; readonly output: readonly FileAnalysis[] };
  readonly readProject: { readonly input: { readonly root: string }; readonly output: ProjectModel };
}

export type OperationName = keyof Operations;

/** From the client to the worker. */
export type WorkerRequest =
  | {
      readonly [K in OperationName]: {
        readonly id: number;
        readonly operation: K;
        readonly input: Operations[K]['input'];
      };
    }[OperationName]
  | { readonly id: 0; readonly operation: 'close'; readonly input: { readonly file: string } };

/** From the worker to the client. */
export type WorkerReply =
  | { readonly id: number; readonly kind: 'done'; readonly output: Operations[OperationName]['output'] }
  | { readonly id: number; readonly kind: 'cancelled' }
  | {
      readonly id: number;
      readonly kind: 'failed';
      readonly message: string;
      readonly stack: string;
      readonly forUser: boolean;
    };

export interface WorkerData {
  /** See CancellationFlags. */
  readonly cancellations: SharedArrayBuffer;
}
