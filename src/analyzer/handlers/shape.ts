import { ts } from 'ts-morph';
import type { FileFacts, Unit } from '../phases/model.ts';
import { accessedName, unwrap } from '../syntax.ts';
import { eventProperties, isOtherServer, makesResponse, type PackageSign, packageSign } from './signs.ts';
import { documentedEvent, isHandlerType, lambdaTypeName, type TypeScope } from './types.ts';

export type FunctionSign = 'type' | 'powertools' | 'shape';

/** `handler`, `lambdaHandler`, `handleOrderHandler`: names that say what they are meant to be. */
export function isHandlerName(name: string): boolean {
  return /^(handler|lambda|lambda_handler|main)$|Handler$/.test(name);
}

/** What about an exported function itself, and about the file around it, says that Lambda calls it. */
export function functionSign(name: string, unit: Unit, scope: TypeScope): FunctionSign | undefined {
  const node = unit.node as ts.FunctionLikeDeclaration;
  const { file } = scope;
  if (hasLambdaSignature(name, node, scope) || isTypedHandler(node, scope)) return 'type';
  if (isPowertoolsMethod(node, file)) return 'powertools';
  if (!hasLambdaShape(node, scope)) return undefined;
  return hasFurtherSign(name, node, file) ? 'shape' : undefined;
}

/** A function that satisfies a handler type where it stands, or is returned as one. */
function isTypedHandler(node: ts.Node, scope: TypeScope): boolean {
  let at = node;
  for (
    ;
    ts.isParenthesizedExpression(at.parent) ||
    ts.isAsExpression(at.parent) ||
    ts.isSatisfiesExpression(at.parent);
  ) {
    at = at.parent;
    if ((ts.isAsExpression(at) || ts.isSatisfiesExpression(at)) && isHandlerType(at.type, scope)) return true;
  }
  const holder = ts.isReturnStatement(at.parent) ? at.parent.parent.parent : at.parent;
  if (ts.isVariableDeclaration(holder) || ts.isPropertyDeclaration(holder))
    return isHandlerType(holder.type, scope);
  return ts.isFunctionLike(holder) && isHandlerType(holder.type, scope);
}

/** Types of aws-lambda on the parameters; a helper that takes an event is not a handler for it. */
function hasLambdaSignature(name: string, node: ts.FunctionLikeDeclaration, scope: TypeScope): boolean {
  const [event, context] = node.parameters;
  const eventType = lambdaTypeName(event?.type, scope);
  const contextType = lambdaTypeName(context?.type, scope);
  const resultType = lambdaTypeName(node.type, scope);
  if (isHandlerName(name) || name === 'default') {
    if (eventType || contextType || resultType || documentedEvent(documentedNode(node), scope.file))
      return true;
  }
  const takesEvent = eventType !== undefined && !/Record$/.test(eventType);
  return takesEvent && (contextType === 'Context' || (node.parameters.length === 1 && isResult(resultType)));
}

function isResult(type: string | undefined): boolean {
  return type !== undefined && /(Result|ResultV2|Response|StructuredResultV2)$/.test(type);
}

/** The statement or declaration that a comment about the function stands before. */
function documentedNode(node: ts.Node): ts.Node {
  let at: ts.Node = node;
  while (at.parent && !ts.isSourceFile(at.parent) && !ts.isBlock(at.parent)) at = at.parent;
  return at;
}

/** `@logger.injectLambdaContext()` on the method, or a class that implements Powertools' LambdaInterface. */
function isPowertoolsMethod(node: ts.Node, file: FileFacts): boolean {
  if (!ts.isMethodDeclaration(node)) return false;
  const decorated = ts.getDecorators(node)?.some(({ expression }) => {
    const call = unwrap(expression);
    const callee = ts.isCallExpression(call) ? call.expression : call;
    return /^(injectLambdaContext|captureLambdaHandler|logMetrics)$/.test(accessedName(callee) ?? '');
  });
  const implemented = node.parent && ts.isClassLike(node.parent) ? node.parent.heritageClauses : undefined;
  const isInterface = implemented?.some(clause =>
    clause.types.some(
      ({ expression }) => ts.isIdentifier(expression) && expression.text === 'LambdaInterface',
    ),
  );
  return (decorated === true || isInterface === true) && importsAny(file, 'powertools');
}

/** Shaped like a handler: `(event, context)`, at most three parameters, no type that says otherwise. */
function hasLambdaShape({ parameters }: ts.FunctionLikeDeclaration, scope: TypeScope): boolean {
  if (parameters.length > 3 || parameters.some(({ dotDotDotToken }) => dotDotDotToken)) return false;
  if (parameters.some(({ type }) => isForeignType(type, scope))) return false;
  const [first, second] = parameters.map(({ name }) => (ts.isIdentifier(name) ? name.text : undefined));
  const takesEvent =
    first === undefined || /^_*(event|evt|e|ev|input|payload|records?|_*)$|event$/i.test(first);
  const takesContext = second === undefined || /^_*(context|ctx|_*)$/i.test(second);
  return takesEvent && takesContext;
}

/** A type by name that Lambda does not give: `Request`, `MouseEvent`, `NextApiRequest`. */
function isForeignType(type: ts.TypeNode | undefined, scope: TypeScope): boolean {
  if (!type || lambdaTypeName(type, scope)) return false;
  const text = type.getText(scope.file.source);
  return /\b(Request|Response|NextApi\w+|NextRequest|NextFunction|\w*(Mouse|Keyboard|Pointer|Touch|Drag|Focus|Form|Change|Input|Custom|Message|Fetch|Click|Submit)Event|Event|H3Event|RequestEvent|Ctx|KoaContext|FastifyRequest)\b/.test(
    text,
  );
}

/**
 * What besides its shape makes a function a handler: what the file imports, what it reads of the event, or
 * what it answers. The less its name and its parameters say, the more is asked for.
 */
function hasFurtherSign(name: string, node: ts.FunctionLikeDeclaration, file: FileFacts): boolean {
  const specifiers = importedSpecifiers(file);
  const signs = new Set(specifiers.map(packageSign));
  const names = node.parameters.map(parameter => parameter.name.getText(file.source).replace(/^_+/, ''));
  const isNamed = isHandlerName(name) || (name === 'default' && names.length === 2);
  const isFull = names[0] === 'event' && names[1] === 'context';
  const isForLambda = ['type', 'middy', 'powertools', 'adapter'].some(sign => signs.has(sign as PackageSign));
  if (isNamed && isForLambda) return true;
  if (specifiers.some(isOtherServer)) return false;
  if (isFull && names[2] !== undefined) return true;
  const text = node.getText(file.source);
  if (isNamed || isFull) return signs.has('sdk') || isForLambda || eventProperties.test(text);
  return names[0] === 'event' && makesResponse.test(text);
}

function importsAny(file: FileFacts, sign: string): boolean {
  return importedSpecifiers(file).some(specifier => packageSign(specifier) === sign);
}

function importedSpecifiers(file: FileFacts): readonly string[] {
  const bound = [...file.scope.bindings.values()].flatMap(({ imported }) => imported?.specifier ?? []);
  return [...bound, ...file.module.loads.map(({ specifier }) => specifier)];
}
