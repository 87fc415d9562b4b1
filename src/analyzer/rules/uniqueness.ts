import { ts } from 'ts-morph';
import { originOf } from '../notes.ts';
import type { Scope } from '../phases/model.ts';
import { unwrap } from '../syntax.ts';
import { sourceOf } from './origins.ts';
import type { ReachedCode } from './rule.ts';

/** How many names are followed from one to the next. */
const maximumDepth = 6;

/** Whether each evaluation of an expression gives another value: it draws a number, an id, or looks at the clock. */
export function isNewEachTime(expression: ts.Node, scope: Scope, code: ReachedCode, depth = 0): boolean {
  if (depth > maximumDepth) return false;
  const visit = (node: ts.Node): boolean => {
    if (ts.isFunctionLike(node)) return false;
    if (ts.isNewExpression(node)) {
      return node.expression.getText() === 'Date' && (node.arguments ?? []).length === 0;
    }
    if (ts.isCallExpression(node) && isDrawn(node, scope)) return true;
    if (ts.isIdentifier(node)) {
      const source = sourceOf(node, scope, code);
      const isLocal = source !== undefined && source.scope.unit.kind !== 'module';
      return isLocal && isNewEachTime(source.expression, source.scope, code, depth + 1);
    }
    if (ts.isPropertyAccessExpression(node)) return visit(node.expression);
    if (ts.isPropertyAssignment(node)) return visit(node.initializer);
    return ts.forEachChild(node, child => visit(child) || undefined) ?? false;
  };
  return visit(expression);
}

function isDrawn(node: ts.CallExpression, scope: Scope): boolean {
  const callee = unwrap(node.expression);
  if (
    /^(Date\.now|Math\.random|performance\.now|process\.hrtime(\.bigint)?|crypto\.random\w+)$/.test(
      callee.getText(),
    )
  ) {
    return true;
  }
  const origin = originOf(callee, scope);
  if (!origin) return false;
  return (
    /^(uuid|nanoid|ulid|ulidx|cuid|@paralleldrive\/cuid2|ksuid|uuidv7|short-uuid|shortid)(\/|$)/.test(
      origin.specifier,
    ) ||
    (/^(node:)?crypto$/.test(origin.specifier) && /^random(UUID|Bytes|Int)$/.test(origin.name))
  );
}
