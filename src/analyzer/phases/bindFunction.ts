import { ts } from 'ts-morph';
import { staticName } from '../syntax.ts';
import { bindStatements } from './bindBranches.ts';
import type { BindState } from './bindState.ts';
import type { Scope, Source, Unit } from './model.ts';
import { childScope, declare, declarePattern } from './scopes.ts';

type FunctionNode = ts.SignatureDeclaration & { readonly body?: ts.Node | undefined };

/** A function's parameters and body, as a unit of its own unless the caller has one. */
export function bindFunction(
  state: BindState,
  node: FunctionNode,
  name: string,
  options: { readonly thisValue?: Scope['thisValue']; readonly unit?: Unit } = {},
): Unit {
  const { thisValue } = options;
  const unit = options.unit ?? state.createUnit('function', name, node, state.unit);
  state.functions.set(node, unit);
  const scope = childScope(state.scope, { unit, ...(thisValue && { thisValue }) });
  if (ts.isFunctionExpression(node) && node.name) {
    declare(scope, node.name.text, node.name, { expression: node, scope, path: [] });
  }
  state.at({ scope, guard: undefined, conditional: false }, () => {
    bindParameters(state, unit, node.parameters);
    const { body } = node;
    if (body && ts.isBlock(body)) bindStatements(state, body.statements);
    else if (body) {
      unit.returns.push(state.sourceOf(body));
      state.visit(body);
    }
  });
  return unit;
}

export function bindFunctionDeclaration(state: BindState, node: ts.FunctionDeclaration): void {
  if (node.name) declare(state.scope, node.name.text, node.name, node.body && state.sourceOf(node));
  if (!node.body) return;
  state.addDeclaredExport(node, node.name);
  bindFunction(state, node, node.name?.text ?? 'default', { thisValue: { kind: 'unknown' } });
}

export function bindObjectLiteral(state: BindState, node: ts.ObjectLiteralExpression): void {
  const thisValue = { kind: 'object', source: state.sourceOf(node) } as const;
  for (const property of node.properties) {
    const { name } = property;
    if (name && ts.isComputedPropertyName(name)) state.visit(name.expression);
    if (ts.isPropertyAssignment(property)) {
      const value = property.initializer;
      if (ts.isFunctionExpression(value)) bindFunction(state, value, nameOf(value), { thisValue });
      else state.visit(value);
    } else if (ts.isShorthandPropertyAssignment(property)) state.used.add(property.name.text);
    else if (ts.isSpreadAssignment(property)) state.visit(property.expression);
    else if (property.body) {
      bindFunction(state, property, staticName(name) ?? 'method', { thisValue });
      if (ts.isAccessor(property)) state.accessorNames.add(staticName(name) ?? '*');
    }
  }
}

function bindParameters(state: BindState, unit: Unit, nodes: readonly ts.ParameterDeclaration[]): void {
  nodes.forEach((node, index) => {
    const simple = ts.isIdentifier(node.name);
    const name = ts.isIdentifier(node.name) ? node.name.text : `#${index}`;
    const binding = declare(state.scope, name, node, undefined, {
      parameter: { index, rest: node.dotDotDotToken !== undefined },
    });
    if (node.initializer) binding.sources.push(state.sourceOf(node.initializer));
    const typed = declaredType(node.type, state.scope);
    if (typed) binding.sources.push(typed);
    unit.parameters.push(binding);
    state.parameters.set(node, binding);
    if (!simple) declarePattern(state.scope, node.name, state.sourceOf(node), state.visit);
    const { initializer } = node;
    if (initializer) state.at({ conditional: true }, () => state.visit(initializer));
  });
}

/** `svc: UserService` says of which class the value is, where nothing else does. */
export function declaredType(type: ts.TypeNode | undefined, scope: Scope): Source | undefined {
  if (!type || !ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return undefined;
  return { expression: type.typeName, scope, path: [], declaredType: true };
}

/** What to call a function or a class expression: its own name, or the name of what holds it. */
export function nameOf(node: ts.Node): string {
  const own = (node as ts.NamedDeclaration).name;
  if (own && ts.isIdentifier(own)) return own.text;
  let holder = node.parent;
  while (
    ts.isParenthesizedExpression(holder) ||
    ts.isAsExpression(holder) ||
    ts.isSatisfiesExpression(holder) ||
    ts.isAwaitExpression(holder)
  ) {
    holder = holder.parent;
  }
  if (
    ts.isVariableDeclaration(holder) ||
    ts.isPropertyAssignment(holder) ||
    ts.isPropertyDeclaration(holder)
  ) {
    return staticName(holder.name) ?? 'function';
  }
  if (ts.isBinaryExpression(holder)) return lastName(holder.left) ?? 'function';
  if (ts.isCallExpression(holder)) return `callback of ${lastName(holder.expression) ?? 'a call'}`;
  return 'function';
}

function lastName(node: ts.Node): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  return ts.isPropertyAccessExpression(node) ? node.name.text : undefined;
}
