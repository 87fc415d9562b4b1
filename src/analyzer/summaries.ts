import { record } from './analyzeFiles.ts';
import type { Inspection } from './inspect.ts';
import type { FileFacts, Unit } from './phases/model.ts';
import { type Arrivals, phaseOf, propagate } from './phases/propagate.ts';
import type { HandlerSummary } from './protocol.ts';
import type { StatementIndex } from './statements.ts';

/** What each handler of a file comes to. What another handler of the file reaches is not counted for it. */
export function summariesOf(
  inspection: Inspection,
  file: FileFacts,
  index: StatementIndex,
): readonly HandlerSummary[] {
  const { handlers, phases } = inspection;
  return handlers
    .filter(handler => handler.file === file)
    .map(handler => {
      const arrivals = handlers.length === 1 ? phases.arrivals : arrivalsOf(handler, inspection);
      return { handler: record(handler), ...count(arrivals, inspection, index) };
    });
}

function arrivalsOf(handler: Inspection['handlers'][number], inspection: Inspection): Arrivals {
  const { entryPoints, graph, phases } = inspection;
  const entry = entryPoints.get(handler);
  const invoked = new Map([...graph.invoked].filter(([each]) => each === entry));
  return propagate({ edges: graph.edges, invoked }, guard => phases.active.has(guard));
}

function count(
  arrivals: Arrivals,
  { program, phases }: Inspection,
  index: StatementIndex,
): Pick<HandlerSummary, 'statements' | 'files'> {
  const statements = { init: 0, invoke: 0, lazy: 0 };
  const files = new Set<string>();
  const guards = Map.groupBy(phases.active, guard => ('scope' in guard ? guard.scope.unit : undefined));
  const isLazy = (unit: Unit, start: number) =>
    guards.get(unit)?.some(guard => 'scope' in guard && guard.start <= start && start < guard.end) ?? false;
  for (const unit of arrivals.keys()) {
    const phase = phaseOf(unit, arrivals);
    const file = program.file(unit.path);
    const starts = file && index.of(file).get(unit);
    if (!phase || !starts || starts.length === 0) continue;
    files.add(unit.path);
    const lazy = phase === 'init' ? 0 : starts.filter(start => isLazy(unit, start)).length;
    const rest = starts.length - lazy;
    if (phase === 'lazy') statements.lazy += starts.length;
    else statements.lazy += lazy;
    if (phase === 'init' || phase === 'both') statements.init += rest;
    if (phase === 'invoke' || phase === 'both') statements.invoke += rest;
  }
  return { statements, files: files.size };
}
