import { ts } from 'ts-morph';
import { unwrap } from './syntax.ts';

/** A word that people ask about. Offsets, the end exclusive. */
export interface Word {
  readonly start: number;
  readonly end: number;
  /** The code whose running is asked about begins here. */
  readonly code: number;
}

/** What is called, what is declared, or the first word of a statement; undefined for every other place. */
export function wordAt(source: ts.SourceFile, offset: number): Word | undefined {
  const node = innermost(source, offset);
  if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) {
    const word = { start: node.getStart(source), end: node.end };
    const call = callOf(node);
    if (call) return { ...word, code: call.getStart(source) };
    if (isDeclared(node)) return { ...word, code: word.start };
  }
  return keywordAt(source, offset);
}

/** The innermost node whose own text holds the offset. */
function innermost(source: ts.SourceFile, offset: number): ts.Node {
  let at: ts.Node = source;
  for (;;) {
    const inner: ts.Node | undefined = ts.forEachChild(at, child =>
      child.pos <= offset && offset < child.end && child.getStart(source) <= offset ? child : undefined,
    );
    if (!inner) return at;
    at = inner;
  }
}

/** The call that runs what the name stands for: `send` in `s3.send()`, `S3Client` in `new S3Client()`. */
function callOf(name: ts.Node): ts.Node | undefined {
  let callee: ts.Node = name;
  if (ts.isPropertyAccessExpression(callee.parent) && callee.parent.name === callee) callee = callee.parent;
  let holder = callee.parent;
  while (holder && unwrap(holder) === callee) holder = holder.parent;
  if (!holder) return undefined;
  if (ts.isCallExpression(holder) || ts.isNewExpression(holder)) {
    return unwrap(holder.expression) === callee ? holder : undefined;
  }
  return ts.isTaggedTemplateExpression(holder) && holder.tag === callee ? holder : undefined;
}

function isDeclared(name: ts.Node): boolean {
  const { parent } = name;
  const isDeclaration =
    ts.isFunctionDeclaration(parent) ||
    ts.isFunctionExpression(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isAccessor(parent) ||
    ts.isClassLike(parent) ||
    ts.isVariableDeclaration(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isExportSpecifier(parent) ||
    (ts.isPropertyAssignment(parent) && isFunction(parent.initializer));
  return isDeclaration && parent.name === name;
}

function isFunction(node: ts.Node): boolean {
  const value = unwrap(node);
  return ts.isArrowFunction(value) || ts.isFunctionExpression(value);
}

/** The keyword that a statement begins with. */
function keywordAt(source: ts.SourceFile, offset: number): Word | undefined {
  const { text } = source;
  let start = offset;
  while (start > 0 && /\w/.test(text.charAt(start - 1))) start -= 1;
  const keyword =
    /^(?:async|await|break|case|class|const|continue|do|enum|export|for|function|if|import|let|new|return|switch|throw|try|using|var|while|yield)\b/.exec(
      text.slice(start, start + 12),
    )?.[0];
  if (keyword === undefined || offset >= start + keyword.length) return undefined;
  const node = innermost(source, start);
  for (let at = node; at && !ts.isSourceFile(at); at = at.parent) {
    if (at.getStart(source) !== start) break;
    if (ts.isStatement(at)) return { start, end: start + keyword.length, code: start };
  }
  return undefined;
}
