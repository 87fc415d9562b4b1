import { ts } from 'ts-morph';

/** Parses without a program: no types, no files. Never throws on broken code. */
export function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(
    path,
    text,
    { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode: ts.JSDocParsingMode.ParseNone },
    true,
  );
}

/**
 * Parses the next version of a text, reusing what has not changed unless that is little. The old tree must not
 * be used any more.
 */
export function reparse(old: ts.SourceFile, text: string): ts.SourceFile {
  const before = old.text;
  const longest = Math.min(before.length, text.length);
  let start = 0;
  while (start < longest && before.charCodeAt(start) === text.charCodeAt(start)) start += 1;
  let kept = 0;
  while (
    kept < longest - start &&
    before.charCodeAt(before.length - 1 - kept) === text.charCodeAt(text.length - 1 - kept)
  ) {
    kept += 1;
  }
  const changed = before.length - kept - start;
  if (changed > before.length / 4) return parse(old.fileName, text);
  const span = ts.createTextSpan(start, changed);
  return ts.updateSourceFile(old, text, ts.createTextChangeRange(span, text.length - kept - start));
}

/** Then the rest of the tree is a guess. TypeScript keeps them on the file without declaring it. */
export function hasSyntaxErrors(source: ts.SourceFile): boolean {
  const { parseDiagnostics } = source as ts.SourceFile & { readonly parseDiagnostics?: readonly unknown[] };
  return parseDiagnostics !== undefined && parseDiagnostics.length > 0;
}

// Kinds are looked up once: reading `ts.SyntaxKind` for each node costs more than all the rest.
const transparent = new Set([
  ts.SyntaxKind.ParenthesizedExpression,
  ts.SyntaxKind.AsExpression,
  ts.SyntaxKind.SatisfiesExpression,
  ts.SyntaxKind.NonNullExpression,
  ts.SyntaxKind.TypeAssertionExpression,
  ts.SyntaxKind.AwaitExpression,
  ts.SyntaxKind.ExpressionWithTypeArguments,
]);
const { FirstTypeNode, LastTypeNode } = ts.SyntaxKind;
const typeDeclarations = new Set([
  ts.SyntaxKind.InterfaceDeclaration,
  ts.SyntaxKind.TypeAliasDeclaration,
  ts.SyntaxKind.TypeParameter,
  ts.SyntaxKind.NamespaceExportDeclaration,
]);
const declarable = new Set([
  ts.SyntaxKind.VariableStatement,
  ts.SyntaxKind.FunctionDeclaration,
  ts.SyntaxKind.ClassDeclaration,
  ts.SyntaxKind.EnumDeclaration,
  ts.SyntaxKind.ModuleDeclaration,
]);

/** The expression without parentheses, type assertions, `!` and `await`. */
export function unwrap(node: ts.Node): ts.Node {
  let inner = node;
  while (transparent.has(inner.kind)) inner = (inner as ts.ParenthesizedExpression).expression;
  return inner;
}

/** Types, and declarations that leave nothing behind at run time. */
export function isErased(node: ts.Node): boolean {
  const { kind } = node;
  if (kind >= FirstTypeNode && kind <= LastTypeNode) return true;
  if (declarable.has(kind)) return hasModifier(node, ts.SyntaxKind.DeclareKeyword);
  return typeDeclarations.has(kind);
}

export function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (node.modifiers?.some(modifier => modifier.kind === kind) ?? false);
}

/** The name of a property where it can be told without running the code; `@@iterator` for a symbol's. */
export function staticName(name: ts.Node | undefined): string | undefined {
  if (!name) return undefined;
  if (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) return name.text;
  if (ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)) return name.text;
  if (ts.isComputedPropertyName(name)) {
    const inner = unwrap(name.expression);
    if (ts.isStringLiteralLike(inner)) return inner.text;
    const isSymbol =
      ts.isPropertyAccessExpression(inner) &&
      ts.isIdentifier(inner.expression) &&
      inner.expression.text === 'Symbol';
    return isSymbol ? `@@${inner.name.text}` : undefined;
  }
  return undefined;
}

/** The property that `a.b` or `a['b']` reads; `*` where it is computed; undefined for anything else. */
export function accessedName(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  if (ts.isElementAccessExpression(node)) {
    const argument = unwrap(node.argumentExpression);
    return ts.isStringLiteralLike(argument) || ts.isNumericLiteral(argument) ? argument.text : '*';
  }
  return undefined;
}

/** The specifier of `require('x')` or `import('x')`. */
export function loadedSpecifier(node: ts.Node): string | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const { expression } = node;
  const loads =
    expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(expression) && expression.text === 'require');
  const argument = node.arguments[0];
  return loads && argument && ts.isStringLiteralLike(argument) ? argument.text : undefined;
}
