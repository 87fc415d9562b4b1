import { ts } from 'ts-morph';
import type { Phase } from '../protocol.ts';
import type { FileFacts, Guard, Unit } from './model.ts';
import { type Arrivals, phaseOf } from './propagate.ts';

/** A part of a file and when it runs; offsets into its text. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** Undefined for code that nothing reaches. */
  readonly phase: Phase | undefined;
  /** What makes it so: a unit, or a guard inside of one. */
  readonly cause: Unit | Guard;
}

/** The parts of a reached file, outer ones first; they nest. Empty for a file that nothing reaches. */
export function spansOf(file: FileFacts, arrivals: Arrivals, active: ReadonlySet<object>): readonly Span[] {
  const modulePhase = phaseOf(file.module, arrivals);
  const reached = file.units.some(unit => arrivals.has(unit));
  const [first] = file.source.statements;
  const last = file.source.statements.at(-1);
  if (!reached || !first || !last) return [];
  const spans: Span[] = [
    {
      start: first.getStart(file.source),
      end: last.end,
      phase: modulePhase ?? 'init',
      cause: file.module,
    },
  ];
  for (const unit of file.units) {
    if (unit.kind === 'module') continue;
    const phase = phaseOf(unit, arrivals);
    for (const { start, end } of bodiesOf(unit, file)) spans.push({ start, end, phase, cause: unit });
  }
  for (const { guard } of file.lazyGuards) {
    const { unit } = guard.scope;
    const phase = phaseOf(unit, arrivals);
    if (!active.has(guard) || (phase !== 'invoke' && phase !== 'both')) continue;
    spans.push({ start: guard.start, end: guard.end, phase: 'lazy', cause: guard });
  }
  return spans.filter(span => span.start < span.end).sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Where the code of a unit stands: parameters and body, or a class's field initialisers and constructor. */
function bodiesOf(unit: Unit, file: FileFacts): readonly { readonly start: number; readonly end: number }[] {
  const { node } = unit;
  if (!unit.constructs) return [functionBody(node as ts.FunctionLikeDeclaration, file)];
  return unit.constructs.node.members.flatMap(member => {
    if (ts.isConstructorDeclaration(member) && member.body) return [functionBody(member, file)];
    if (!ts.isPropertyDeclaration(member) || !member.initializer) return [];
    if (member.modifiers?.some(modifier => modifier.kind === ts.SyntaxKind.StaticKeyword)) return [];
    return [{ start: member.initializer.getStart(file.source), end: member.initializer.end }];
  });
}

function functionBody(node: ts.FunctionLikeDeclaration, file: FileFacts): { start: number; end: number } {
  const first: ts.Node | undefined = node.parameters[0] ?? node.body;
  return { start: (first ?? node).getStart(file.source), end: node.body?.end ?? node.end };
}
