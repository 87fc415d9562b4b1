import type { Finding, RuleInfo, RuleSeverities, TextEdit } from '../model/finding.ts';
import type { FunctionDefinition, ProjectModel } from '../model/functionDefinition.ts';
import type { FunctionFacts } from '../model/functionFacts.ts';
import type { SourceRange } from '../model/source.ts';
import type {
  CompleteHandlerRequest,
  HandlerCompletions,
  HandlerRepairs,
  OpenProject,
  OpenProjectRequest,
  OpenText,
  RepairHandlerRequest,
} from '../model/templateRequests.ts';
import { functionFacts } from './functionFacts.ts';

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
  /** What else the project says of the function, for the rules. */
  readonly facts?: FunctionFacts;
}

/** What a project model says of handlers, as the analyzer takes it. */
export function knownHandlersOf(model: ProjectModel): readonly KnownHandler[] {
  return model.functions.flatMap(definition => knownHandlerOf(definition) ?? []);
}

/** The same for requests that the rules answer, which look at more than the phases do. */
export function handlersForRules(model: ProjectModel): readonly KnownHandler[] {
  const factsOf = functionFacts(model);
  return model.functions.flatMap(definition => {
    const known = knownHandlerOf(definition);
    return known ? [{ ...known, facts: factsOf(definition) }] : [];
  });
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
  readonly severities?: RuleSeverities;
}

/** Asks what the rules say of a file that an editor has open. */
export interface FindingsRequest {
  /** Absolute path. */
  readonly file: string;
  readonly text: string;
  readonly handlers: readonly KnownHandler[];
  readonly severities: RuleSeverities;
}

export interface FoundInFile {
  /** False where the text has syntax errors, so that nothing is known of it. */
  readonly isComplete: boolean;
  readonly findings: readonly Finding[];
}

/** Asks what the rules say of everything that the handlers reach. */
export type ProjectFindingsRequest = Pick<FindingsRequest, 'handlers' | 'severities'>;

/** Asks what the rules say of the templates of a project. */
export interface TemplateFindingsRequest {
  readonly model: ProjectModel;
  readonly severities: RuleSeverities;
  readonly open: readonly OpenText[];
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

/** A cancelled request is neither an empty answer nor an error. */
export type Outcome<T> = { readonly kind: 'done'; readonly value: T } | { readonly kind: 'cancelled' };

export interface Operations {
  readonly analyze: { readonly input: AnalyzeRequest; readonly output: AnalyzedFile };
  readonly explain: { readonly input: ExplainRequest; readonly output: Explanation | undefined };
  readonly check: { readonly input: CheckRequest; readonly output: readonly FileAnalysis[] };
  readonly findings: { readonly input: FindingsRequest; readonly output: FoundInFile };
  /** Every safe fix of a file. */
  readonly fixAll: { readonly input: FindingsRequest; readonly output: readonly TextEdit[] };
  readonly projectFindings: {
    readonly input: ProjectFindingsRequest;
    /** By absolute path, each file that is reached; empty for one without findings. */
    readonly output: ReadonlyMap<string, readonly Finding[]>;
  };
  readonly templateFindings: {
    readonly input: TemplateFindingsRequest;
    /** By absolute path, each template that has findings. */
    readonly output: ReadonlyMap<string, readonly Finding[]>;
  };
  readonly rules: { readonly input: undefined; readonly output: readonly RuleInfo[] };
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
  /** See AnalyzerClientOptions. */
  readonly compileCache: string | undefined;
}
