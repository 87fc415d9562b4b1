import { ts } from 'ts-morph';
import type { Fix } from '../../model/finding.ts';
import { replace, wrap } from '../fixes/wrap.ts';
import type { Scope, Unit } from '../phases/model.ts';
import { lookup } from '../phases/scopes.ts';
import { staticName, unwrap } from '../syntax.ts';
import { localSource } from './eventTexts.ts';
import { defineRule } from './rule.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html */
export const nonJsonReturn = defineRule({
  name: 'non-json-return',
  severity: 'warning',
  title: 'What the handler returns is lost or refused when it becomes JSON',
  messages: {
    refused:
      'JSON has no BigInt: the invocation fails with Runtime.JSONStringifyError. Return a text or a number.',
    empty: 'JSON.stringify makes {} of {kind}: what is in it does not reach the caller. Return {instead}.',
    left: 'JSON.stringify leaves out {kind}: it does not reach the caller.',
  },
  check(code, report) {
    const units = code.inspection.handlers
      .filter(({ via }) => via !== 'streaming')
      .flatMap(handler => code.functionsOf(handler));
    for (const unit of new Set(units)) {
      if (unit.path !== code.file.path) continue;
      for (const { expression, scope } of unit.returns) {
        const named = (node: ts.Node) => localValue(node, scope);
        for (const { node, value } of partsOf(expression, named)) {
          const made =
            ts.isNewExpression(value) || ts.isCallExpression(value) ? globalName(value, scope) : undefined;
          const instead = ts.isNewExpression(value) ? insteadOf[made ?? ''] : undefined;
          const fixes = node === value && !isTyped(unit);
          if (instead)
            report({
              node,
              message: 'empty',
              data: { kind: `a ${made}`, instead },
              fix: fixes ? fixOf(node, made) : undefined,
            });
          else if (ts.isBigIntLiteral(value) || made === 'BigInt')
            report({ node, message: 'refused', fix: fixes ? fixOf(node, made) : undefined });
          else if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) {
            report({ node, message: 'left', data: { kind: 'functions' } });
          }
        }
      }
    }
  },
});

/** What the code says that it returns would not be true any more. */
function isTyped({ node }: Unit): boolean {
  const { type, parent } = node as ts.FunctionLikeDeclaration;
  return type !== undefined || (ts.isVariableDeclaration(parent) && parent.type !== undefined);
}

/** What says the same in JSON. */
function fixOf(node: ts.Node, made: string | undefined): Fix | undefined {
  const title = 'Return what JSON can carry';
  if (ts.isBigIntLiteral(node)) return replace(node, `'${node.text.slice(0, -1)}'`, { title, isSafe: false });
  if (made === 'Set') return wrap(node, ['[...', ']'], { title, isSafe: false });
  if (made === 'Map') return wrap(node, ['Object.fromEntries(', ')'], { title, isSafe: false });
  return undefined;
}

/** What JSON.stringify makes an empty object of, and what says the same. */
const insteadOf: Readonly<Record<string, string>> = {
  Map: 'Object.fromEntries of it',
  Set: 'an array of it',
  Response: 'an object with statusCode, headers and body',
};

/** What a local name stands for; itself for anything else. */
function localValue(node: ts.Node, scope: Scope): ts.Node {
  const value = unwrap(node);
  const source = localSource(value, scope);
  const made = source && unwrap(source.expression);
  return made && (ts.isNewExpression(made) || ts.isBigIntLiteral(made)) ? made : value;
}

/** The value and, of an object or an array that is written out, its parts. */
function* partsOf(
  written: ts.Node,
  named: (node: ts.Node) => ts.Node,
): Generator<{ readonly node: ts.Node; readonly value: ts.Node }> {
  const value = named(written);
  // What a name stands for is told where it is returned.
  yield { node: unwrap(written), value };
  if (ts.isArrayLiteralExpression(value)) {
    for (const element of value.elements) yield* partsOf(element, named);
  } else if (ts.isObjectLiteralExpression(value)) {
    const names = value.properties.map(({ name }) => staticName(name));
    if (names.includes('toJSON')) return;
    for (const property of value.properties) {
      if (ts.isPropertyAssignment(property)) yield* partsOf(property.initializer, named);
      if (ts.isShorthandPropertyAssignment(property)) yield* partsOf(property.name, named);
    }
  } else if (ts.isConditionalExpression(value)) {
    yield* partsOf(value.whenTrue, named);
    yield* partsOf(value.whenFalse, named);
  }
}

/** Of a global that is called or constructed. */
function globalName(node: ts.CallExpression | ts.NewExpression, scope: Scope): string | undefined {
  const callee = unwrap(node.expression);
  return ts.isIdentifier(callee) && !lookup(scope, callee.text) ? callee.text : undefined;
}
