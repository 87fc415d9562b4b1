import { findHandlers, type Handler, handlerValues } from './handlers.ts';
import type { LoadedProgram, SourceStore } from './modules/sourceStore.ts';
import { buildCallGraph } from './phases/callGraph.ts';
import { Evaluator } from './phases/evaluate.ts';
import type { CallGraph, EntryPoint } from './phases/graph.ts';
import type { FileFacts } from './phases/model.ts';
import { type Phases, settlePhases } from './phases/settle.ts';
import { ValueStore } from './phases/values.ts';
import type { KnownHandler } from './protocol.ts';

/** Files with the handlers that lead to them, and when everything that those reach runs. */
export interface Inspection {
  readonly program: LoadedProgram;
  readonly handlers: readonly Handler[];
  readonly entryPoints: ReadonlyMap<Handler, EntryPoint>;
  readonly graph: CallGraph;
  readonly phases: Phases;
}

export interface InspectionRequest {
  readonly handlers: readonly KnownHandler[];
  /** Called now and then; may throw to give up. */
  readonly checkpoint?: () => void;
}

/** Several files at once, with every handler that is known or found among what they import. */
export function inspectFiles(
  store: SourceStore,
  files: readonly string[],
  { handlers: known, checkpoint }: InspectionRequest,
): Inspection {
  const program = store.program([...files, ...known.map(({ file }) => file)], checkpoint);
  return inspect(program, handlersOf(program, program.files.values(), known), checkpoint);
}

/**
 * One file, as fast as can be: one with handlers is looked at with what it imports only; any other with the
 * known handlers that lead to it. Undefined for a file that does not exist.
 */
export function inspectFile(
  store: SourceStore,
  path: string,
  { handlers: known, checkpoint }: InspectionRequest,
): (Inspection & { readonly file: FileFacts }) | undefined {
  const program = store.program([path], checkpoint);
  const file = program.file(path);
  if (!file) return undefined;
  const own = handlersOf(program, [file], known);
  if (own.length > 0) return { file, ...inspect(program, own, checkpoint) };
  const wider = store.program([path, ...known.map(handler => handler.file)], checkpoint);
  const importers = wider.importersOf(file);
  return { file, ...inspect(wider, handlersOf(wider, importers, known), checkpoint) };
}

function handlersOf(
  program: LoadedProgram,
  files: Iterable<FileFacts>,
  known: readonly KnownHandler[],
): readonly Handler[] {
  const evaluator = new Evaluator(program, new ValueStore(() => {}));
  return [...files].flatMap(file => findHandlers(file, known, evaluator));
}

function inspect(
  program: LoadedProgram,
  handlers: readonly Handler[],
  checkpoint: (() => void) | undefined,
): Inspection {
  const entryPoints = new Map(
    handlers.map((handler): [Handler, EntryPoint] => [
      handler,
      { module: handler.file.module, values: evaluation => handlerValues(handler, evaluation) },
    ]),
  );
  const graph = buildCallGraph(program, [...entryPoints.values()], checkpoint);
  const guards = [...program.files.values()].flatMap(file => file.lazyGuards);
  return { program, handlers, entryPoints, graph, phases: settlePhases(graph, guards) };
}
