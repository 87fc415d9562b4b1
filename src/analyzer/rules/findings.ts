import { type Handler, handlerValues } from '../handlers.ts';
import type { Inspection } from '../inspect.ts';
import { Evaluator } from '../phases/evaluate.ts';
import type { FileFacts, Unit } from '../phases/model.ts';
import { spansOf } from '../phases/regions.ts';
import { ValueStore } from '../phases/values.ts';
import { rangeOf } from '../positions.ts';
import type { Finding, KnownHandler } from '../protocol.ts';
import { rules } from './index.ts';
import type { ReachedCode, Rule, Severity } from './rule.ts';
import { suppressionsOf } from './suppressions.ts';

/** By rule name, what goes before the rule's own severity. */
export type RuleSeverities = Readonly<Record<string, Severity | 'off'>>;

export interface FindingsOptions {
  /** What the project says of handlers. */
  readonly handlers?: readonly KnownHandler[];
  readonly severities?: RuleSeverities;
  /** Absent: all. */
  readonly rules?: readonly Rule[];
}

/**
 * What the rules say of files of one program. Everything is read from the answer of the phases; code that no
 * handler reaches has no findings, and neither has a file with syntax errors.
 */
export class Findings {
  readonly #inspection: Inspection;
  readonly #severities: RuleSeverities;
  readonly #rules: readonly Rule[];
  readonly #known: readonly KnownHandler[];
  readonly #evaluator: Evaluator;
  readonly #reached = new Map<Handler, ReadonlySet<Unit>>();
  readonly #functions = new Map<Handler, readonly Unit[]>();

  constructor(inspection: Inspection, options: FindingsOptions = {}) {
    const { handlers = [], severities = {} } = options;
    this.#inspection = inspection;
    this.#evaluator = new Evaluator(inspection.program, new ValueStore(() => {}));
    this.#known = handlers;
    this.#severities = severities;
    this.#rules = (options.rules ?? rules).filter(({ name }) => severities[name] !== 'off');
  }

  /** In the order of the text. */
  of(file: FileFacts): readonly Finding[] {
    const { arrivals, active } = this.#inspection.phases;
    const spans = spansOf(file, arrivals, active);
    if (spans.length === 0 || hasSyntaxErrors(file)) return [];
    const code: ReachedCode = {
      file,
      inspection: this.#inspection,
      phaseAt(node) {
        const at = node.getStart(file.source);
        return spans.findLast(({ start, end }) => start <= at && at < end)?.phase;
      },
      handlersOf: unit => this.#handlersOf(unit),
      functionsOf: handler => this.#functionsOf(handler),
      runtimeOf: ({ file: { path }, exportPath }) =>
        this.#known.find(known => known.file === path && known.exportPath === exportPath)?.runtime,
    };
    const suppressed = suppressionsOf(file.source);
    return this.#rules
      .flatMap(rule => this.#apply(rule, code))
      .filter(({ rule, startLine }) => !suppressed.get(startLine)?.has(rule))
      .sort((a, b) => a.startLine - b.startLine || a.startColumn - b.startColumn);
  }

  #apply(rule: Rule, code: ReachedCode): readonly Finding[] {
    const { source } = code.file;
    return rule.check(code).flatMap((problem): Finding[] => {
      if (code.phaseAt(problem.node) === undefined) return [];
      const severity = this.#severities[rule.name] ?? problem.severity ?? rule.severity;
      if (severity === 'off') return [];
      return [
        {
          rule: rule.name,
          severity,
          message: problem.message,
          ...rangeOf(source, problem.node.getStart(source), problem.node.end),
          fixable: problem.fix !== undefined,
          ...(problem.fix && { fix: problem.fix }),
        },
      ];
    });
  }

  #handlersOf(unit: Unit): readonly Handler[] {
    return this.#inspection.handlers.filter(handler => this.#reachedBy(handler).has(unit));
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

/** TypeScript keeps them on the file without declaring it. */
function hasSyntaxErrors({ source }: FileFacts): boolean {
  const { parseDiagnostics } = source as FileFacts['source'] & {
    readonly parseDiagnostics?: readonly unknown[];
  };
  return parseDiagnostics !== undefined && parseDiagnostics.length > 0;
}
