import { ts } from 'ts-morph';
import type { Binding } from '../phases/model.ts';
import { accessedName, hasModifier, staticName, unwrap } from '../syntax.ts';
import { initialValue, moduleBinding } from './moduleBindings.ts';
import { methodOf } from './origins.ts';
import type { ReachedCode } from './rule.ts';

/** A place where a variable of the module becomes something that depends on what it was. */
export interface Continuation {
  readonly node: ts.Node;
  readonly name: string;
}

/**
 * What goes on from one invocation to the next: counters and sums, alone or in an object or a map. What replaces
 * an old value without looking at it is a cache, and none of this.
 */
export function continuations(code: ReachedCode): readonly Continuation[] {
  const { file } = code;
  const found: (Continuation & { readonly binding: Binding })[] = [];
  const reset = new Set<Binding>();
  for (const node of code.nodes.of(...changing)) {
    const change = changeOf(node);
    const binding = change && moduleBinding(change.target, file);
    if (change && binding && stateOf(binding, change.target)) {
      const phase = code.phaseAt(node);
      if (phase === 'invoke' || phase === 'both') {
        if (
          change.continues &&
          isState(stateOf(binding, change.target)) &&
          !isMeant(binding, change.target, code)
        ) {
          found.push({ node, name: binding.name, binding });
        } else if (!change.continues && ts.isIdentifier(unwrap(change.target))) reset.add(binding);
      }
    }
    const method = methodOf(node);
    if (method && /^(clear|delete)$/.test(method.name)) {
      const cleared = moduleBinding(method.object, file);
      if (cleared) reset.add(cleared);
    }
    if (ts.isDeleteExpression(node)) {
      const cleared = moduleBinding(node.expression, file);
      if (cleared) reset.add(cleared);
    }
  }
  return found.filter(({ binding }) => !reset.has(binding));
}

const changing = [
  'PrefixUnaryExpression',
  'PostfixUnaryExpression',
  'BinaryExpression',
  'DeleteExpression',
  'CallExpression',
] as const;

interface Change {
  readonly target: ts.Node;
  /** The new value is made of the old one. */
  readonly continues: boolean;
}

function changeOf(node: ts.Node): Change | undefined {
  if (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node)) {
    const isCount =
      node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken;
    return isCount ? { target: node.operand, continues: true } : undefined;
  }
  if (ts.isBinaryExpression(node)) {
    const operator = ts.tokenToString(node.operatorToken.kind) ?? '';
    if (/^[-+*]=$/.test(operator)) return { target: node.left, continues: true };
    if (operator !== '=') return undefined;
    return { target: node.left, continues: isMadeOf(node.right, node.left) };
  }
  const method = methodOf(node);
  const [, value] = method?.name === 'set' && ts.isCallExpression(node) ? node.arguments : [];
  return method && value ? { target: method.object, continues: asks(value, method.object) } : undefined;
}

/** `n = n + 1`, `totals[sku] = (totals[sku] ?? 0) + 1`, `list = [...list, x]`, but not `n = (n + 1) % 3`. */
function isMadeOf(value: ts.Node, target: ts.Node): boolean {
  const made = unwrap(value);
  const old = target.getText();
  if (ts.isArrayLiteralExpression(made)) {
    return made.elements.some(element => ts.isSpreadElement(element) && element.expression.getText() === old);
  }
  const method = methodOf(made);
  if (method?.name === 'concat') return method.object.getText() === old;
  if (!ts.isBinaryExpression(made)) return false;
  const isSum = /^[-+*]$/.test(ts.tokenToString(made.operatorToken.kind) ?? '');
  return isSum && [made.left, made.right].some(side => reads(side, old));
}

/** `map.set(key, ... map.get(key) ...)` */
function asks(value: ts.Node, map: ts.Node): boolean {
  const method = methodOf(value);
  if (method?.name === 'get' && method.object.getText() === map.getText()) return true;
  return ts.forEachChild(value, child => asks(child, map) || undefined) ?? false;
}

function reads(node: ts.Node, text: string): boolean {
  if (node.getText() === text) return true;
  return ts.forEachChild(node, child => reads(child, text) || undefined) ?? false;
}

/** What a variable of the module holds at first, or what a static property of a class does. */
function stateOf(binding: Binding, target: ts.Node): ts.Node | undefined {
  const initial = initialValue(binding);
  const holder = binding.declaration.parent;
  if (initial || !holder || !ts.isClassDeclaration(holder)) return initial;
  const name = accessedName(unwrap(target));
  const member = holder.members.find(
    each =>
      ts.isPropertyDeclaration(each) &&
      hasModifier(each, ts.SyntaxKind.StaticKeyword) &&
      staticName(each.name) === name,
  );
  return member && ts.isPropertyDeclaration(member) && member.initializer
    ? unwrap(member.initializer)
    : undefined;
}

/** A number, a text, a list, or an object or a map of some; not the object of a class. */
function isState(initial: ts.Node | undefined): boolean {
  if (!initial) return false;
  if (ts.isNewExpression(initial)) return /^(Map|Set|WeakMap)$/.test(initial.expression.getText());
  return (
    ts.isNumericLiteral(initial) ||
    ts.isBigIntLiteral(initial) ||
    ts.isStringLiteralLike(initial) ||
    ts.isObjectLiteralExpression(initial) ||
    ts.isArrayLiteralExpression(initial) ||
    ts.isPrefixUnaryExpression(initial)
  );
}

/** Names of what is meant to be about the environment, and of what goes round, unless it is part of a result. */
function isMeant({ name }: Binding, target: ts.Node, { file }: ReachedCode): boolean {
  const words =
    /invocation|cold|warm|reuse|uses|hits|misses|attempt|retry|failure|next|index|cursor|round|turn|seq/i;
  const isReturned = (node: ts.Node): boolean => {
    if (ts.isIdentifier(node)) return node.text === name;
    return ts.forEachChild(node, child => isReturned(child) || undefined) ?? false;
  };
  if (!words.test(`${name} ${target.getText()}`)) return false;
  return !file.units.some(({ returns }) => returns.some(({ expression }) => isReturned(expression)));
}
