import { ts } from 'ts-morph';
import type { FileFacts, Unit } from '../phases/model.ts';
import { accessedName, unwrap } from '../syntax.ts';
import { eventProperties, isOtherServer, packageSign } from './signs.ts';
import { documentedEvent, lambdaTypeName } from './types.ts';

export type FunctionSign = 'type' | 'powertools' | 'shape';

/** `handler`, `lambdaHandler`, `handleOrderHandler`: names that say what they are meant to be. */
export function isHandlerName(name: string): boolean {
  return /^(handler|lambda|lambda_handler|main)$|Handler$/.test(name);
}

/** What about an exported function itself, and about the file around it, says that Lambda calls it. */
export function functionSign(name: string, unit: Unit, file: FileFacts): FunctionSign | undefined {
  const node = unit.node as ts.FunctionLikeDeclaration;
  if (hasLambdaSignature(name, node, file)) return 'type';
  if (isPowertoolsMethod(node, file)) return 'powertools';
  return hasLambdaShape(name, node, file) && hasFurtherSign(node, file) ? 'shape' : undefined;
}

/** Types of aws-lambda on the parameters; a helper that takes an event is not a handler for it. */
function hasLambdaSignature(name: string, node: ts.FunctionLikeDeclaration, file: FileFacts): boolean {
  const [event, context] = node.parameters;
  const eventType = lambdaTypeName(event?.type, file);
  const contextType = lambdaTypeName(context?.type, file);
  const resultType = lambdaTypeName(node.type, file);
  if (isHandlerName(name) || name === 'default') {
    if (eventType || contextType || resultType || documentedEvent(documentedNode(node), file)) return true;
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

/** Named and shaped like a handler: `(event, context)`, at most three parameters, no type that says otherwise. */
function hasLambdaShape(name: string, node: ts.FunctionLikeDeclaration, file: FileFacts): boolean {
  const { parameters } = node;
  const names = parameters.map(({ name: parameter }) =>
    ts.isIdentifier(parameter) ? parameter.text : undefined,
  );
  if (parameters.length > 3 || parameters.some(({ dotDotDotToken }) => dotDotDotToken)) return false;
  if (parameters.some(({ type }) => isForeignType(type, file))) return false;
  const [first, second] = names;
  const takesEvent =
    parameters.length === 0 ||
    first === undefined ||
    /^_*(event|evt|e|ev|input|payload|records?|_+)$/i.test(first) ||
    /event$/i.test(first);
  const takesContext = parameters.length < 2 || second === undefined || /^_*(context|ctx|_+)$/i.test(second);
  if (!takesEvent || !takesContext) return false;
  return isHandlerName(name) || (name === 'default' && parameters.length === 2);
}

/** A type by name that Lambda does not give: `Request`, `MouseEvent`, `NextApiRequest`. */
function isForeignType(type: ts.TypeNode | undefined, file: FileFacts): boolean {
  if (!type || lambdaTypeName(type, file)) return false;
  const text = type.getText(file.source);
  return /\b(Request|Response|NextApi\w+|NextRequest|NextFunction|\w*(Mouse|Keyboard|Pointer|Touch|Drag|Focus|Form|Change|Input|Custom|Message|Fetch|Click|Submit)Event|Event|H3Event|RequestEvent|Ctx|KoaContext|FastifyRequest)\b/.test(
    text,
  );
}

function hasFurtherSign(node: ts.Node, file: FileFacts): boolean {
  const specifiers = importedSpecifiers(file);
  const signs = new Set(specifiers.map(packageSign));
  if (signs.has('type') || signs.has('middy') || signs.has('powertools') || signs.has('adapter')) return true;
  if (specifiers.some(isOtherServer)) return false;
  if (signs.has('sdk')) return true;
  return eventProperties.test(node.getText(file.source));
}

function importsAny(file: FileFacts, sign: string): boolean {
  return importedSpecifiers(file).some(specifier => packageSign(specifier) === sign);
}

function importedSpecifiers(file: FileFacts): readonly string[] {
  const bound = [...file.scope.bindings.values()].flatMap(({ imported }) => imported?.specifier ?? []);
  return [...bound, ...file.module.loads.map(({ specifier }) => specifier)];
}
