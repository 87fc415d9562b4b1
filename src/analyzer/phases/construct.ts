import type { GraphPorts } from './graph.ts';
import type { CallSite, ClassFacts, Unit } from './model.ts';

/** `new`: runs the construction; from now on the class can stand for whatever it extends or implements. */
export function construct(
  { evaluator, connect }: Pick<GraphPorts, 'evaluator' | 'connect'>,
  unit: Unit,
  site: CallSite,
  of: ClassFacts,
): void {
  connect(unit, of.construction, site, 'call');
  const { store } = evaluator;
  const seen = new Set<ClassFacts>();
  const register = (at: ClassFacts) => {
    if (seen.has(at)) return;
    seen.add(at);
    if (at !== of) store.grow(store.constructed(at), [of]);
    for (const type of at.implements) {
      store.grow(store.constructed(evaluator.typeKey(type)), [of]);
      for (const base of evaluator.evaluate(type.expression, type.scope)) {
        if (base.tag === 'class') register(base);
      }
    }
    evaluator.bases(at).forEach(register);
  };
  register(of);
}

/** A container makes what a constructor declares as well, by the types of its parameters. */
export function constructInjected(
  ports: Pick<GraphPorts, 'evaluator' | 'connect'>,
  unit: Unit,
  site: CallSite,
  of: ClassFacts,
): void {
  const seen = new Set<ClassFacts>();
  const make = (from: Unit, each: ClassFacts) => {
    if (seen.has(each)) return;
    seen.add(each);
    construct(ports, from, site, each);
    for (const parameter of each.construction.parameters) {
      for (const { expression, scope, declaredType } of parameter.sources) {
        if (!declaredType) continue;
        for (const value of ports.evaluator.evaluate(expression, scope)) {
          if (value.tag === 'class') make(each.construction, value);
        }
      }
    }
  };
  make(unit, of);
}
