import { ts } from 'ts-morph';
import type { Scope } from '../phases/model.ts';
import { accessedName, unwrap } from '../syntax.ts';
import { isGlobal, sourceOf } from './origins.ts';
import type { ReachedCode } from './rule.ts';

/** How many names are followed from one to the next. */
const maximumDepth = 6;

/** An expression behind names that are set once, with where it stands. */
export function behindNames(
  expression: ts.Node,
  scope: Scope,
  code: ReachedCode,
): { readonly value: ts.Node; readonly scope: Scope } {
  let value = unwrap(expression);
  let at = scope;
  for (let depth = 0; depth < maximumDepth; depth += 1) {
    const source = sourceOf(value, at, code);
    if (!source || source.path.length > 0) break;
    value = unwrap(source.expression);
    at = source.scope;
  }
  return { value, scope: at };
}

/** The text that an expression is known to be. */
export function constantText(expression: ts.Node, scope: Scope, code: ReachedCode): string | undefined {
  const { value } = behindNames(expression, scope, code);
  return ts.isStringLiteralLike(value) ? value.text : undefined;
}

/** What a text is known to begin with: the whole of a literal, the first part of a template. */
export function textStart(expression: ts.Node, scope: Scope, code: ReachedCode): string | undefined {
  const { value, scope: at } = behindNames(expression, scope, code);
  if (ts.isStringLiteralLike(value)) return value.text;
  if (ts.isTemplateExpression(value)) {
    const [first] = value.templateSpans;
    if (value.head.text !== '' || !first) return value.head.text;
    return textStart(first.expression, at, code);
  }
  if (ts.isBinaryExpression(value) && value.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return textStart(value.left, at, code);
  }
  return undefined;
}

/** The variable that an expression reads, also behind a default: `process.env.TABLE ?? 'orders'`. */
export function environmentVariable(
  expression: ts.Node,
  scope: Scope,
  code: ReachedCode,
): string | undefined {
  const value = unwrap(expression);
  const source = sourceOf(value, scope, code);
  if (source) {
    const [name, ...more] = source.path;
    if (name === undefined) return environmentVariable(source.expression, source.scope, code);
    return more.length === 0 && isEnvironment(source.expression, source.scope) ? name : undefined;
  }
  if (ts.isBinaryExpression(value)) {
    const { kind } = value.operatorToken;
    const isDefault = kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken;
    return isDefault ? environmentVariable(value.left, scope, code) : undefined;
  }
  const name = accessedName(value);
  if (name === undefined || name === '*') return undefined;
  return isEnvironment((value as ts.PropertyAccessExpression).expression, scope) ? name : undefined;
}

/** `process.env` */
export function isEnvironment(node: ts.Node, scope: Scope): boolean {
  const value = unwrap(node);
  return (
    accessedName(value) === 'env' &&
    isGlobal((value as ts.PropertyAccessExpression).expression, 'process', scope)
  );
}
