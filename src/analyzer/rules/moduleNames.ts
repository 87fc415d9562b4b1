import { ts } from 'ts-morph';
import type { Binding, Unit } from '../phases/model.ts';
import { unwrap } from '../syntax.ts';
import { declaredIn } from './loops.ts';
import type { ReachedCode } from './rule.ts';

interface UnsetName {
  readonly node: ts.Node;
  readonly name: string;
}

/**
 * Where a handler uses a variable of the module that only a branch of it for other events sets: the first use of
 * each, unless the code looks anywhere whether it is set.
 */
export function* unsetNames(code: ReachedCode): Generator<UnsetName> {
  const invoked = [...code.invoked].filter(({ path }) => path === code.file.path);
  for (const binding of code.file.scope.bindings.values()) {
    if (!startsUnset(binding)) continue;
    const assignments = binding.sources.filter(({ scope }) => scope.unit.kind !== 'module');
    const [unit] = assignments.map(({ scope }) => scope.unit);
    if (!unit || !invoked.includes(unit) || declaredIn(unit.node).has(binding.name)) continue;
    if (assignments.some(({ scope }) => scope.unit !== unit)) continue;
    const branches = assignments.map(({ expression }) => branchAround(expression, unit));
    if (!branches.every(branch => branch !== undefined && leavesAfter(branch))) continue;
    const after = Math.max(...branches.map(branch => branch?.end ?? 0));
    const use = isTested(binding, unit) ? undefined : firstUse(binding, unit, after);
    if (use) yield { node: use, name: binding.name };
  }
}

/** `let session;`, `let session = null;` */
function startsUnset({ declaration }: Binding): boolean {
  const variable = declaration.parent;
  if (!variable || !ts.isVariableDeclaration(variable)) return false;
  const { initializer } = variable;
  return !initializer || /^(null|undefined)$/.test(initializer.getText());
}

/** The `if` statement of the function that some code of it stands in. */
function branchAround(node: ts.Node, unit: Unit): ts.Statement | undefined {
  const branch = ts.findAncestor(node, at => (at === unit.node ? 'quit' : ts.isIfStatement(at)));
  return branch && ts.isIfStatement(branch) && !branch.elseStatement ? branch.thenStatement : undefined;
}

function leavesAfter(branch: ts.Statement): boolean {
  const last = ts.isBlock(branch) ? branch.statements.at(-1) : branch;
  return last !== undefined && (ts.isReturnStatement(last) || ts.isThrowStatement(last));
}

/** `session.token`, `session!.token` or `session()` behind an offset. */
function firstUse(binding: Binding, unit: Unit, after: number): ts.Node | undefined {
  const visit = (node: ts.Node): ts.Node | undefined => {
    if (ts.isPropertyAccessExpression(node) && !node.questionDotToken && node.pos >= after) {
      const object = unwrap(node.expression);
      if (ts.isIdentifier(object) && object.text === binding.name) return object;
    }
    return ts.forEachChild(node, visit);
  };
  return visit(unit.node);
}

/** Whether any condition of the function, or a `?.`, looks at the variable. */
function isTested(binding: Binding, unit: Unit): boolean {
  const mentions = (node: ts.Node): boolean => {
    if (ts.isIdentifier(node)) return node.text === binding.name;
    return ts.forEachChild(node, child => mentions(child) || undefined) ?? false;
  };
  const visit = (node: ts.Node): boolean => {
    if (ts.isIfStatement(node) && mentions(node.expression)) return true;
    if (ts.isConditionalExpression(node) && mentions(node.condition)) return true;
    if (
      ts.isBinaryExpression(node) &&
      /^(&&|\|\||\?\?)=?$/.test(ts.tokenToString(node.operatorToken.kind) ?? '')
    ) {
      if (mentions(node.left)) return true;
    }
    if (ts.isPropertyAccessExpression(node) && node.questionDotToken && mentions(node.expression))
      return true;
    return ts.forEachChild(node, child => visit(child) || undefined) ?? false;
  };
  return visit(unit.node);
}
