import type { Handler } from './handlers.ts';
import type { Inspection } from './inspect.ts';
import { findCreations } from './notes.ts';
import { beginningOf } from './outline.ts';
import type { FileFacts, Guard, Unit } from './phases/model.ts';
import { type Span, spansOf } from './phases/regions.ts';
import { pointOf, rangeOf } from './positions.ts';
import type { Explanation, PathStep } from './protocol.ts';
import { waysTo } from './ways.ts';
import { type Word, wordAt } from './words.ts';

export interface Question {
  /** Offset into the text of the file. */
  readonly offset: number;
  readonly about: 'word' | 'code';
}

/** When the code at a place runs, and why; undefined where nobody asks, or where no handler reaches the file. */
export function explain(
  inspection: Inspection,
  file: FileFacts,
  { offset, about }: Question,
): Explanation | undefined {
  const { source } = file;
  const { arrivals, active } = inspection.phases;
  const word = wordAt(source, offset) ?? (about === 'code' ? codeAt(offset) : undefined);
  const spans = word ? spansOf(file, arrivals, active) : [];
  const span = word && spanOf(word, spans, file, inspection.handlers, inspection);
  if (!word || !span) return undefined;
  const { cause, phase } = span;
  const unit = 'tag' in cause ? cause : cause.scope.unit;
  const isGuarded = !('tag' in cause);
  const creation = findCreations(file).find(({ node }) => node.getStart(source) === word.code);
  return {
    ...rangeOf(source, word.start, word.end),
    ...(phase && { phase }),
    ways: waysTo(unit, inspection),
    ...(isGuarded && { guard: guardStep(cause, file) }),
    ...(creation && { note: { kind: creation.kind, label: creation.label } }),
  };
}

function codeAt(offset: number): Word {
  return { start: offset, end: offset, code: offset };
}

/** A name stands for its function, wherever that is; any other code for what it stands in. */
function spanOf(
  { code }: Word,
  spans: readonly Span[],
  file: FileFacts,
  handlers: readonly Handler[],
  inspection: Inspection,
): Pick<Span, 'phase' | 'cause'> | undefined {
  const named = spans.find(span => span !== spans[0] && beginningOf(span, file) === code);
  if (named) return named;
  const handler = handlers.find(({ node, file: own }) => own === file && node.getStart(file.source) === code);
  const [invoked] = handler ? invokedBy(handler, inspection) : [];
  if (invoked) return { phase: 'invoke', cause: invoked };
  return spans.findLast(({ start, end }) => start <= code && code < end);
}

function invokedBy(handler: Handler, { entryPoints, graph }: Inspection): readonly Unit[] {
  const entry = entryPoints.get(handler);
  return [...((entry && graph.invoked.get(entry)) ?? [])];
}

function guardStep({ target }: Guard, { source, path }: FileFacts): PathStep {
  const text = target.getText(source).replaceAll(/\s+/g, ' ');
  const name = text.length > 40 ? `${text.slice(0, 39)}…` : text;
  return { name, file: path, ...pointOf(source, target.getStart(source)) };
}
