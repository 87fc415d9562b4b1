import type { FunctionDefinition, ProjectModel } from '../model/functionDefinition.ts';
import type { SourceRange } from '../model/source.ts';
import type { TriggerKind } from '../model/trigger.ts';

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
  /** Present where it is fixable. */
  readonly fix?: Fix;
}

/** Edits of the file that the finding is in, which do not overlap; offsets are of its text as it was analysed. */
export interface Fix {
  /** What it does, for a menu. */
  readonly title: string;
  readonly edits: readonly { readonly start: number; readonly end: number; readonly newText: string }[];
}

export interface FileAnalysis {
  /** Absolute path. */
  readonly path: string;
  readonly handlers: readonly HandlerRecord[];
  readonly regions: readonly Region[];
  readonly notes: readonly Note[];
  readonly findings: readonly Finding[];
}

/** `edges`: where the phase changes and at each client or connection. `full`: at everything that runs. */
export type HintMode = 'edges' | 'full' | 'off';

/**
 * One inline hint. Line and column, from 1, are where the code begins that it is about; it is shown behind the
 * last character of the line.
 */
export interface Hint {
  readonly line: number;
  readonly column: number;
  readonly label: string;
  readonly kind: 'module' | 'region' | 'client' | 'connection';
  readonly phase: Phase;
}

/** Where another phase begins, for the gutter. */
export interface Mark {
  readonly line: number;
  readonly column: number;
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
  /** Of the function, for example `nodejs24.x`. */
  readonly runtime?: string;
}

/** What a project model says of handlers, as the analyzer takes it. */
export function knownHandlersOf(model: ProjectModel): readonly KnownHandler[] {
  return model.functions.flatMap(definition => knownHandlerOf(definition) ?? []);
}

/** Undefined where no source file was found, or where the handler string names no export. */
export function knownHandlerOf({
  entryFile,
  handler,
  runtime,
}: Pick<FunctionDefinition, 'entryFile' | 'handler'> & Partial<Pick<FunctionDefinition, 'runtime'>>):
  | KnownHandler
  | undefined {
  const exportPath = /^[^.]*\.(.+)$/.exec(handler.slice(handler.lastIndexOf('/') + 1))?.[1];
  if (entryFile === undefined || exportPath === undefined) return undefined;
  return { file: entryFile, exportPath, ...(runtime !== undefined && { runtime }) };
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

/** What one handler of a file comes to, over all files that it reaches. */
export interface HandlerSummary {
  readonly handler: HandlerRecord;
  /** How many statements run in which phase; what runs in both is counted as `init` and as `invoke`. */
  readonly statements: Readonly<Record<'init' | 'invoke' | 'lazy', number>>;
  /** How many files those statements are in. */
  readonly files: number;
}

export interface AnalyzedFile {
  readonly version: number;
  /** False where the text has syntax errors, so that the rest is a guess. */
  readonly isComplete: boolean;
  readonly analysis: FileAnalysis;
  readonly summaries: readonly HandlerSummary[];
  readonly hints: readonly Hint[];
  readonly marks: readonly Mark[];
  /** Every line of the file that a region covers, joined where neighbours run in the same phase. */
  readonly bands: readonly Band[];
}

/** Asks about a place of a file that an editor has open. */
export interface ExplainRequest {
  /** Absolute path. */
  readonly file: string;
  readonly text: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /**
   * `word`: only where the word at the place is one that people ask about: what is called, what is declared,
   * the first word of a statement. `code`: whatever code is there.
   */
  readonly about: 'word' | 'code';
  readonly handlers?: readonly KnownHandler[];
}

/** When the code at a place runs, and why. */
export interface Explanation {
  /** What it is about, in the text that was asked about; the end is exclusive. */
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** Absent: no handler is known to reach it. */
  readonly phase?: Phase;
  /** How it is reached; for `both` one way from each side. Empty where nothing reaches it. */
  readonly ways: readonly Way[];
  /** What keeps it from running again, for example `client`, and where that is tested. */
  readonly guard?: PathStep;
  readonly note?: Pick<Note, 'kind' | 'label'>;
}

/** The calls that lead to some code, from the module or the handler that Lambda runs. */
export interface Way {
  readonly side: 'init' | 'invoke' | 'lazy';
  /** Each with the place in it that leads on; the last is the code's own function or module. */
  readonly steps: readonly PathStep[];
}

export interface PathStep {
  readonly name: string;
  /** Absolute path. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface CheckRequest {
  /** Absolute paths of the files to report on, in the order of the report. */
  readonly files: readonly string[];
  readonly handlers: readonly KnownHandler[];
}

/** A text that an editor has, which goes before the one on the disk. */
export interface OpenText {
  /** Absolute path. */
  readonly file: string;
  readonly text: string;
  readonly version: number;
}

export interface OpenProjectRequest {
  readonly root: string;
  readonly open: readonly OpenText[];
  /** Absolute paths that have changed since this root was last read; absent: anything may have. */
  readonly changed?: readonly string[];
}

export interface OpenProject {
  readonly model: ProjectModel;
  /**
   * By open file, the version of which the model has the places: an older one than was asked with where the
   * file does not parse any more.
   */
  readonly versions: Readonly<Record<string, number>>;
}

export interface LocateRequest {
  readonly handlers: readonly KnownHandler[];
  readonly open: readonly OpenText[];
}

export type HandlerLocation =
  | { readonly kind: 'found'; readonly at: SourceRange }
  /** The names that the file does export. */
  | { readonly kind: 'missing'; readonly exports: readonly string[] }
  /** What the file exports cannot be told without running it. */
  | { readonly kind: 'unknown' };

export interface CompleteHandlerRequest {
  readonly root: string;
  readonly open: readonly OpenText[];
  /** A template among the open texts, and a place in it that may be in the value of a handler. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The handlers that a function's code directory holds. */
export interface HandlerCompletions {
  /** What a chosen one replaces; within the quotes, where there are any. */
  readonly range: SourceRange;
  readonly handlers: readonly ProposedHandler[];
}

export interface ProposedHandler {
  /** The handler string. */
  readonly handler: string;
  /** Absolute path of the file that exports it. */
  readonly file: string;
}

export interface RepairHandlerRequest {
  readonly definition: FunctionDefinition;
  /** What invokes the function, where that is known: a handler of its own gets that kind of event. */
  readonly trigger?: TriggerKind;
  /** Absolute paths of the source files of other handlers, nearest first: a new one is written like them. */
  readonly neighbours: readonly string[];
  readonly open: readonly OpenText[];
}

/** What can be done about a handler that does not exist. */
export interface HandlerRepairs {
  /** Handlers that do exist, those with the most similar name first. */
  readonly existing: readonly ProposedHandler[];
  /** Absent where no handler of that name can be written. */
  readonly creation?: HandlerCreation;
}

export type HandlerCreation =
  | {
      readonly kind: 'file';
      /** Absolute path; there is no such file. */
      readonly file: string;
      readonly text: string;
    }
  | {
      readonly kind: 'export';
      readonly file: string;
      /** From top to bottom; lines and columns count from 1. */
      readonly insertions: readonly {
        readonly line: number;
        readonly column: number;
        readonly text: string;
      }[];
    };

export interface Operations {
  readonly analyze: { readonly input: AnalyzeRequest; readonly output: AnalyzedFile };
  readonly explain: { readonly input: ExplainRequest; readonly output: Explanation | undefined };
  readonly check: { readonly input: CheckRequest; readonly output: readonly FileAnalysis[] };
  readonly readProject: { readonly input: { readonly root: string }; readonly output: ProjectModel };
  readonly readOpenProject: { readonly input: OpenProjectRequest; readonly output: OpenProject };
  readonly locateHandlers: { readonly input: LocateRequest; readonly output: readonly HandlerLocation[] };
  readonly completeHandler: {
    readonly input: CompleteHandlerRequest;
    readonly output: HandlerCompletions | undefined;
  };
  readonly repairHandler: { readonly input: RepairHandlerRequest; readonly output: HandlerRepairs };
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
