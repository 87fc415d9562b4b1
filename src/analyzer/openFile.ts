import { describe } from './analyzeFiles.ts';
import { explain } from './explain.ts';
import { bandsOf, hintsOf, marksOf } from './hints.ts';
import { inspectFile } from './inspect.ts';
import type { LastInspection } from './lastInspection.ts';
import type { SourceStore } from './modules/sourceStore.ts';
import { outlineOf } from './outline.ts';
import { spansOf } from './phases/regions.ts';
import type { AnalyzedFile, AnalyzeRequest, ExplainRequest, Explanation } from './protocol.ts';
import type { StatementIndex } from './statements.ts';
import { summariesOf } from './summaries.ts';
import { hasSyntaxErrors } from './syntax.ts';

export interface OpenFileServices {
  readonly store: SourceStore;
  readonly index: StatementIndex;
  /** Keeps what was found out for the findings, which come after the hints. */
  readonly last?: LastInspection;
  /** Called now and then; may throw to give up. */
  readonly checkpoint: () => void;
}

/** Everything that an editor shows of a file. */
export function analyzeOpenFile(
  { file: path, text, version, mode, handlers = [] }: AnalyzeRequest,
  { store, index, last, checkpoint }: OpenFileServices,
): AnalyzedFile {
  const { source } = store.setOpen(path, text);
  const inspection = inspectFile(store, path, { handlers, checkpoint });
  const isComplete = !hasSyntaxErrors(source);
  if (!inspection) {
    const analysis = { path, handlers: [], regions: [], notes: [], findings: [] };
    return { version, isComplete, analysis, summaries: [], hints: [], marks: [], bands: [] };
  }
  last?.keep(inspection, handlers, store);
  const { file, phases } = inspection;
  const spans = spansOf(file, phases.arrivals, phases.active);
  const analysis = describe(file, inspection.handlers, phases, spans);
  const own = inspection.handlers.filter(handler => handler.file === file);
  const outline = outlineOf(
    file,
    spans,
    own.map(({ node }) => node),
  );
  return {
    version,
    isComplete,
    analysis,
    summaries: summariesOf(inspection, file, index),
    hints: hintsOf(outline, analysis.notes, mode),
    marks: marksOf(outline),
    bands: bandsOf(outline),
  };
}

export function explainOpenFile(
  { file: path, text, line, column, about, handlers = [] }: ExplainRequest,
  { store, checkpoint }: OpenFileServices,
): Explanation | undefined {
  const { source } = store.setOpen(path, text);
  const start = source.getLineStarts()[line - 1];
  const inspection = start === undefined ? undefined : inspectFile(store, path, { handlers, checkpoint });
  if (!inspection || start === undefined) return undefined;
  return explain(inspection, inspection.file, { offset: start + column - 1, about });
}
