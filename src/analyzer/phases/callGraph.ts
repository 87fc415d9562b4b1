import { ts } from 'ts-morph';
import { accessedName, unwrap } from '../syntax.ts';
import { thisValueOf } from './bindClass.ts';
import { callsBackNow, elementParameter, isRouteDecorator } from './builtins.ts';
import { Evaluator } from './evaluate.ts';
import type { Binding, CallSite, ClassFacts, Guard, Unit } from './model.ts';
import type { Program } from './program.ts';
import { type Reader, type Value, ValueStore } from './values.ts';

/** One unit may run another. */
export interface Edge {
  readonly to: Unit;
  readonly site: ts.Node;
  readonly guard: Guard | undefined;
  /**
   * `call`: runs whenever the site does. `later`: given to code outside that keeps it, so it runs only if the
   * site is part of an invocation. `once`: kept by the module system or a memoiser after the first time.
   */
  readonly kind: 'call' | 'later' | 'once';
}

/** A handler as the analysis starts from it. */
export interface EntryPoint {
  readonly module: Unit;
  /** What the exported value may be; asked again when more is known. */
  readonly values: (evaluator: Evaluator) => readonly Value[];
}

export interface CallGraph {
  readonly edges: ReadonlyMap<Unit, readonly Edge[]>;
  /** The functions that Lambda calls, for each entry point. */
  readonly invoked: ReadonlyMap<EntryPoint, ReadonlySet<Unit>>;
  readonly evaluator: Evaluator;
}

/** Follows every call from the entry points. `checkpoint` is called now and then, and may throw to give up. */
export function buildCallGraph(
  program: Program,
  entryPoints: readonly EntryPoint[],
  checkpoint: () => void = () => {},
): CallGraph {
  const builder = new CallGraphBuilder(program);
  for (const entry of entryPoints) builder.enter(entry);
  builder.run(checkpoint);
  return { edges: builder.edges, invoked: builder.invoked, evaluator: builder.evaluator };
}

/** How often one unit may be looked at again before its edges are taken as they are. */
const revisits = 12;

class CallGraphBuilder {
  readonly edges = new Map<Unit, Edge[]>();
  readonly invoked = new Map<EntryPoint, Set<Unit>>();
  readonly store: ValueStore;
  readonly evaluator: Evaluator;
  readonly #program: Program;
  readonly #queue = new Set<Reader>();
  readonly #visits = new Map<Reader, number>();
  readonly #entries = new Set<Reader>();
  readonly #known = new Set<string>();
  readonly #ids = new Map<object, number>();
  readonly #reached = new Set<Unit>();

  constructor(program: Program) {
    this.#program = program;
    this.store = new ValueStore(reader => this.#enqueue(reader));
    this.evaluator = new Evaluator(program, this.store);
  }

  enter(entry: EntryPoint): void {
    this.#entries.add(entry);
    this.invoked.set(entry, new Set());
    this.#enqueue(entry);
    this.#reach(entry.module);
  }

  run(checkpoint: () => void): void {
    for (const reader of this.#queue) {
      checkpoint();
      this.#queue.delete(reader);
      this.store.reader = reader;
      if (this.#entries.has(reader)) this.#invoke(reader as EntryPoint);
      else this.#follow(reader as Unit);
    }
  }

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
    const invoked = this.invoked.get(entry);
    for (const unit of this.#functions(entry.values(this.evaluator))) {
      invoked?.add(unit);
      this.#reach(unit);
    }
  }

  #follow(unit: Unit): void {
    for (const load of unit.loads) {
      const file = this.#program.resolve(unit.path, load.specifier);
      if (!file) continue;
      this.#connect(unit, file.module, load, load.dynamic ? 'once' : 'call');
    }
    if (unit.constructs) {
      for (const base of this.evaluator.bases(unit.constructs)) {
        this.#connect(unit, base.construction, { node: unit.node, guard: undefined }, 'call');
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
    else if (ts.isDecorator(node)) this.#decorate(unit, site, node);
    else this.#element(unit, site, (node as ts.JsxSelfClosingElement).tagName);
  }

  #callExpression(unit: Unit, site: CallSite, node: ts.CallExpression): void {
    const callee = unwrap(node.expression);
    const name = accessedName(callee);
    if (callee.kind === ts.SyntaxKind.SuperKeyword) {
      const value = thisValueOf(site.scope);
      const bases = value?.kind === 'instance' ? this.evaluator.bases(value.of) : [];
      for (const base of bases) this.#pass(base.construction, this.#arguments(node, site));
      return;
    }
    if (name === 'bind') return;
    const viaFunction = name === 'call' || name === 'apply';
    const values = this.#evaluate(
      viaFunction ? (callee as ts.PropertyAccessExpression).expression : callee,
      site,
    );
    const units = values.filter(value => value.tag === 'function');
    const args = this.#arguments(node, site).slice(viaFunction ? 1 : 0);
    for (const target of units) {
      this.#connect(unit, target, site, 'call');
      if (name !== 'apply') this.#pass(target, args);
    }
    if (units.length === 0) this.#callOutside(unit, site, node, values);
  }

  /** Code that is not analysed: it may call its arguments now, or keep them. */
  #callOutside(unit: Unit, site: CallSite, node: ts.CallExpression, callees: readonly Value[]): void {
    const callee = unwrap(node.expression);
    const name = accessedName(callee);
    const isMethod = name !== undefined;
    const receivers = isMethod
      ? this.#evaluate((callee as ts.PropertyAccessExpression).expression, site)
      : callees;
    const keepers = receivers.filter(value => value.tag === 'external');
    const given = this.#arguments(node, site).flat();
    if (callsBackNow(node)) {
      this.#callBack(unit, site, receivers, name, given);
    } else {
      const kept = given.filter(value => this.#holdsFunctions(value));
      for (const target of this.#functions(kept)) this.#connect(unit, target, site, 'later');
      for (const keeper of keepers) this.store.grow(keeper.captured, kept);
      if (kept.length + keepers.length > 0) {
        this.store.grow(this.store.external(node).captured, [...kept, ...keepers]);
      }
    }
    const kind = isMethod ? 'later' : 'call';
    for (const target of this.#functions(keepers)) this.#connect(unit, target, site, kind);
  }

  #callBack(
    unit: Unit,
    site: CallSite,
    receivers: readonly Value[],
    name: string | undefined,
    given: readonly Value[],
  ): void {
    const index = name === undefined ? undefined : elementParameter(name);
    const elements =
      index === undefined ? [] : name === 'then' ? receivers : this.evaluator.members(receivers, '*');
    for (const target of this.#functions(given)) {
      this.#connect(unit, target, site, 'call');
      const parameter = index === undefined ? undefined : target.parameters[index];
      if (parameter) this.store.grow(this.store.arguments(parameter), elements);
    }
  }

  #construct(unit: Unit, site: CallSite, node: ts.NewExpression): void {
    const values = this.#evaluate(node.expression, site);
    const classes = values.filter(value => value.tag === 'class');
    const args = this.#arguments(node, site);
    for (const of of classes) {
      this.#connect(unit, of.construction, site, 'call');
      this.#pass(of.construction, args);
      this.#register(of);
    }
    if (classes.length > 0) return;
    const given = args.flat();
    for (const target of this.#functions(values)) this.#connect(unit, target, site, 'call');
    if (callsBackNow(node)) {
      for (const target of this.#functions(given)) this.#connect(unit, target, site, 'call');
      return;
    }
    const kept = given.filter(value => this.#holdsFunctions(value));
    for (const target of this.#functions(kept)) this.#connect(unit, target, site, 'later');
    if (kept.length > 0) this.store.grow(this.store.external(node).captured, kept);
  }

  /** A constructed class can stand for whatever it extends or implements. */
  #register(of: ClassFacts): void {
    const seen = new Set<ClassFacts>();
    const visit = (at: ClassFacts) => {
      if (seen.has(at)) return;
      seen.add(at);
      if (at !== of) this.store.grow(this.store.constructed(at), [of]);
      for (const type of at.implements) {
        this.store.grow(this.store.constructed(this.evaluator.typeKey(type)), [of]);
        for (const base of this.#evaluate(type.expression, type)) if (base.tag === 'class') visit(base);
      }
      this.evaluator.bases(at).forEach(visit);
    };
    visit(of);
  }

  /** A decorator runs with its class; functions that it makes may take the place of the method. */
  #decorate(unit: Unit, site: CallSite, node: ts.Decorator): void {
    const decorated = this.#decorated(site, node.parent);
    for (const value of this.#evaluate(node.expression, site)) {
      if (value.tag !== 'function') continue;
      this.#connect(unit, value, site, 'call');
      const made = this.#program.file(value.path)?.units.filter(each => each.parent === value) ?? [];
      for (const method of decorated) {
        for (const wrapper of made) this.#connect(method, wrapper, site, 'call');
      }
    }
    const call = unwrap(node.expression);
    const route = ts.isCallExpression(call) ? unwrap(call.expression) : undefined;
    if (!route || !isRouteDecorator(accessedName(route) ?? '')) return;
    for (const keeper of this.#evaluate((route as ts.PropertyAccessExpression).expression, site)) {
      if (keeper.tag === 'external') this.store.grow(keeper.captured, decorated);
    }
  }

  #decorated(site: CallSite, node: ts.Node): readonly Unit[] {
    const method = this.#program.file(site.scope.unit.path)?.functions.get(node);
    return method ? [method] : [];
  }

  #element(unit: Unit, site: CallSite, name: ts.Node): void {
    if (ts.isIdentifier(name) && /^[a-z]/.test(name.text)) return;
    this.#run(unit, site, this.#evaluate(name, site));
  }

  #run(unit: Unit, site: CallSite, values: readonly Value[]): void {
    for (const target of this.#functions(values)) this.#connect(unit, target, site, 'call');
  }

  /** Reading a property runs its getter, if it has one. */
  #readProperties(unit: Unit): void {
    const file = this.#program.file(unit.path);
    const { accessorNames } = this.#program;
    if (!file || accessorNames.size === 0) return;
    for (const site of file.reads) {
      if (site.scope.unit !== unit) continue;
      const node = site.node as ts.PropertyAccessExpression;
      if (!accessorNames.has(node.name.text)) continue;
      for (const object of this.#evaluate(node.expression, site)) {
        for (const accessor of this.evaluator.accessors(object, node.name.text)) {
          this.#connect(unit, accessor, site, 'call');
        }
      }
    }
  }

  #arguments(node: ts.CallExpression | ts.NewExpression, site: CallSite): (readonly Value[])[] {
    const args = node.arguments ?? [];
    return args.map(argument =>
      ts.isSpreadElement(argument)
        ? this.evaluator.members(this.#evaluate(argument.expression, site), '*')
        : this.#evaluate(argument, site),
    );
  }

  /** Arguments become what the parameters may be. */
  #pass(target: Unit, args: readonly (readonly Value[])[]): void {
    for (const binding of target.parameters) {
      const { index, rest } = binding.parameter as NonNullable<Binding['parameter']>;
      const values = rest ? args.slice(index).flat() : (args[index] ?? []);
      if (values.length > 0) this.store.grow(this.store.arguments(binding), values);
    }
  }

  #evaluate(node: ts.Node, site: Pick<CallSite, 'scope'>): readonly Value[] {
    return this.evaluator.evaluate(node, site.scope);
  }

  /** Every function that can be got at through the values: members of objects, captures of outside objects. */
  #functions(values: readonly Value[]): Set<Unit> {
    const functions = new Set<Unit>();
    const seen = new Set<Value>();
    const visit = (value: Value) => {
      if (seen.has(value)) return;
      seen.add(value);
      if (value.tag === 'function') functions.add(value);
      else if (value.tag === 'external') for (const each of this.store.read(value.captured)) visit(each);
      else if (value.tag === 'object' || value.tag === 'array') {
        for (const each of this.evaluator.members([value], '*')) visit(each);
      }
    };
    values.forEach(visit);
    return functions;
  }

  #holdsFunctions(value: Value): boolean {
    if (value.tag === 'function' || value.tag === 'external') return true;
    return (value.tag === 'object' || value.tag === 'array') && this.#mayHold(value, new Set());
  }

  #mayHold(value: Value, seen: Set<Value>): boolean {
    if (seen.has(value)) return false;
    seen.add(value);
    if (value.tag === 'function' || value.tag === 'external') return true;
    if (value.tag !== 'object' && value.tag !== 'array') return false;
    return this.evaluator.members([value], '*').some(each => this.#mayHold(each, seen));
  }

  #connect(from: Unit, to: Unit, site: Pick<CallSite, 'node' | 'guard'>, kind: Edge['kind']): void {
    const key = `${this.#id(from)},${this.#id(to)},${site.guard ? this.#id(site.guard) : ''},${kind}`;
    if (this.#known.has(key)) return;
    this.#known.add(key);
    const edge = { to, site: site.node, guard: site.guard, kind };
    const edges = this.edges.get(from);
    if (edges) edges.push(edge);
    else this.edges.set(from, [edge]);
    this.#reach(to);
  }

  #id(of: object): number {
    const known = this.#ids.get(of);
    if (known !== undefined) return known;
    this.#ids.set(of, this.#ids.size);
    return this.#ids.size - 1;
  }
}
