import { ts } from 'ts-morph';
import { unwrap } from '../syntax.ts';

/** A loop that does the same for each of several things. */
export interface Loop {
  readonly node: ts.ForOfStatement | ts.ForInStatement | ts.ForStatement;
  /** What is gone through, where it is named. */
  readonly over: ts.Expression | undefined;
  /** The names that are another thing in each turn. */
  readonly names: ReadonlySet<string>;
}

/** The loop that a statement is; undefined for one whose turns depend on a condition. */
export function loopOf(node: ts.Node): Loop | undefined {
  if (ts.isForOfStatement(node) || ts.isForInStatement(node)) {
    if (ts.isForOfStatement(node) && node.awaitModifier) return undefined;
    if (!ts.isVariableDeclarationList(node.initializer)) return undefined;
    return { node, over: node.expression, names: declaredIn(node.initializer) };
  }
  if (!ts.isForStatement(node) || !node.initializer || !node.condition || !node.incrementor) return undefined;
  const counts = /^(\w+\+\+|\+\+\w+|\w+ *\+= *1)$/.test(node.incrementor.getText());
  const [, over] = /([\w.]+)\.(?:length|size)$/.exec(node.condition.getText()) ?? [];
  if (!counts || over === undefined || !ts.isVariableDeclarationList(node.initializer)) return undefined;
  return { node, over: undefined, names: declaredIn(node.initializer) };
}

/** Visits code that runs in each turn of a loop itself: not that of functions, nor of loops within. */
export function visitTurn(loop: Loop, visit: (node: ts.Node) => void): void {
  const walk = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    visit(node);
    if (!ts.isIterationStatement(node, false)) ts.forEachChild(node, walk);
  };
  walk(loop.node.statement);
}

/** All names that are declared in some code, at any depth. */
export function declaredIn(node: ts.Node): ReadonlySet<string> {
  const names = new Set<string>();
  const walk = (at: ts.Node): void => {
    if (
      (ts.isVariableDeclaration(at) || ts.isBindingElement(at) || ts.isParameter(at)) &&
      ts.isIdentifier(at.name)
    )
      names.add(at.name.text);
    ts.forEachChild(at, walk);
  };
  walk(node);
  return names;
}

/** The name that an expression begins with: `state` of `state.pages[0]`. */
export function rootName(node: ts.Node): string | undefined {
  const value = unwrap(node);
  if (ts.isIdentifier(value)) return value.text;
  if (ts.isPropertyAccessExpression(value) || ts.isElementAccessExpression(value))
    return rootName(value.expression);
  return undefined;
}
