import { ts } from 'ts-morph';
import type { Binding, FileFacts, Scope } from '../phases/model.ts';
import { lookup } from '../phases/scopes.ts';
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

/**
 * Whether code can be moved to the top of the module: it uses no names but those of the module and its own, and
 * neither `this` nor anything else of the function around it.
 */
export function isOfModule(code: ts.Node, scope: Scope): boolean {
  const own = declaredWithin(code);
  const visit = (node: ts.Node): boolean => {
    if (ofFunction.has(node.kind)) return false;
    if (ts.isIdentifier(node) && !isPropertyName(node) && !own.has(node.text)) {
      if (node.text === 'arguments') return false;
      const binding = lookup(scope, node.text);
      if (binding && binding.owner.kind !== 'module') return false;
    }
    return ts.forEachChild(node, child => (visit(child) ? undefined : true)) !== true;
  };
  return visit(code);
}

const ofFunction = new Set([
  ts.SyntaxKind.ThisKeyword,
  ts.SyntaxKind.SuperKeyword,
  ts.SyntaxKind.YieldExpression,
  ts.SyntaxKind.AwaitExpression,
]);

function declaredWithin(code: ts.Node): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    const { name } = node as Partial<ts.NamedDeclaration>;
    if (name && ts.isIdentifier(name) && isDeclaration(name)) names.add(name.text);
    ts.forEachChild(node, visit);
  };
  visit(code);
  return names;
}

/** Whether every mention of a name in a file means the one declaration. */
export function isDeclaredOnce(name: ts.Identifier, file: FileFacts): boolean {
  return hasOneMeaning(name, file.source, file);
}

/** Every mention of a name in some code, but for names of properties. */
export function mentionsOf(name: string, code: ts.Node): readonly ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === name && !isPropertyName(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(code);
  return found;
}

/**
 * The name itself, or with the first number that makes it new to the file.
 */
export function freeName(name: string, { source }: FileFacts): string {
  const used = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !isPropertyName(node)) used.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  if (!used.has(name) && !isReserved(name)) return name;
  for (let number = 2; ; number += 1) if (!used.has(`${name}${number}`)) return `${name}${number}`;
}

/** What no variable can be called, or what would hide a global. */
function isReserved(name: string): boolean {
  return reserved.test(name) || name in globalThis;
}

const reserved =
  /^(await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield)$/;

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
