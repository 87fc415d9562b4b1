import { ts } from 'ts-morph';
import { collectCommonJsExport } from './bindCommonJs.ts';
import type { BindState } from './bindState.ts';
import { isPlace, leaves, type Test, unsetTest } from './guards.ts';

/** Statements in order, so that an early return guards what follows it. */
export function bindStatements(state: BindState, statements: readonly ts.Statement[], from = 0): void {
  for (let index = from; index < statements.length; index += 1) {
    const statement = statements[index] as ts.Statement;
    state.visit(statement);
    const test = earlyReturnTest(statement);
    const next = statements[index + 1];
    const last = statements.at(-1);
    if (!test || !next || !last) continue;
    state.guarded(test, next.getStart(state.source), last.end, () =>
      bindStatements(state, statements, index + 1),
    );
    return;
  }
}

function earlyReturnTest(statement: ts.Statement): Test | undefined {
  if (!ts.isIfStatement(statement) || statement.elseStatement || !leaves(statement.thenStatement))
    return undefined;
  const test = unsetTest(statement.expression);
  return test?.whenUnset ? undefined : test;
}

export function bindIf(state: BindState, node: ts.IfStatement): void {
  state.visit(node.expression);
  const test = unsetTest(node.expression);
  branch(state, node.thenStatement, test?.whenUnset ? test : undefined);
  if (node.elseStatement) branch(state, node.elseStatement, test?.whenUnset === false ? test : undefined);
}

export function bindConditional(state: BindState, node: ts.ConditionalExpression): void {
  state.visit(node.condition);
  const test = unsetTest(node.condition);
  branch(state, node.whenTrue, test?.whenUnset ? test : undefined);
  branch(state, node.whenFalse, test?.whenUnset === false ? test : undefined);
}

export function bindBinary(state: BindState, node: ts.BinaryExpression): void {
  const { left, right } = node;
  const operator = node.operatorToken.kind;
  if (operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment) {
    assignment(state, node);
    return;
  }
  state.visit(left);
  const test = unsetTest(left);
  switch (operator) {
    case ts.SyntaxKind.QuestionQuestionToken:
    case ts.SyntaxKind.BarBarToken:
      branch(state, right, test?.whenUnset === false ? test : undefined);
      return;
    case ts.SyntaxKind.AmpersandAmpersandToken:
      branch(state, right, test?.whenUnset ? test : undefined);
      return;
    default:
      state.visit(right);
  }
}

function assignment(state: BindState, node: ts.BinaryExpression): void {
  const { left, right } = node;
  const operator = node.operatorToken.kind;
  const { scope, conditional } = state.position;
  state.assignments.push({ target: left, value: right, scope, node, conditional });
  if (operator === ts.SyntaxKind.EqualsToken) collectCommonJsExport(state, node);
  if (!ts.isIdentifier(left)) state.visit(left);
  else if (operator !== ts.SyntaxKind.EqualsToken) state.used.add(left.text);
  const keeps =
    operator === ts.SyntaxKind.QuestionQuestionEqualsToken || operator === ts.SyntaxKind.BarBarEqualsToken;
  if (keeps && isPlace(left)) branch(state, right, { target: left, whenUnset: false, alternatives: [] });
  else state.visit(right);
}

/** Code that not every run of the unit gets to; guarded where there is a test. */
function branch(state: BindState, node: ts.Node, test: Test | undefined): void {
  if (test) state.guarded(test, node.getStart(state.source), node.end, () => state.visit(node));
  else state.at({ conditional: true }, () => state.visit(node));
}
