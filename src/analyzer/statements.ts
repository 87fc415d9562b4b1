import { ts } from 'ts-morph';
import type { FileFacts, Unit } from './phases/model.ts';
import { hasModifier, isErased, unwrap } from './syntax.ts';

/** Where the statements of each unit begin: those that do something when the unit runs. Offsets, ascending. */
export type Statements = ReadonlyMap<Unit, readonly number[]>;

/** The statements of files; each file is walked once, as facts never change. */
export class StatementIndex {
  readonly #known = new WeakMap<FileFacts, Statements>();

  of(file: FileFacts): Statements {
    const known = this.#known.get(file);
    if (known) return known;
    const statements = new Map(file.units.map(unit => [unit, statementsOf(unit, file)] as const));
    this.#known.set(file, statements);
    return statements;
  }
}

function statementsOf({ kind, node, constructs }: Unit, file: FileFacts): readonly number[] {
  const starts: number[] = [];
  const add = (statement: ts.Node) => starts.push(statement.getStart(file.source));
  if (kind === 'module') {
    const loads = new Set(file.module.loads.map(load => load.node));
    for (const statement of file.source.statements) {
      if (loads.has(statement)) add(statement);
      else walk(statement, add);
    }
  } else if (constructs) {
    for (const member of constructs.node.members) {
      if (ts.isConstructorDeclaration(member) && member.body) walk(member.body, add);
      else if (ts.isPropertyDeclaration(member) && member.initializer && !isStatic(member)) add(member);
    }
  } else {
    const { body } = node as ts.FunctionLikeDeclaration;
    if (body && ts.isBlock(body)) walk(body, add);
    else if (body) add(body);
  }
  return starts;
}

/** Calls `add` for a statement and those within it, not for those of functions within it. */
function walk(statement: ts.Node, add: (statement: ts.Node) => void): void {
  if (isErased(statement)) return;
  if (ts.isBlock(statement) || ts.isModuleBlock(statement)) {
    for (const inner of statement.statements) walk(inner, add);
  } else if (ts.isIfStatement(statement)) {
    add(statement);
    walk(statement.thenStatement, add);
    if (statement.elseStatement) walk(statement.elseStatement, add);
  } else if (ts.isIterationStatement(statement, false)) {
    add(statement);
    walk(statement.statement, add);
  } else if (ts.isSwitchStatement(statement)) {
    add(statement);
    for (const clause of statement.caseBlock.clauses) {
      for (const inner of clause.statements) walk(inner, add);
    }
  } else if (ts.isTryStatement(statement)) {
    walk(statement.tryBlock, add);
    if (statement.catchClause) walk(statement.catchClause.block, add);
    if (statement.finallyBlock) walk(statement.finallyBlock, add);
  } else if (ts.isLabeledStatement(statement)) walk(statement.statement, add);
  else if (ts.isModuleDeclaration(statement)) {
    if (statement.body) walk(statement.body, add);
  } else if (doesSomething(statement)) add(statement);
}

/** Not what only gives a function, a class or another module's value a name. */
function doesSomething(statement: ts.Node): boolean {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.some(
      ({ initializer }) => initializer && !isDefinition(initializer),
    );
  }
  if (ts.isExpressionStatement(statement)) {
    const expression = unwrap(statement.expression);
    return !(ts.isBinaryExpression(expression) && isDefinition(expression.right));
  }
  if (ts.isExportAssignment(statement)) {
    const expression = unwrap(statement.expression);
    return !ts.isIdentifier(expression) && !isDefinition(expression);
  }
  return (
    ts.isReturnStatement(statement) ||
    ts.isThrowStatement(statement) ||
    ts.isBreakOrContinueStatement(statement)
  );
}

function isDefinition(expression: ts.Node): boolean {
  const value = unwrap(expression);
  return ts.isFunctionExpression(value) || ts.isArrowFunction(value) || ts.isClassExpression(value);
}

function isStatic(member: ts.ClassElement): boolean {
  return hasModifier(member, ts.SyntaxKind.StaticKeyword);
}
