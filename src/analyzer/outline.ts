import { ts } from 'ts-morph';
import type { FileFacts, Guard, Unit } from './phases/model.ts';
import type { Span } from './phases/regions.ts';
import { pointOf } from './positions.ts';
import type { Phase } from './protocol.ts';
import { isErased, unwrap } from './syntax.ts';

/** A part of a file that a reader would call one thing: a statement of the module, a function, guarded code. */
export interface OutlineItem {
  /** Where it begins for a reader: the name of a function, what a guard tests, the first word of a statement. */
  readonly line: number;
  readonly column: number;
  /** Its last line. */
  readonly endLine: number;
  /** Undefined for a function that nothing reaches. */
  readonly phase: Phase | undefined;
  /** The phase of what is around it. */
  readonly outer: Phase | undefined;
  /** `statement`: one of the module's own. `guarded`: code that a test keeps from running again. */
  readonly kind: 'statement' | 'function' | 'guarded';
  /** How many regions are around it. */
  readonly depth: number;
  /** It does nothing that is worth a word: a literal, a declaration, what only exports the handler. */
  readonly isQuiet: boolean;
}

/**
 * The outline of a file that a handler reaches, in the order of the text.
 * @param handlerNodes where the file exports its handlers
 */
export function outlineOf(
  file: FileFacts,
  spans: readonly Span[],
  handlerNodes: readonly ts.Node[],
): readonly OutlineItem[] {
  const [whole, ...regions] = spans;
  if (!whole?.phase) return [];
  const items = [
    ...statementItems(file, whole.phase, handlerNodes),
    ...regionItems(file, whole.phase, regions),
  ];
  return items.sort((a, b) => a.offset - b.offset || a.item.depth - b.item.depth).map(({ item }) => item);
}

interface PlacedItem {
  readonly offset: number;
  readonly item: OutlineItem;
}

function* statementItems(
  file: FileFacts,
  phase: Phase,
  handlerNodes: readonly ts.Node[],
): Generator<PlacedItem> {
  const { source, module } = file;
  const loading = new Set(module.loads.map(({ node }) => node));
  const work = [...module.loads, ...module.calls.filter(({ node }) => isWork(node))]
    .map(({ node }) => node.pos)
    .sort((a, b) => a - b);
  let next = 0;
  for (const statement of source.statements) {
    while (next < work.length && (work[next] ?? 0) < statement.pos) next += 1;
    const worksHere = next < work.length && (work[next] ?? 0) < statement.end;
    if (isErased(statement) || leavesNothing(statement, loading)) continue;
    const exportsHandler = handlerNodes.some(node => node.pos >= statement.pos && node.end <= statement.end);
    const offset = statement.getStart(source);
    yield {
      offset,
      item: {
        ...pointOf(source, offset),
        endLine: pointOf(source, statement.end).line,
        phase,
        outer: undefined,
        kind: 'statement',
        depth: 0,
        isQuiet: !worksHere || exportsHandler,
      },
    };
  }
}

/** An import of types, and a variable that is given its value later. */
function leavesNothing(statement: ts.Statement, loading: ReadonlySet<ts.Node>): boolean {
  if (ts.isImportDeclaration(statement)) return !loading.has(statement);
  return (
    ts.isVariableStatement(statement) &&
    statement.declarationList.declarations.every(({ initializer }) => initializer === undefined)
  );
}

/** Conversions are calls by their form only. */
function isWork(node: ts.Node): boolean {
  if (!ts.isCallExpression(node)) return true;
  const callee = unwrap(node.expression);
  return !(
    ts.isIdentifier(callee) && /^(Number|String|Boolean|BigInt|Symbol|parseInt|parseFloat)$/.test(callee.text)
  );
}

function* regionItems(file: FileFacts, modulePhase: Phase, regions: readonly Span[]): Generator<PlacedItem> {
  const { source } = file;
  const open: Span[] = [];
  for (const region of regions) {
    for (let last = open.at(-1); last && last.end < region.end; last = open.at(-1)) open.pop();
    const around = open.at(-1);
    const offset = beginningOf(region, file);
    yield {
      offset,
      item: {
        ...pointOf(source, offset),
        endLine: pointOf(source, region.end).line,
        phase: region.phase,
        outer: around ? around.phase : modulePhase,
        kind: isUnit(region.cause) ? 'function' : 'guarded',
        depth: open.length + 1,
        isQuiet: false,
      },
    };
    open.push(region);
  }
}

/** Where the code of a span begins for a reader. */
export function beginningOf({ cause, start }: Span, { source }: FileFacts): number {
  if (!isUnit(cause)) return guardBeginning(cause, source);
  // The parts of a construction stand apart.
  if (cause.kind !== 'function') return start;
  const name = ts.getNameOfDeclaration(cause.node as ts.Declaration);
  return (name ?? cause.node).getStart(source);
}

/** `if (!client) {` and `client ??=` are where the guarded code begins, but `if (client) return` is not. */
function guardBeginning({ target, start }: Guard, source: ts.SourceFile): number {
  let statement: ts.Node = target;
  while (statement.parent && !ts.isStatement(statement)) statement = statement.parent;
  return statement.end > start ? target.getStart(source) : start;
}

function isUnit(cause: Unit | Guard): cause is Unit {
  return 'tag' in cause;
}
