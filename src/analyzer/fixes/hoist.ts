import { ts } from 'ts-morph';
import type { Fix } from '../../model/finding.ts';
import type { FileFacts, Scope } from '../phases/model.ts';
import { lookup } from '../phases/scopes.ts';
import { unwrap } from '../syntax.ts';
import { declaredIn, freeName, hasOneMeaning } from './names.ts';
import { beginningOf, dedented, newLineOf, topLevelStatement, wholeLines } from './places.ts';

/**
 * Moves an expression that makes something out of its function, to a constant of the module above the statement
 * that the function is in. Undefined where that would change what the code does: where the expression uses the
 * event, the context, any other variable of a function or one that is assigned again, `this` or a call, where
 * the environment is changed, or where the thing is closed after its use.
 */
export function hoist(node: ts.NewExpression, scope: Scope, file: FileFacts): Fix | undefined {
  const { source } = file;
  const statement = topLevelStatement(node);
  if (!statement || changesSettings(source.text)) return undefined;
  const at = beginningOf(statement, source);
  if (node.typeArguments || !isSame(node, scope, at) || isLost(node)) return undefined;
  const declared = declarationOf(node);
  if (declared && isLost(declared.name, declared.block)) return undefined;
  const newLine = newLineOf(source);
  const title = (name: string) => `Build it once: move ${name} out of the function`;
  if (declared?.isWhole && hasOneMeaning(declared.name, declared.block, file)) {
    const { start, contentEnd, end } = wholeLines(declared.statement, source);
    const moved = dedented(source.text.slice(start, contentEnd), newLine);
    return {
      title: title(declared.name.text),
      isSafe: true,
      edits: [
        { start: at, end: at, newText: `${moved}${newLine}${newLine}` },
        { start, end, newText: '' },
      ],
    };
  }
  const name = freeName(declared?.name.text ?? nameFor(node), file);
  const moved = dedented(node.getText(source), newLine);
  return {
    title: title(name),
    isSafe: true,
    edits: [
      { start: at, end: at, newText: `const ${name} = ${moved};${newLine}${newLine}` },
      { start: node.getStart(source), end: node.end, newText: name },
    ],
  };
}

interface Declared {
  readonly name: ts.Identifier;
  readonly statement: ts.VariableStatement;
  readonly block: ts.Node;
  /** Nothing else stands in the statement, so that it can be moved as it is. */
  readonly isWhole: boolean;
}

/** The variable that holds it first. */
function declarationOf(node: ts.NewExpression): Declared | undefined {
  const declaration = node.parent;
  if (!ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name)) return undefined;
  const list = declaration.parent;
  const statement = list.parent;
  if (!ts.isVariableDeclarationList(list) || !ts.isVariableStatement(statement)) return undefined;
  const isConst = (list.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.Const;
  const isTyped = declaration.type !== undefined && !isTypeOfModule(declaration.type);
  const isWhole = isConst && list.declarations.length === 1 && !isTyped && ts.isBlock(statement.parent);
  return { name: declaration.name, statement, block: statement.parent, isWhole };
}

/** Whether a type uses no names that the function around it declares, as type parameters or within. */
function isTypeOfModule(type: ts.TypeNode): boolean {
  const around = topLevelStatement(type);
  const names = new Set<string>();
  const collect = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) names.add(node.text);
    ts.forEachChild(node, collect);
  };
  collect(type);
  const declares = (node: ts.Node): boolean => {
    const { name } = node as Partial<ts.NamedDeclaration>;
    if (node !== around && name && ts.isIdentifier(name) && names.has(name.text)) return true;
    return ts.forEachChild(node, child => declares(child) || undefined) ?? false;
  };
  return around !== undefined && !declares(around);
}

/** Whether the expression has the same value when the module is loaded, above `at`. */
function isSame(expression: ts.Node, scope: Scope, at: number): boolean {
  const same = (node: ts.Node): boolean => {
    if (ts.isIdentifier(node)) {
      const binding = lookup(scope, node.text);
      if (!binding) return /^(process|undefined|NaN|Infinity)$/.test(node.text);
      return binding.imported !== undefined || declaredIn(binding, at);
    }
    if (ts.isPropertyAccessExpression(node)) return same(node.expression);
    if (ts.isPropertyAssignment(node)) return !ts.isComputedPropertyName(node.name) && same(node.initializer);
    if (ts.isNewExpression(node) && node !== expression) return false;
    if (ts.isTemplateExpression(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
      if (node.getText().includes('\n')) return false;
    }
    return sameKinds.has(node.kind) && everyChild(node, same);
  };
  return same(expression);
}

/** What may stand in such an expression; calls, functions, `this`, `await` and all that is unusual may not. */
const sameKinds = new Set([
  ts.SyntaxKind.NewExpression,
  ts.SyntaxKind.ObjectLiteralExpression,
  ts.SyntaxKind.ArrayLiteralExpression,
  ts.SyntaxKind.ShorthandPropertyAssignment,
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.NumericLiteral,
  ts.SyntaxKind.TrueKeyword,
  ts.SyntaxKind.FalseKeyword,
  ts.SyntaxKind.NullKeyword,
  ts.SyntaxKind.NoSubstitutionTemplateLiteral,
  ts.SyntaxKind.TemplateExpression,
  ts.SyntaxKind.TemplateHead,
  ts.SyntaxKind.TemplateSpan,
  ts.SyntaxKind.TemplateMiddle,
  ts.SyntaxKind.TemplateTail,
  ts.SyntaxKind.NonNullExpression,
  ts.SyntaxKind.ParenthesizedExpression,
]);

function everyChild(node: ts.Node, test: (child: ts.Node) => boolean): boolean {
  let every = true;
  ts.forEachChild(node, child => {
    every &&= test(child);
  });
  return every;
}

/** Whether a thing, or what the name in a block holds, is closed or changed after its use, or connected by it. */
export function isLost(thing: ts.Node, block?: ts.Node): boolean {
  if (!block) {
    let { parent } = thing;
    while (ts.isParenthesizedExpression(parent) || ts.isNonNullExpression(parent)) parent = parent.parent;
    return ts.isPropertyAccessExpression(parent) && isLosing(parent.name.text);
  }
  const visit = (node: ts.Node): boolean => {
    if (ts.isPropertyAccessExpression(node) && isLosing(node.name.text)) {
      const object = unwrap(node.expression);
      if (ts.isIdentifier(object) && object.text === (thing as ts.Identifier).text) return true;
    }
    return ts.forEachChild(node, visit) ?? false;
  };
  return visit(block);
}

function isLosing(method: string): boolean {
  return /^(destroy|close|end|disconnect|quit|release|connect|open|init\w*|middlewareStack|config)$/.test(
    method,
  );
}

/** Of the environment's variables, or of all clients of the SDK's version 2. */
export function changesSettings(text: string): boolean {
  return (
    /process\.env\s*(\.\s*\w+|\[[^\]]*\])?\s*([-+*/|&?]{0,2}=(?!=)|\+\+)/.test(text) ||
    /\bdelete\s+process\.env|assign\(\s*process\.env|\.config\.(update|loadFromPath|\w+\s*=(?!=))/.test(text)
  );
}

/** `s3Client` for `new AWS.S3Client()`. */
function nameFor({ expression }: ts.NewExpression): string {
  const name = ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
  return name.replace(/^[A-Z]+(?=[A-Z][a-z]|$)|^[A-Z]/, start => start.toLowerCase());
}
