import { ts } from 'ts-morph';
import { staticName } from '../syntax.ts';
import type { Binding, ImportedName, Scope, Source } from './model.ts';

export function childScope(parent: Scope, options: Partial<Pick<Scope, 'unit' | 'thisValue'>> = {}): Scope {
  return { unit: parent.unit, ...options, parent, bindings: new Map() };
}

export function lookup(scope: Scope, name: string): Binding | undefined {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const binding = at.bindings.get(name);
    if (binding) return binding;
  }
  return undefined;
}

/** The scope in which `var` of this scope lives. */
export function functionScope(scope: Scope): Scope {
  let at = scope;
  while (at.parent && at.parent.unit === at.unit) at = at.parent;
  return at;
}

/** Adds a name to a scope; a second declaration of a name (overloads, `var`) joins the first. */
export function declare(
  scope: Scope,
  name: string,
  declaration: ts.Node,
  source?: Source,
  more: { readonly imported?: ImportedName; readonly parameter?: { index: number; rest: boolean } } = {},
): Binding {
  const known = scope.bindings.get(name);
  if (known && !more.imported && !more.parameter) {
    if (source) known.sources.push(source);
    return known;
  }
  const binding: Binding = {
    tag: 'binding',
    name,
    declaration,
    owner: scope.unit,
    sources: source ? [source] : [],
    ...more,
  };
  scope.bindings.set(name, binding);
  return binding;
}

/**
 * Declares every name of a binding pattern. `source` is the whole value; each name gets its part of it, and
 * a default value as a further source. `onExpression` sees default values and computed names.
 */
export function declarePattern(
  scope: Scope,
  name: ts.BindingName,
  source: Source | undefined,
  onExpression: (expression: ts.Node) => void,
): void {
  if (ts.isIdentifier(name)) {
    declare(scope, name.text, name, source);
    return;
  }
  name.elements.forEach((element, index) => {
    if (ts.isOmittedExpression(element)) return;
    if (element.propertyName && ts.isComputedPropertyName(element.propertyName)) {
      onExpression(element.propertyName.expression);
    }
    const part = source && {
      ...source,
      path: element.dotDotDotToken ? source.path : [...source.path, partName(name, element, index)],
    };
    declarePattern(scope, element.name, part, onExpression);
    if (element.initializer) {
      onExpression(element.initializer);
      if (ts.isIdentifier(element.name)) {
        const fallback = { expression: element.initializer, scope: source?.scope ?? scope, path: [] };
        declare(scope, element.name.text, element.name, fallback);
      }
    }
  });
}

function partName(pattern: ts.BindingPattern, element: ts.BindingElement, index: number): string {
  if (ts.isArrayBindingPattern(pattern)) return String(index);
  return staticName(element.propertyName ?? element.name) ?? '*';
}
