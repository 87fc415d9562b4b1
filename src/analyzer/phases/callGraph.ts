import { ts } from 'ts-morph';
import { accessedName, unwrap } from '../syntax.ts';
import { type Argument, calledParameter, callParameter, pass } from './arguments.ts';
import { thisValueOf } from './bindClass.ts';
import { asksContainer } from './builtins.ts';
import { construct, constructInjected } from './construct.ts';
import { decorate } from './decorate.ts';
import { Evaluator } from './evaluate.ts';
import {
  type CallGraph,
  type Edge,
  type EdgeSite,
  Edges,
  type EntryPoint,
  type GraphPorts,
} from './graph.ts';
import { heldFunctions } from './held.ts';
import { accessorsOf } from './members.ts';
import type { CallSite, Memo, Unit } from './model.ts';
import { callOutside } from './outside.ts';
import type { Program } from './program.ts';
import { outside, type Reader, type Value, ValueStore } from './values.ts';

/** Follows every call from the entry points. `checkpoint` is called now and then, and may throw to give up. */
export function buildCallGraph(
  program: Program,
  entryPoints: readonly EntryPoint[],
  checkpoint: () => void = () => {},
): CallGraph {
  const builder = new CallGraphBuilder(program, entryPoints);
  builder.run(checkpoint);
  return { edges: builder.edges.from, invoked: builder.invoked };
}

/**
 * How much is looked at before the call graph is taken as it is, so that no program hangs: some seconds, which
 * only bundles of generated code get to.
 */
const maximumWork = { perProgram: 20_000_000, perEntryPoint: 1_000_000 };

/** How often one unit may be looked at again before its edges are taken as they are. */
const revisits = 12;

const iterators = ['@@iterator', '@@asyncIterator'];
const disposers = ['@@dispose', '@@asyncDispose'];

class CallGraphBuilder implements GraphPorts {
  readonly edges = new Edges();
  readonly invoked = new Map<EntryPoint, Set<Unit>>();
  readonly evaluator: Evaluator;
  /** What keeps the methods that decorators of a framework mark; the handler runs them. */
  readonly framework = outside();
  readonly #store: ValueStore;
  readonly #program: Program;
  readonly #queue = new Set<Reader>();
  readonly #visits = new Map<Reader, number>();
  readonly #entries = new Set<Reader>();
  readonly #reached = new Set<Unit>();

  constructor(program: Program, entryPoints: readonly EntryPoint[]) {
    this.#program = program;
    this.#store = new ValueStore(reader => this.#enqueue(reader));
    this.evaluator = new Evaluator(program, this.#store);
    for (const entry of entryPoints) this.#enter(entry);
  }

  #enter(entry: EntryPoint): void {
    this.#entries.add(entry);
    this.invoked.set(entry, new Set());
    this.#enqueue(entry);
    this.#reach(entry.module);
  }

  run(checkpoint: () => void): void {
    const limit = maximumWork.perProgram + this.#entries.size * maximumWork.perEntryPoint;
    for (const reader of this.#queue) {
      checkpoint();
      if (this.#store.work > limit) return;
      this.#queue.delete(reader);
      this.#store.reader = reader;
      if (this.#entries.has(reader)) this.#invoke(reader as EntryPoint);
      else this.#follow(reader as Unit);
    }
  }

  readonly connect = (from: Unit, to: Unit, site: EdgeSite, kind: Edge['kind'], memo?: Memo): void => {
    this.edges.add(from, to, site, kind, memo);
    this.#reach(to);
  };

  #enqueue(reader: Reader): void {
    const visits = this.#visits.get(reader) ?? 0;
    if (visits > revisits) return;
    this.#visits.set(reader, visits + 1);
    this.#queue.add(reader);
  }

  #reach(unit: Unit): void {
    if (this.#reached.has(unit)) return;
    this.#reached.add(unit);
    this.#enqueue(unit);
  }

  #invoke(entry: EntryPoint): void {
    const values = [...entry.values(this.evaluator), this.framework];
    for (const unit of heldFunctions(this.evaluator, values).keys()) {
      this.invoked.get(entry)?.add(unit);
      this.#reach(unit);
    }
  }

  #follow(unit: Unit): void {
    for (const load of unit.loads) {
      const file = this.#program.resolve(unit.path, load.specifier);
      if (file) this.connect(unit, file.module, load, load.dynamic ? 'once' : 'call');
    }
    if (unit.constructs) {
      const site = { node: unit.node, guard: undefined, conditional: false };
      for (const base of this.evaluator.bases(unit.constructs)) {
        this.connect(unit, base.construction, site, 'call');
      }
    }
    for (const site of unit.calls) this.#call(unit, site);
    this.#readProperties(unit);
  }

  #call(unit: Unit, site: CallSite): void {
    const { node } = site;
    if (ts.isCallExpression(node)) this.#callExpression(unit, site, node);
    else if (ts.isNewExpression(node)) this.#construct(unit, site, node);
    else if (ts.isTaggedTemplateExpression(node)) this.#run(unit, site, this.#evaluate(node.tag, site));
    else if (ts.isDecorator(node)) decorate(this, unit, site, node);
    else if (ts.isForOfStatement(node)) this.#runSymbols(unit, site, node.expression, iterators);
    else if (ts.isVariableDeclaration(node)) this.#runSymbols(unit, site, node.initializer, disposers);
    else this.#element(unit, site, (node as ts.JsxSelfClosingElement).tagName);
  }

  #callExpression(unit: Unit, site: CallSite, node: ts.CallExpression): void {
    const callee = unwrap(node.expression);
    const name = accessedName(callee);
    if (name === 'bind') return;
    const object = name === undefined ? undefined : (callee as ts.PropertyAccessExpression).expression;
    const viaFunction = (name === 'call' || name === 'apply') && object !== undefined;
    const args = this.#arguments(node, site);
    if (callee.kind === ts.SyntaxKind.SuperKeyword) {
      const value = thisValueOf(site.scope);
      const bases = value?.kind === 'instance' ? this.evaluator.bases(value.of) : [];
      for (const base of bases) pass(this, { unit, site }, base.construction, args);
      return;
    }
    const called = viaFunction ? object : callee;
    const values = this.#called(unit, site, called);
    const units = values.filter(value => value.tag === 'function');
    for (const target of units) {
      this.connect(unit, target, site, 'call');
      if (name !== 'apply') pass(this, { unit, site }, target, viaFunction ? args.slice(1) : args);
    }
    if (units.length > 0) return;
    const asked = asksContainer(node) ? (args[0]?.values ?? []) : [];
    for (const of of asked) if (of.tag === 'class') constructInjected(this, unit, site, of);
    const receivers = object ? this.#evaluate(object, site) : values;
    callOutside(this, { unit, site, node, receivers, args });
  }

  /** What is called; a parameter is its callers' business, but for its default value. */
  #called(unit: Unit, site: CallSite, callee: ts.Node): readonly Value[] {
    const values = this.#evaluate(callee, site);
    const parameter = calledParameter(callee, site.scope, unit);
    if (!parameter) return values;
    callParameter(this.evaluator, parameter, site);
    const given = new Set(this.#store.read(this.#store.arguments(parameter)).values);
    for (const target of values) {
      if (target.tag === 'function' && given.has(target)) {
        pass(this, { unit, site }, target, this.#arguments(site.node as ts.CallExpression, site));
      }
    }
    return values.filter(value => !given.has(value));
  }

  #construct(unit: Unit, site: CallSite, node: ts.NewExpression): void {
    const values = this.#evaluate(node.expression, site);
    const classes = values.filter(value => value.tag === 'class');
    const args = this.#arguments(node, site);
    for (const of of classes) {
      construct(this, unit, site, of);
      pass(this, { unit, site }, of.construction, args);
    }
    for (const target of values) {
      if (target.tag !== 'function') continue;
      this.connect(unit, target, site, 'call');
      pass(this, { unit, site }, target, args);
    }
    if (classes.length > 0) return;
    callOutside(this, { unit, site, node, receivers: values, args });
  }

  #element(unit: Unit, site: CallSite, name: ts.Node): void {
    if (ts.isIdentifier(name) && /^[a-z]/.test(name.text)) return;
    this.#run(unit, site, this.#evaluate(name, site));
  }

  #run(unit: Unit, site: CallSite, values: readonly Value[]): void {
    for (const target of heldFunctions(this.evaluator, values).keys()) {
      this.connect(unit, target, site, 'call');
    }
  }

  /** Methods of well-known symbols that the language calls by itself. */
  #runSymbols(unit: Unit, site: CallSite, object: ts.Expression | undefined, names: readonly string[]): void {
    const objects = object ? this.#evaluate(object, site).filter(({ tag }) => tag !== 'external') : [];
    for (const name of names) this.#run(unit, site, this.evaluator.members(objects, name));
  }

  /** Reading a property runs its getter, if it has one. */
  #readProperties(unit: Unit): void {
    const { accessorNames } = this.#program;
    if (accessorNames.size === 0) return;
    for (const site of unit.reads) {
      const node = site.node as ts.PropertyAccessExpression;
      if (!accessorNames.has(node.name.text)) continue;
      for (const object of this.#evaluate(node.expression, site)) {
        for (const accessor of accessorsOf(this.evaluator, object, node.name.text)) {
          this.connect(unit, accessor, site, 'call');
        }
      }
    }
  }

  #arguments(node: ts.CallExpression | ts.NewExpression, site: CallSite): readonly Argument[] {
    const args = node.arguments ?? [];
    return args.map(expression =>
      ts.isSpreadElement(expression)
        ? { values: this.evaluator.members(this.#evaluate(expression.expression, site), '*') }
        : { values: this.#evaluate(expression, site), expression },
    );
  }

  #evaluate(node: ts.Node, site: Pick<CallSite, 'scope'>): readonly Value[] {
    return this.evaluator.evaluate(node, site.scope);
  }
}
