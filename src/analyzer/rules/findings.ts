import type { ts } from 'ts-morph';
import type { CallPlace, Finding, RuleSeverities } from '../../model/finding.ts';
import { type Handler, handlerValues } from '../handlers.ts';
import type { Inspection } from '../inspect.ts';
import { Evaluator } from '../phases/evaluate.ts';
import type { CallSite, FileFacts, Unit } from '../phases/model.ts';
import { type Span, spansOf } from '../phases/regions.ts';
import { ValueStore } from '../phases/values.ts';
import { rangeOf } from '../positions.ts';
import type { KnownHandler, Phase } from '../protocol.ts';
import { hasSyntaxErrors } from '../syntax.ts';
import { waysTo } from '../ways.ts';
import { rules } from './index.ts';
import { Nodes } from './nodes.ts';
import type { ReachedCode, Rule } from './rule.ts';
import { suppressionFor, suppressionsOf } from './suppressions.ts';

export interface FindingsOptions {
  /** What the project says of handlers. */
  readonly handlers?: readonly KnownHandler[];
  readonly severities?: RuleSeverities;
  /** Absent: all. */
  readonly rules?: readonly Rule[];
  /** Called now and then; may throw to give up. */
  readonly checkpoint?: () => void;
}

/**
 * What the rules say of files of one program. Everything is read from the answer of the phases; code that no
 * handler reaches has no findings, and neither has a file with syntax errors.
 */
export class Findings {
  readonly #inspection: Inspection;
  readonly #severities: RuleSeverities;
  readonly #rules: readonly Rule[];
  /** By the path of their file. */
  readonly #known: ReadonlyMap<string, readonly KnownHandler[]>;
  readonly #checkpoint: () => void;
  readonly #evaluator: Evaluator;
  readonly #invoked: ReadonlySet<Unit>;
  readonly #reached = new Map<Handler, ReadonlySet<Unit>>();
  readonly #functions = new Map<Handler, readonly Unit[]>();
  #handlersByUnit: ReadonlyMap<Unit, readonly Handler[]> | undefined;
  readonly #files = new Map<Handler, readonly FileFacts[]>();
  readonly #sites = new Map<FileFacts, ReadonlyMap<ts.Node, CallSite>>();

  constructor(inspection: Inspection, options: FindingsOptions = {}) {
    const { handlers = [], severities = {}, checkpoint = () => {} } = options;
    this.#inspection = inspection;
    this.#evaluator = new Evaluator(inspection.program, new ValueStore(() => {}));
    this.#known = Map.groupBy(handlers, ({ file }) => file);
    this.#invoked = new Set([...inspection.graph.invoked.values()].flatMap(units => [...units]));
    this.#severities = severities;
    this.#checkpoint = checkpoint;
    this.#rules = (options.rules ?? rules).filter(({ name }) => severities[name] !== 'off');
  }

  /** In the order of the text. */
  of(file: FileFacts): readonly Finding[] {
    const { arrivals, active } = this.#inspection.phases;
    const spans = spansOf(file, arrivals, active);
    if (spans.length === 0 || hasSyntaxErrors(file.source)) return [];
    const code: ReachedCode = {
      file,
      inspection: this.#inspection,
      invoked: this.#invoked,
      nodes: new Nodes(file.source),
      phaseAt: node => this.#phaseOf(spanAt(node.getStart(file.source), spans)),
      filesOf: handler => this.#filesOf(handler),
      handlersOf: unit => this.#handlersOf(unit),
      functionsOf: handler => this.#functionsOf(handler),
      runtimeOf: handler => this.#knownAs(handler)[0]?.runtime,
      factsOf: handler => this.#knownAs(handler).flatMap(({ facts }) => facts ?? []),
      siteOf: node => this.#siteOf(node),
      evaluate: (expression, scope) => this.#evaluator.evaluate(expression, scope),
    };
    const suppressed = suppressionsOf(file.source);
    return this.#rules
      .flatMap(rule => this.#apply(rule, code, spans))
      .filter(({ rule, startLine }) => !suppressed.get(startLine)?.has(rule))
      .sort((a, b) => a.startLine - b.startLine || a.startColumn - b.startColumn);
  }

  /** What init calls, and invocations call only once, runs on no invocation as a rule. */
  #phaseOf(span: Span | undefined): Phase | undefined {
    if (span?.phase !== 'both' || !('tag' in span.cause)) return span?.phase;
    return this.#inspection.phases.arrivals.get(span.cause)?.invoke ? 'both' : 'lazy';
  }

  #apply(rule: Rule, code: ReachedCode, spans: readonly Span[]): readonly Finding[] {
    this.#checkpoint();
    const { source } = code.file;
    return rule.check(code).flatMap((problem): Finding[] => {
      const { node, message, fix, tag } = problem;
      const start = node.getStart(source);
      const span = spanAt(start, spans);
      if (!span?.phase) return [];
      const severity = this.#severities[rule.name] ?? problem.severity ?? rule.severity;
      if (severity === 'off') return [];
      const calls = this.#callsTo(span);
      const suppression = suppressionFor(rule.name, start, source);
      return [
        {
          rule: rule.name,
          severity,
          message,
          ...rangeOf(source, start, node.end),
          fixable: fix?.isSafe === true,
          ...(fix && { fix }),
          ...(tag && { tag }),
          ...(calls.length > 0 && { calls }),
          ...(suppression && { suppression }),
        },
      ];
    });
  }

  /** What runs at init is reached by imports, of which there is nothing to tell. */
  #callsTo({ phase, cause }: Span): readonly CallPlace[] {
    if (phase === 'init') return [];
    const unit = 'tag' in cause ? cause : cause.scope.unit;
    const way = waysTo(unit, this.#inspection).find(({ side }) => side !== 'init');
    return (way?.steps ?? []).flatMap((step, index, steps): CallPlace[] => {
      const next = steps[index + 1];
      const { name: from, file, line, column } = step;
      // A callback stands where it is called, for everyone to see.
      const isTold = next && !next.name.startsWith('callback of ');
      return isTold ? [{ from, to: next.name, file, line, column }] : [];
    });
  }

  #filesOf(handler: Handler): readonly FileFacts[] {
    const known = this.#files.get(handler);
    if (known) return known;
    const { program, graph } = this.#inspection;
    const units = new Set([handler.file.module, ...this.#reachedBy(handler)]);
    for (const unit of units) for (const { to } of graph.edges.get(unit) ?? []) units.add(to);
    const paths = new Set([...units].map(({ path }) => path));
    const files = [...paths].flatMap(path => program.file(path) ?? []);
    this.#files.set(handler, files);
    return files;
  }

  #handlersOf(unit: Unit): readonly Handler[] {
    this.#handlersByUnit ??= this.#indexHandlers();
    return this.#handlersByUnit.get(unit) ?? [];
  }

  #indexHandlers(): ReadonlyMap<Unit, readonly Handler[]> {
    const index = new Map<Unit, Handler[]>();
    for (const handler of this.#inspection.handlers) {
      for (const unit of this.#reachedBy(handler)) {
        const known = index.get(unit);
        if (known) known.push(handler);
        else index.set(unit, [handler]);
      }
    }
    return index;
  }

  #functionsOf(handler: Handler): readonly Unit[] {
    const known = this.#functions.get(handler);
    if (known) return known;
    const functions = handlerValues(handler, this.#evaluator).flatMap(value =>
      value.tag === 'function' && value.kind === 'function' ? [value] : [],
    );
    this.#functions.set(handler, functions);
    return functions;
  }

  #knownAs({ file: { path }, exportPath }: Handler): readonly KnownHandler[] {
    return this.#known.get(path)?.filter(known => known.exportPath === exportPath) ?? [];
  }

  #siteOf(node: ts.Node): CallSite | undefined {
    const file = this.#inspection.program.file(node.getSourceFile().fileName);
    if (!file) return undefined;
    const known = this.#sites.get(file);
    if (known) return known.get(node);
    const sites = new Map(file.units.flatMap(({ calls }) => calls.map(site => [site.node, site] as const)));
    this.#sites.set(file, sites);
    return sites.get(node);
  }

  #reachedBy(handler: Handler): ReadonlySet<Unit> {
    const known = this.#reached.get(handler);
    if (known) return known;
    const { entryPoints, graph } = this.#inspection;
    const entry = entryPoints.get(handler);
    const units = new Set((entry && graph.invoked.get(entry)) ?? []);
    for (const unit of units) for (const { to } of graph.edges.get(unit) ?? []) units.add(to);
    this.#reached.set(handler, units);
    return units;
  }
}

/** The innermost one. */
function spanAt(offset: number, spans: readonly Span[]): Span | undefined {
  return spans.findLast(({ start, end }) => start <= offset && offset < end);
}
