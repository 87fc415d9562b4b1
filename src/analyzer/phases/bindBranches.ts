import { ts } from 'ts-morph';
import { collectCommonJsExport } from './bindCommonJs.ts';
import type { BindState } from './bindState.ts';
import { type BranchTest, branchTest, isPlace, leaves } from './guards.ts';

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

function earlyReturnTest(statement: ts.Statement): BranchTest | undefined {
  if (!ts.isIfStatement(statement) || statement.elseStatement || !leaves(statement.thenStatement)) {
    return undefined;
  }
  return branchTest(statement.expression, false);
}

export function bindIf(state: BindState, node: ts.IfStatement): void {
  state.visit(node.expression);
  branch(state, node.thenStatement, branchTest(node.expression, true));
  if (node.elseStatement) branch(state, node.elseStatement, branchTest(node.expression, false));
}

export function bindConditional(state: BindState, node: ts.ConditionalExpression): void {
  state.visit(node.condition);
  branch(state, node.whenTrue, branchTest(node.condition, true));
  branch(state, node.whenFalse, branchTest(node.condition, false));
}

export function bindBinary(state: BindState, node: ts.BinaryExpression): void {
  const { left, right } = node;
  const operator = node.operatorToken.kind;
  if (operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment) {
    assignment(state, node);
    return;
  }
  state.visit(left);
  switch (operator) {
    case ts.SyntaxKind.QuestionQuestionToken:
    case ts.SyntaxKind.BarBarToken:
      branch(state, right, branchTest(left, false));
      return;
    case ts.SyntaxKind.AmpersandAmpersandToken:
      branch(state, right, branchTest(left, true));
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
  if (keeps && isPlace(left)) branch(state, right, { target: left, runsWhile: 'unset', alternatives: [] });
  else state.visit(right);
}

/** Code that not every run of the unit gets to; guarded where there is a test. */
function branch(state: BindState, node: ts.Node, test: BranchTest | undefined): void {
  if (test) state.guarded(test, node.getStart(state.source), node.end, () => state.visit(node));
  else state.at({ conditional: true }, () => state.visit(node));
}
