import type { ts } from 'ts-morph';
import type { Evaluator } from './evaluate.ts';
import type { Evaluation } from './evaluation.ts';
import type { CallSite, Guard, Memo, Unit } from './model.ts';
import type { External, Value } from './values.ts';

/** One unit may run another. */
export interface Edge {
  readonly to: Unit;
  readonly site: ts.Node;
  /**
   * `call`: runs whenever the site does. `later`: given to code outside that keeps it, so it runs only if the
   * site is part of an invocation. `once`: the module system keeps it after the first time.
   */
  readonly kind: 'call' | 'later' | 'once';
  /** The guards around the site; further ones where a function calls what its caller gives it. */
  readonly guards: readonly Guard[];
  /** What a package memoises: runs once for each time that the unit made the memoised function. */
  readonly memo: Memo | undefined;
  /** Not every run of the calling unit gets to the site. */
  readonly conditional: boolean;
}

/** A handler as the analysis starts from it. */
export interface EntryPoint {
  readonly module: Unit;
  /** What the exported value may be; asked again when more is known. */
  readonly values: (evaluation: Evaluation) => readonly Value[];
}

export interface CallGraph {
  readonly edges: ReadonlyMap<Unit, readonly Edge[]>;
  /** The functions that Lambda calls, for each entry point. */
  readonly invoked: ReadonlyMap<EntryPoint, ReadonlySet<Unit>>;
}

/** Where an edge comes from. */
export type EdgeSite = Omit<CallSite, 'scope'> & { readonly inner?: readonly Guard[] };

/** What the parts that find edges need. */
export interface GraphPorts {
  readonly evaluator: Evaluator;
  /** What keeps the methods that decorators of a framework mark. */
  readonly framework: External;
  readonly connect: (from: Unit, to: Unit, site: EdgeSite, kind: Edge['kind'], memo?: Memo) => void;
}

/** The edges found so far; none twice. */
export class Edges {
  readonly from = new Map<Unit, Edge[]>();
  readonly #known = new Map<Unit, Map<Unit, Edge[]>>();

  add(from: Unit, to: Unit, site: EdgeSite, kind: Edge['kind'], memo?: Memo): void {
    const { node, guard, conditional, inner = [] } = site;
    const edge: Edge = {
      to,
      site: node,
      kind,
      guards: guard ? [guard, ...inner] : inner,
      memo,
      conditional,
    };
    const between = this.#between(from, to);
    if (between.some(known => isSame(known, edge))) return;
    between.push(edge);
    const edges = this.from.get(from);
    if (edges) edges.push(edge);
    else this.from.set(from, [edge]);
  }

  #between(from: Unit, to: Unit): Edge[] {
    let targets = this.#known.get(from);
    if (!targets) {
      targets = new Map();
      this.#known.set(from, targets);
    }
    let edges = targets.get(to);
    if (!edges) {
      edges = [];
      targets.set(to, edges);
    }
    return edges;
  }
}

function isSame(a: Edge, b: Edge): boolean {
  return (
    a.kind === b.kind &&
    a.memo === b.memo &&
    a.conditional === b.conditional &&
    a.guards.length === b.guards.length &&
    a.guards.every((guard, index) => guard === b.guards[index])
  );
}
