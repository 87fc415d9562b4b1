import { ts } from 'ts-morph';
import type { Fix, TextEdit } from '../../model/finding.ts';
import { hasModifier } from '../syntax.ts';

/** Starts the turns of a loop together and waits for all of them. Undefined where a turn uses what only a loop has. */
export function startTogether(loop: ts.Node): Fix | undefined {
  if (!ts.isForOfStatement(loop) || loop.awaitModifier || ts.isLabeledStatement(loop.parent))
    return undefined;
  const around = ts.findAncestor(loop, ts.isFunctionLike);
  if (!around || !hasModifier(around, ts.SyntaxKind.AsyncKeyword)) return undefined;
  const { initializer, expression, statement } = loop;
  if (!ts.isVariableDeclarationList(initializer) || !ts.isBlock(statement)) return undefined;
  if ((initializer.flags & ts.NodeFlags.BlockScoped) !== ts.NodeFlags.Const) return undefined;
  const continues = continuesIn(statement);
  if (!continues || losesTypes(loop, around)) return undefined;
  const [variable] = initializer.declarations;
  if (!variable || variable.type) return undefined;
  const item = variable.name.getText();
  const parameter = ts.isIdentifier(variable.name) ? item : `(${item})`;
  const edits: TextEdit[] = [
    {
      start: loop.getStart(),
      end: statement.getStart(),
      newText: `await Promise.all(Array.from(${expression.getText()}, async ${parameter} => `,
    },
    ...continues,
    { start: statement.end, end: statement.end, newText: '));' },
  ];
  return { title: 'Start them together: use Promise.all', isSafe: false, edits };
}

/** `continue` as a function says it; undefined where something else leaves a turn. */
function continuesIn(body: ts.Block): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  let isPlain = true;
  const visit = (node: ts.Node, isInner: boolean): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    if (ts.isReturnStatement(node) || ts.isYieldExpression(node)) isPlain = false;
    if (ts.isBreakStatement(node) && !isInner) isPlain = false;
    if (ts.isBreakOrContinueStatement(node) && node.label) isPlain = false;
    if (ts.isContinueStatement(node) && !isInner) {
      edits.push({ start: node.getStart(), end: node.getStart() + 'continue'.length, newText: 'return' });
    }
    const isLoop = ts.isIterationStatement(node, false);
    ts.forEachChild(node, child => visit(child, isInner || isLoop));
  };
  visit(body, false);
  return isPlain ? edits : undefined;
}

/**
 * Whether TypeScript may have learned something of a value before the loop that it would not know in a function: of
 * a variable that changes, or of a property that is mentioned outside of the loop as well.
 */
function losesTypes(loop: ts.ForOfStatement, around: ts.Node): boolean {
  const source = loop.getSourceFile();
  if (!/\.[cm]?tsx?$/.test(source.fileName)) return false;
  const before = source.text.slice(around.getStart(source), loop.getStart(source));
  let loses = /\b(let|var)\s/.test(before);
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && !ts.isCallExpression(node.parent)) {
      const text = node.getText(source);
      if (new RegExp(`${text.replaceAll(/[.$?*+^()[\]{}|\\]/g, '\\$&')}\\b`).test(before)) loses = true;
    }
    ts.forEachChild(node, visit);
  };
  visit(loop.statement);
  return loses;
}
