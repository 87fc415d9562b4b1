import { ts } from 'ts-morph';
import type { Fix, TextEdit } from '../../model/finding.ts';
import { hasModifier, unwrap } from '../syntax.ts';
import { mentionsOf } from './names.ts';

type Handler = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration;

/**
 * Makes a handler that ends with a callback async: it returns the result, or throws the error. Undefined where that
 * may not do the same: where the callback is called by another function, where something follows the call, or where
 * an argument may be an error or none.
 */
export function returnResult(handler: ts.Node): Fix | undefined {
  if (!isSimple(handler)) return undefined;
  const [, context, callback] = handler.parameters;
  const endings = [
    ...endingsByCallback(handler, callback),
    ...endingsByContext(handler, context && ts.isIdentifier(context.name) ? context.name.text : undefined),
  ];
  const edits: TextEdit[] = [];
  for (const ending of endings) {
    const edit = ending && editOf(ending, handler);
    if (!edit) return undefined;
    edits.push(edit);
  }
  if (edits.length === 0 || returnsOther(handler, endings)) return undefined;
  if (callback && context) edits.push({ start: context.end, end: callback.end, newText: '' });
  const start = startOf(handler);
  edits.push({ start, end: start, newText: 'async ' });
  return { title: 'Make the handler async: return the result', isSafe: false, edits };
}

function isSimple(node: ts.Node): node is Handler & { readonly body: ts.Block } {
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node) && !ts.isFunctionDeclaration(node))
    return false;
  if (hasModifier(node, ts.SyntaxKind.AsyncKeyword) || node.asteriskToken || node.type) return false;
  if (!node.body || !ts.isBlock(node.body) || node.parameters.length > 3) return false;
  const [, , callback] = node.parameters;
  return !callback || (ts.isIdentifier(callback.name) && !callback.initializer && !callback.dotDotDotToken);
}

/** A call that ends the invocation, with what it ends it with. */
interface Ending {
  readonly call: ts.CallExpression;
  readonly error: ts.Expression | undefined;
  readonly result: ts.Expression | undefined;
}

/** Undefined for each mention of the callback that is no call of it. */
function endingsByCallback(
  { body }: Handler,
  callback: ts.ParameterDeclaration | undefined,
): readonly (Ending | undefined)[] {
  if (!callback || !body || !ts.isIdentifier(callback.name)) return [];
  return mentionsOf(callback.name.text, body).map(mention => {
    const call = mention.parent;
    if (!ts.isCallExpression(call) || call.expression !== mention || call.arguments.length > 2)
      return undefined;
    const [error, result] = call.arguments;
    return { call, error, result };
  });
}

/** `context.succeed(result)`, `context.fail(error)`, `context.done(error, result)` */
function endingsByContext({ body }: Handler, context: string | undefined): readonly (Ending | undefined)[] {
  if (context === undefined || !body) return [];
  return mentionsOf(context, body).flatMap((mention): (Ending | undefined)[] => {
    const access = mention.parent;
    if (!ts.isPropertyAccessExpression(access) || !/^(done|succeed|fail)$/.test(access.name.text)) return [];
    const call = access.parent;
    if (!ts.isCallExpression(call) || call.expression !== access) return [undefined];
    const [first, second] = call.arguments;
    switch (access.name.text) {
      case 'succeed':
        return [{ call, error: undefined, result: first }];
      case 'fail':
        return [first && { call, error: first, result: undefined }];
      default:
        return [{ call, error: first, result: second }];
    }
  });
}

function editOf({ call, error, result }: Ending, handler: Handler): TextEdit | undefined {
  const statement = call.parent;
  if (!ts.isExpressionStatement(statement) && !ts.isReturnStatement(statement)) return undefined;
  const failure = error && !isNothing(error) ? error : undefined;
  if (failure && !isError(failure)) return undefined;
  const returned = nextReturn(statement);
  const isLast = ts.isReturnStatement(statement) || returned !== undefined || isTail(statement, handler);
  if (!isLast || !isOwn(statement, handler) || (failure && isCaught(statement, handler))) return undefined;
  const value = failure
    ? ` ${failure.getText()}`
    : result && !isNothing(result)
      ? ` ${result.getText()}`
      : '';
  const newText = `${failure ? 'throw' : 'return'}${value};`;
  return { start: statement.getStart(), end: (returned ?? statement).end, newText };
}

function isNothing(node: ts.Expression): boolean {
  const value = unwrap(node);
  return value.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(value) && value.text === 'undefined');
}

/** What surely is an error: a new one, or the one that was caught. */
function isError(node: ts.Expression): boolean {
  const value = unwrap(node);
  if (ts.isNewExpression(value)) return true;
  if (!ts.isIdentifier(value)) return false;
  const clause = ts.findAncestor(value, ts.isCatchClause);
  const caught = clause?.variableDeclaration?.name;
  return caught !== undefined && ts.isIdentifier(caught) && caught.text === value.text;
}

/** `return;` right behind a statement. */
function nextReturn(statement: ts.Statement): ts.ReturnStatement | undefined {
  const siblings = ts.isBlock(statement.parent) ? statement.parent.statements : undefined;
  const next = siblings?.[siblings.indexOf(statement) + 1];
  return next && ts.isReturnStatement(next) && !next.expression ? next : undefined;
}

/** Whether nothing of the handler runs behind a statement. */
function isTail(statement: ts.Node, handler: Handler): boolean {
  const { parent } = statement;
  if (ts.isBlock(parent)) {
    if (parent.statements.at(-1) !== statement) return false;
    return parent === handler.body || isTail(parent, handler);
  }
  if (ts.isIfStatement(parent)) return isTail(parent, handler);
  if (ts.isTryStatement(parent)) return !parent.finallyBlock && isTail(parent, handler);
  return ts.isCatchClause(parent) && isTail(parent, handler);
}

function isOwn(node: ts.Node, handler: Handler): boolean {
  return ts.findAncestor(node.parent, ts.isFunctionLike) === handler;
}

/** Whether an error that is thrown here would be caught by the handler itself. */
function isCaught(node: ts.Node, handler: Handler): boolean {
  for (let at = node; at !== handler; at = at.parent) {
    if (ts.isTryStatement(at.parent) && at.parent.tryBlock === at) return true;
  }
  return false;
}

/** Whether it returns something else: nobody took it from a handler that is not async. */
function returnsOther(handler: Handler, endings: readonly (Ending | undefined)[]): boolean {
  const calls = new Set<ts.Node | undefined>(endings.map(ending => ending?.call));
  const visit = (node: ts.Node): boolean => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return false;
    if (ts.isReturnStatement(node)) return node.expression !== undefined && !calls.has(node.expression);
    return ts.forEachChild(node, child => visit(child) || undefined) ?? false;
  };
  return handler.body !== undefined && visit(handler.body);
}

function startOf(handler: Handler): number {
  const keyword = handler.getChildren().find(({ kind }) => kind === ts.SyntaxKind.FunctionKeyword);
  return (keyword ?? handler).getStart();
}
