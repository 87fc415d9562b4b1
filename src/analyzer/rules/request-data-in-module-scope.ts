import { ts } from 'ts-morph';
import type { Binding, Scope, Unit } from '../phases/model.ts';
import { lookup } from '../phases/scopes.ts';
import { accessedName, unwrap } from '../syntax.ts';
import { dependsOnEvent } from './constancy.ts';
import { isEventPart } from './eventData.ts';
import { passedTo } from './eventTexts.ts';
import { keptProperties } from './keptProperties.ts';
import { defineRule, type ReachedCode } from './rule.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html#function-code */
export const requestDataInModuleScope = defineRule({
  name: 'request-data-in-module-scope',
  severity: 'warning',
  title: 'Data of one request is kept in a variable of the module',
  messages: {
    kept: '{name} keeps data of this request after the invocation: the next one, perhaps for another user, finds it there. Pass it on as an argument.',
    first:
      '{name} is set once per environment, from the request that happens to come first: every later one sees that data. Pass it on as an argument.',
  },
  check(code, report) {
    const invoked = code.invoked;
    const isRequestData = (expression: ts.Node, scope: Scope) =>
      isEventPart(expression, scope, invoked) || isContextData(expression, scope, invoked);
    for (const { node, name } of keptProperties(code, isRequestData)) {
      report({ node, message: 'kept', data: { name } });
    }
    for (const binding of code.file.scope.bindings.values()) {
      for (const { expression, scope, path } of binding.sources) {
        if (scope.unit.kind === 'module' || path.length > 0) continue;
        const assignment = expression.parent;
        if (!ts.isBinaryExpression(assignment) || assignment.right !== expression) continue;
        if (!isReplacing(assignment)) continue;
        const phase = code.phaseAt(assignment);
        if (phase === undefined || phase === 'init') continue;
        const isFirst = phase === 'lazy' || isOnce(assignment);
        const isData =
          isRequestData(expression, scope) ||
          holdsData(expression, scope, isRequestData) ||
          passedTo(unwrap(expression), scope, code).some(each => isRequestData(each.node, each.scope)) ||
          (isFirst && dependsOnEvent(expression, scope, code));
        if (!isData || isCompared(binding, code)) continue;
        report({
          node: assignment,
          message: isFirst ? 'first' : 'kept',
          data: { name: binding.name },
        });
      }
    }
  },
});

/** `{ user: event.user }` */
function holdsData(
  expression: ts.Node,
  scope: Scope,
  isRequestData: (expression: ts.Node, scope: Scope) => boolean,
): boolean {
  const value = unwrap(expression);
  if (!ts.isObjectLiteralExpression(value)) return false;
  return value.properties.some(property => {
    if (ts.isPropertyAssignment(property)) return isRequestData(property.initializer, scope);
    if (ts.isShorthandPropertyAssignment(property)) return isRequestData(property.name, scope);
    return ts.isSpreadAssignment(property) && isRequestData(property.expression, scope);
  });
}

/** A cache of the last request: what it has is taken for the same request only. */
function isCompared({ name }: Binding, { file }: ReachedCode): boolean {
  return new RegExp(`\\b${name}\\b[!?]?[.\\w?!]*\\s*[!=]==|[!=]==\\s*${name}\\b`).test(
    file.source.text.replaceAll(/[!=]==\s*(undefined|null)\b/g, ''),
  );
}

/** What `+=` and the like make of it is another rule's. */
function isReplacing(assignment: ts.BinaryExpression): boolean {
  return assignment.operatorToken.kind === ts.SyntaxKind.EqualsToken || isOnce(assignment);
}

/** `x ??= event.id` and `x ||= event.id` */
function isOnce({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind === ts.SyntaxKind.QuestionQuestionEqualsToken || kind === ts.SyntaxKind.BarBarEqualsToken;
}

/** Of the context, what differs from one invocation to the next. */
function isContextData(expression: ts.Node, scope: Scope, invoked: ReadonlySet<Unit>): boolean {
  const value = unwrap(expression);
  const name = accessedName(value);
  const object = name === undefined ? value : unwrap((value as ts.PropertyAccessExpression).expression);
  if (!ts.isIdentifier(object)) return false;
  if (name !== undefined && !/^(awsRequestId|identity|clientContext|tenantId)$/.test(name)) return false;
  const binding = lookup(scope, object.text);
  return binding?.parameter?.index === 1 && invoked.has(binding.owner);
}
