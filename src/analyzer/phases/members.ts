import { ts } from 'ts-morph';
import { accessedName, staticName, unwrap } from '../syntax.ts';
import { callbackResults, type Evaluation } from './evaluation.ts';
import type { ClassFacts, Member, Scope, Unit } from './model.ts';
import type { Literal, Value } from './values.ts';

/** The values of one property of one object; `*` asks for all properties, `@@each` for what iterating gives. */
export function membersOf(evaluation: Evaluation, object: Value, name: string): readonly Value[] {
  if (name === '@@each') {
    const isCollection = object.tag === 'array' || object.tag === 'object' || object.tag === 'external';
    return isCollection ? evaluation.members([object], '*') : [];
  }
  switch (object.tag) {
    case 'instance':
      return classMember(evaluation, object.of, 'members', name);
    case 'class':
      return name === 'prototype'
        ? [evaluation.store.instance(object)]
        : [...classMember(evaluation, object, 'statics', name), ...assigned(evaluation, object, name)];
    case 'module':
      return evaluation.exported(object.file, name);
    case 'external':
      return [object];
    case 'array':
      if (name !== '*' && !/^\d+$/.test(name)) return [];
      return [...elements(evaluation, object, name), ...evaluation.store.read(object.added).values];
    case 'object':
      return ts.isModuleDeclaration(object.node)
        ? namesOf(evaluation, object.scope, name)
        : [...properties(evaluation, object, name), ...assigned(evaluation, object, name)];
    case 'function':
      return name === 'prototype' ? prototypeOf(evaluation, object) : assigned(evaluation, object, name);
  }
}

/** The getters and setters of a property. */
export function accessorsOf(evaluation: Evaluation, object: Value, name: string): readonly Unit[] {
  if (object.tag === 'instance') return classAccessors(evaluation, object.of, 'members', name);
  if (object.tag === 'class') return classAccessors(evaluation, object, 'statics', name);
  if (object.tag !== 'object' || !ts.isObjectLiteralExpression(object.node)) return [];
  const functions = evaluation.program.file(object.scope.unit.path)?.functions;
  return object.node.properties.flatMap(property => {
    const unit = ts.isAccessor(property) && staticName(property.name) === name && functions?.get(property);
    return unit ? [unit] : [];
  });
}

type Side = 'members' | 'statics';

function classAccessors(evaluation: Evaluation, of: ClassFacts, side: Side, name: string): readonly Unit[] {
  const seen = new Set<ClassFacts>();
  const visit = (at: ClassFacts): readonly Unit[] => {
    if (seen.has(at)) return [];
    seen.add(at);
    const own = at[side].get(name);
    if (!own) return evaluation.bases(at).flatMap(visit);
    return own.flatMap(member => (member.kind === 'getter' || member.kind === 'setter' ? [member.unit] : []));
  };
  return visit(of);
}

/** A method or field, of the class itself or what it extends; a declared type counts where nothing else is known. */
function classMember(evaluation: Evaluation, of: ClassFacts, side: Side, name: string): readonly Value[] {
  const own = name === '*' ? [...of[side].values()].flat() : of[side].get(name);
  if (!own) {
    const bases = evaluation.bases(of);
    return evaluation.members(
      side === 'statics' ? bases : bases.map(base => evaluation.store.instance(base)),
      name,
    );
  }
  const values = own.filter(member => member.kind !== 'value' || !member.source.declaredType);
  const found = values.flatMap(member => memberValues(evaluation, member));
  return found.length > 0 ? found : own.flatMap(member => memberValues(evaluation, member));
}

function memberValues(evaluation: Evaluation, member: Member): readonly Value[] {
  if (member.kind === 'value') return evaluation.valuesOf(member.source);
  if (member.kind === 'getter') return evaluation.returned(member.unit);
  return member.kind === 'setter' ? [] : [member.unit];
}

function namesOf(evaluation: Evaluation, scope: Scope, name: string): readonly Value[] {
  const bindings = name === '*' ? [...scope.bindings.values()] : [scope.bindings.get(name)];
  return bindings.flatMap(binding => (binding ? evaluation.bound(binding) : []));
}

/** What a function makes with `new`: an object that has what is assigned to the prototype. */
function prototypeOf(evaluation: Evaluation, unit: Unit): readonly Value[] {
  const scope = evaluation.program.file(unit.path)?.scope;
  return scope && ts.isFunctionLike(unit.node) ? [evaluation.store.literal('object', unit.node, scope)] : [];
}

function properties(evaluation: Evaluation, { node, scope }: Literal, name: string): readonly Value[] {
  if (!ts.isObjectLiteralExpression(node)) return [];
  return node.properties.flatMap(property => {
    if (ts.isSpreadAssignment(property)) {
      return evaluation.members(evaluation.evaluate(property.expression, scope), name);
    }
    const own = staticName(property.name) ?? '*';
    if (name !== '*' && own !== '*' && own !== name) return [];
    if (ts.isPropertyAssignment(property)) return evaluation.evaluate(property.initializer, scope);
    if (ts.isShorthandPropertyAssignment(property)) return evaluation.evaluate(property.name, scope);
    const unit = evaluation.program.file(scope.unit.path)?.functions.get(property);
    if (!unit) return [];
    return ts.isGetAccessor(property) ? evaluation.returned(unit) : [unit];
  });
}

function elements(evaluation: Evaluation, { node, scope }: Literal, name: string): readonly Value[] {
  if (ts.isCallExpression(node)) {
    const callee = unwrap(node.expression) as ts.PropertyAccessExpression;
    const isMapped = /^(map|flatMap)$/.test(accessedName(callee) ?? '');
    if (isMapped) return callbackResults(evaluation, node, scope);
    return evaluation.members(evaluation.evaluate(callee.expression, scope), '*');
  }
  if (!ts.isArrayLiteralExpression(node)) return [];
  const { elements: all } = node;
  const at = all[Number(name)];
  const chosen = at && !all.some(ts.isSpreadElement) ? [at] : all;
  return chosen.flatMap(element =>
    ts.isSpreadElement(element)
      ? evaluation.members(evaluation.evaluate(element.expression, scope), '*')
      : evaluation.evaluate(element, scope),
  );
}

/** How many assignments to properties of one name are looked at; more than these are generated code. */
const maximumAssignments = 100;

/** `object.name = value`, in the file that made the object. */
function assigned(
  evaluation: Evaluation,
  object: Extract<Value, { tag: 'class' | 'function' | 'object' | 'array' }>,
  name: string,
): readonly Value[] {
  const path = 'scope' in object ? object.scope.unit.path : object.path;
  const file = evaluation.program.file(path);
  if (!file) return [];
  const named = file.propertyAssignments;
  const assignments =
    name === '*' ? [...named.values()].flat() : [...(named.get(name) ?? []), ...(named.get('*') ?? [])];
  return assignments.slice(0, maximumAssignments).flatMap(({ target, value, scope }) => {
    const holder = (target as ts.PropertyAccessExpression).expression;
    return evaluation.evaluate(holder, scope).includes(object) ? evaluation.evaluate(value, scope) : [];
  });
}
