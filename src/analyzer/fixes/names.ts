import { ts } from 'ts-morph';
import type { Binding, FileFacts } from '../phases/model.ts';
import { unwrap } from '../syntax.ts';

/**
 * Whether a name of the module has had its only value when the code at `at` runs, and keeps it: a constant with a
 * value that nothing can change from within.
 */
export function declaredIn({ owner, declaration, sources }: Binding, at: number): boolean {
  const [only, ...more] = sources;
  if (owner.kind !== 'module' || !only || more.length > 0 || declaration.end > at) return false;
  const list = variableList(declaration);
  if (!list || (list.flags & ts.NodeFlags.BlockScoped) !== ts.NodeFlags.Const) return false;
  const value = unwrap(only.expression);
  return !ts.isObjectLiteralExpression(value) && !ts.isArrayLiteralExpression(value);
}

/** The name itself, or with the first number that makes it new to the file. */
export function freeName(name: string, { source }: FileFacts): string {
  const used = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) used.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  if (!used.has(name)) return name;
  for (let number = 2; ; number += 1) if (!used.has(`${name}${number}`)) return `${name}${number}`;
}

/** Whether a name is declared once in the file, and means nothing outside of the block that declares it. */
export function hasOneMeaning(name: ts.Identifier, block: ts.Node, { source }: FileFacts): boolean {
  let isOne = true;
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === name.text && node !== name && !isPropertyName(node)) {
      const isInside = block.pos <= node.pos && node.end <= block.end;
      if (!isInside || isDeclaration(node)) isOne = false;
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return isOne;
}

function isPropertyName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node)
  );
}

function isDeclaration(node: ts.Identifier): boolean {
  return (node.parent as ts.NamedDeclaration).name === node && !ts.isShorthandPropertyAssignment(node.parent);
}

function variableList(declaration: ts.Node): ts.VariableDeclarationList | undefined {
  for (let at = declaration.parent; at; at = at.parent) {
    if (ts.isVariableDeclarationList(at)) return at;
    if (ts.isStatement(at)) return undefined;
  }
  return undefined;
}
