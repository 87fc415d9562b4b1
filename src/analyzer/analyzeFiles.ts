import { ts } from 'ts-morph';
import { findHandlers, type Handler, handlerValues } from './handlers.ts';
import type { LoadedProgram, SourceStore } from './modules/sourceStore.ts';
import { findCreations } from './notes.ts';
import { buildCallGraph } from './phases/callGraph.ts';
import { Evaluator } from './phases/evaluate.ts';
import type { EntryPoint } from './phases/graph.ts';
import type { FileFacts } from './phases/model.ts';
import { reasonOf } from './phases/reasons.ts';
import { type Span, spansOf } from './phases/regions.ts';
import { type Phases, settlePhases } from './phases/settle.ts';
import { ValueStore } from './phases/values.ts';
import type { FileAnalysis, HandlerRecord, KnownHandler, Note, Phase, Region } from './protocol.ts';

interface FilesRequest {
  /** Absolute paths of the files to tell about. */
  readonly files: readonly string[];
  readonly handlers: readonly KnownHandler[];
  /** Called now and then; may throw to give up. */
  readonly checkpoint?: () => void;
}

/** Tells the phases in several files at once; a file that does not exist is left out. */
export function analyzeFiles(store: SourceStore, request: FilesRequest): readonly FileAnalysis[] {
  const { files, handlers: known, checkpoint } = request;
  const program = store.program([...files, ...known.map(({ file }) => file)], checkpoint);
  const handlers = handlersOf(program, program.files.values(), known);
  const phases = phasesOf(program, handlers, checkpoint);
  return files.flatMap(path => {
    const file = program.file(path);
    return file ? [describe(file, handlers, phases)] : [];
  });
}

/**
 * Tells the phases in one file, as fast as can be: a file with handlers is looked at with what it imports
 * only; any other file with the known handlers that lead to it.
 */
export function analyzeFile(
  store: SourceStore,
  path: string,
  request: Omit<FilesRequest, 'files'>,
): FileAnalysis {
  const { handlers: known, checkpoint } = request;
  const program = store.program([path], checkpoint);
  const file = program.file(path);
  if (!file) return { path, handlers: [], regions: [], notes: [], findings: [] };
  const own = handlersOf(program, [file], known);
  if (own.length > 0) return describe(file, own, phasesOf(program, own, checkpoint));
  const wider = store.program([path, ...known.map(handler => handler.file)], checkpoint);
  const handlers = handlersOf(wider, wider.files.values(), known);
  return describe(file, handlers, phasesOf(wider, handlers, checkpoint));
}

function handlersOf(
  program: LoadedProgram,
  files: Iterable<FileFacts>,
  known: readonly KnownHandler[],
): readonly Handler[] {
  const evaluator = new Evaluator(program, new ValueStore(() => {}));
  return [...files].flatMap(file => findHandlers(file, known, evaluator));
}

function phasesOf(program: LoadedProgram, handlers: readonly Handler[], checkpoint?: () => void): Phases {
  const entryPoints = handlers.map(
    (handler): EntryPoint => ({
      module: handler.file.module,
      values: evaluation => handlerValues(handler, evaluation),
    }),
  );
  const guards = [...program.files.values()].flatMap(file => file.lazyGuards);
  return settlePhases(buildCallGraph(program, entryPoints, checkpoint), guards);
}

function describe(file: FileFacts, handlers: readonly Handler[], phases: Phases): FileAnalysis {
  const spans = spansOf(file, phases.arrivals, phases.active);
  const regions = spans.flatMap((span): Region[] =>
    span.phase
      ? [
          {
            ...rangeOf(file.source, span.start, span.end),
            phase: span.phase,
            reason: reasonOf(span, file, phases.arrivals),
          },
        ]
      : [],
  );
  return {
    path: file.path,
    handlers: handlers.filter(handler => handler.file === file).map(record),
    regions,
    notes: notesOf(file, spans),
    findings: [],
  };
}

function record({ exportPath, node, via }: Handler): HandlerRecord {
  const source = node.getSourceFile();
  const { line, character } = ts.getLineAndCharacterOfPosition(source, node.getStart(source));
  return { name: exportPath, line: line + 1, column: character + 1, via };
}

function notesOf(file: FileFacts, spans: readonly Span[]): readonly Note[] {
  if (spans.length === 0) return [];
  return findCreations(file).flatMap(({ node, kind, label }): Note[] => {
    const start = node.getStart(file.source);
    const phase = phaseAt(start, spans);
    return phase ? [{ kind, label, phase, ...rangeOf(file.source, start, node.end) }] : [];
  });
}

function phaseAt(position: number, spans: readonly Span[]): Phase | undefined {
  return spans.findLast(({ start, end }) => start <= position && position < end)?.phase;
}

function rangeOf(source: ts.SourceFile, start: number, end: number) {
  const from = ts.getLineAndCharacterOfPosition(source, start);
  const to = ts.getLineAndCharacterOfPosition(source, end);
  return {
    startLine: from.line + 1,
    startColumn: from.character + 1,
    endLine: to.line + 1,
    endColumn: to.character + 1,
  };
}
