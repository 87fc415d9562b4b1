import { ts } from 'ts-morph';
import { accessedName, unwrap } from '../syntax.ts';
import { thisValueOf } from './bindClass.ts';
import type { Binding, ClassFacts, Scope, Unit } from './model.ts';
import { lookup } from './scopes.ts';

/** Something that can be tested and assigned: where it starts, and the properties from there. */
export interface Place {
  /** A variable, a class whose instance or static side it is, or the name of a global. */
  readonly root: Binding | ClassFacts | string;
  /** Property names, joined by dots; of a class, `instance` or `class` first. */
  readonly path: string;
  /** Of a map entry (`cache.get(key)`, `cache[key]`): the key. */
  readonly key?: ts.Expression;
}

/** Undefined for an expression that is no place, or starts at a value that has no name. */
export function placeOf(
  classes: ReadonlyMap<ts.Node, ClassFacts>,
  expression: ts.Node,
  scope: Scope,
): Place | undefined {
  const node = unwrap(expression);
  if (ts.isIdentifier(node)) {
    const binding = lookup(scope, node.text);
    const declared = binding?.sources.length === 1 ? binding.sources[0]?.expression : undefined;
    const ofClass = declared && classes.get(declared);
    return ofClass ? { root: ofClass, path: 'class' } : { root: binding ?? node.text, path: '' };
  }
  if (node.kind === ts.SyntaxKind.ThisKeyword) {
    const value = thisValueOf(scope);
    if (value?.kind !== 'instance' && value?.kind !== 'class') return undefined;
    return { root: value.of, path: value.kind };
  }
  if (ts.isCallExpression(node)) return entryOf(classes, node, scope);
  const name = accessedName(node);
  if (name === undefined) return undefined;
  const object = placeOf(classes, (node as ts.PropertyAccessExpression).expression, scope);
  if (!object) return undefined;
  if (name === '*' && ts.isElementAccessExpression(node)) return { ...object, key: node.argumentExpression };
  return { ...object, path: `${object.path}.${name}` };
}

/**
 * Whose runs make the place anew: undefined for one that lives as long as the environment, `unknown` for a
 * parameter, which may be anything.
 */
export function ownerOf({ root, path }: Place): Unit | undefined | 'unknown' {
  if (typeof root === 'string') return undefined;
  if (root.tag === 'class') return path.startsWith('class') ? lasting(root.owner) : root.construction;
  return root.parameter ? 'unknown' : lasting(root.owner);
}

export function lasting(owner: Unit): Unit | undefined {
  return owner.kind === 'module' ? undefined : owner;
}

function entryOf(
  classes: ReadonlyMap<ts.Node, ClassFacts>,
  node: ts.CallExpression,
  scope: Scope,
): Place | undefined {
  const callee = unwrap(node.expression);
  const [key] = node.arguments;
  if (!key || !/^(has|get|set)$/.test(accessedName(callee) ?? '')) return undefined;
  const map = placeOf(classes, (callee as ts.PropertyAccessExpression).expression, scope);
  return map && { ...map, key };
}
