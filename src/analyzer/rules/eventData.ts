import { ts } from 'ts-morph';
import type { Binding, Scope, Source, Unit } from '../phases/model.ts';
import { lookup } from '../phases/scopes.ts';
import { accessedName, unwrap } from '../syntax.ts';

/** How many names are followed from one to the next. */
const maximumDepth = 12;

/**
 * Whether a value is the event or a part of it, as it is, parsed or with a default: it leads back to the first
 * parameter of a function that Lambda calls by names, properties, destructuring, loops and callbacks of arrays.
 */
export function isEventPart(
  expression: ts.Node,
  scope: Scope,
  invoked: ReadonlySet<Unit>,
  depth = 0,
): boolean {
  if (depth > maximumDepth) return false;
  const next = (node: ts.Node) => isEventPart(node, scope, invoked, depth + 1);
  const value = unwrap(expression);
  if (ts.isIdentifier(value)) {
    const binding = lookup(scope, value.text);
    return binding !== undefined && isEventBinding(binding, invoked, depth);
  }
  if (accessedName(value) !== undefined) return next((value as ts.PropertyAccessExpression).expression);
  if (ts.isBinaryExpression(value)) {
    const { kind } = value.operatorToken;
    const isDefault = kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken;
    return isDefault && next(value.left);
  }
  if (!ts.isCallExpression(value)) return false;
  const [argument] = value.arguments;
  return argument !== undefined && isJsonParse(value) && next(argument);
}

function isEventBinding(binding: Binding, invoked: ReadonlySet<Unit>, depth: number): boolean {
  if (binding.parameter) return isEventParameter(binding, invoked, depth);
  if (binding.owner.kind === 'module') return false;
  return binding.sources.some(source => isEventSource(source, invoked, depth));
}

function isEventSource({ expression, scope }: Source, invoked: ReadonlySet<Unit>, depth: number): boolean {
  if (!ts.isParameter(expression)) return isEventPart(expression, scope, invoked, depth + 1);
  const whole = scope.unit.parameters.find(({ declaration }) => declaration === expression);
  return whole !== undefined && isEventParameter(whole, invoked, depth);
}

/** Of a handler, or of a callback that gets what the event has: `event.Records.map(record => ...)`. */
function isEventParameter({ owner, parameter }: Binding, invoked: ReadonlySet<Unit>, depth: number): boolean {
  if (parameter?.index !== 0 || parameter.rest) return false;
  if (invoked.has(owner)) return true;
  const call = owner.node.parent;
  if (!call || !ts.isCallExpression(call) || call.arguments[0] !== owner.node) return false;
  const callee = unwrap(call.expression);
  if (!/^(map|forEach|flatMap|filter|some|every|find)$/.test(accessedName(callee) ?? '')) return false;
  const site = owner.parent?.calls.find(({ node }) => node === call);
  const receiver = (callee as ts.PropertyAccessExpression).expression;
  return site !== undefined && isEventPart(receiver, site.scope, invoked, depth + 1);
}

function isJsonParse({ expression }: ts.CallExpression): boolean {
  if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== 'parse') return false;
  return ts.isIdentifier(expression.expression) && expression.expression.text === 'JSON';
}
