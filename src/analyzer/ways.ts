import { ts } from 'ts-morph';
import type { Inspection } from './inspect.ts';
import type { Unit } from './phases/model.ts';
import type { Arrival, Side } from './phases/propagate.ts';
import { pointOf } from './positions.ts';
import type { PathStep, Way } from './protocol.ts';

const sides = ['init', 'invoke', 'lazy'] as const satisfies readonly Side[];

/** How a unit is reached, one way from each side; none where nothing reaches it. */
export function waysTo(unit: Unit, { phases, program }: Inspection): readonly Way[] {
  const reached = phases.arrivals.get(unit);
  const file = program.file(unit.path);
  if (!reached || !file) return [];
  return sides.flatMap((side): Way[] => {
    const arrival = reached[side];
    // What runs on every invocation is not told apart by a first use.
    if (!arrival || (side === 'lazy' && reached.invoke)) return [];
    return [{ side, steps: [...callers(arrival), stepAt(unit, unitNode(unit), file.source)] }];
  });
}

function callers(arrival: Arrival): readonly PathStep[] {
  const steps: PathStep[] = [];
  for (let at = arrival.from; at; at = at.arrival.from) {
    steps.unshift(stepAt(at.unit, at.site, at.site.getSourceFile()));
  }
  return steps;
}

function stepAt(unit: Unit, node: ts.Node, source: ts.SourceFile): PathStep {
  return { name: unit.name, file: unit.path, ...pointOf(source, node.getStart(source)) };
}

function unitNode(unit: Unit): ts.Node {
  if (unit.kind === 'module') return unit.node;
  return ts.getNameOfDeclaration(unit.node as ts.Declaration) ?? unit.node;
}
