import type { RuleSeverities } from '../model/finding.ts';
import type { Handler } from './handlers.ts';
import { type InspectionRequest, inspectFiles } from './inspect.ts';
import type { SourceStore } from './modules/sourceStore.ts';
import { findCreations } from './notes.ts';
import type { FileFacts } from './phases/model.ts';
import { reasonOf } from './phases/reasons.ts';
import { type Span, spansOf } from './phases/regions.ts';
import type { Phases } from './phases/settle.ts';
import { pointOf, rangeOf } from './positions.ts';
import type { FileAnalysis, HandlerRecord, Note, Phase, Region } from './protocol.ts';
import { Findings } from './rules/findings.ts';

interface FilesRequest extends InspectionRequest {
  /** Absolute paths of the files to tell about. */
  readonly files: readonly string[];
  readonly severities?: RuleSeverities;
}

/** Tells the phases in several files at once, and what the rules find; a file that does not exist is left out. */
export function analyzeFiles(store: SourceStore, request: FilesRequest): readonly FileAnalysis[] {
  const inspection = inspectFiles(store, request.files, request);
  const findings = new Findings(inspection, request);
  return request.files.flatMap(path => {
    request.checkpoint?.();
    const file = inspection.program.file(path);
    if (!file) return [];
    return [{ ...describe(file, inspection.handlers, inspection.phases), findings: findings.of(file) }];
  });
}

/** What is told of one file, but for what the rules find. */
export function describe(
  file: FileFacts,
  handlers: readonly Handler[],
  phases: Phases,
  spans = spansOf(file, phases.arrivals, phases.active),
): FileAnalysis {
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

export function record({ exportPath, node, via, file }: Handler): HandlerRecord {
  return { name: exportPath, ...pointOf(file.source, node.getStart(file.source)), via };
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
