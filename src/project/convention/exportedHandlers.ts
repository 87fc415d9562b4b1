import { type Declaration, type Import, readModuleText } from './moduleText.ts';

/** An exported function that is one of Lambda's. */
export interface ExportedHandler {
  /** The name that it is exported by. */
  readonly name: string;
  /** Offsets of where it is exported. */
  readonly start: number;
  readonly end: number;
}

/** Packages that handlers are written, or wrapped, with. */
const lambdaPackage =
  /^((@types\/)?aws-lambda|@middy\/.*|@aws-lambda-powertools\/.*|serverless-http|lambda-api|aws-serverless-express|@(vendia|codegenie)\/serverless-express|hono\/aws-lambda|@hono\/aws-lambda|@fastify\/aws-lambda|datadog-lambda-js|@sentry\/(aws-)?serverless)(\/|$)/;

/** Packages whose functions return a handler. */
const wrapperPackage =
  /^(@middy\/core|serverless-http|aws-serverless-express|@(vendia|codegenie)\/serverless-express|hono\/aws-lambda|@hono\/aws-lambda|@fastify\/aws-lambda|datadog-lambda-js|@sentry\/(aws-)?serverless)$/;

/** Whether a text may hold anything of Lambda's: a cheap look before a closer one. */
const anySign =
  /aws-lambda|awslambda|@middy\/|lambda-powertools|serverless-http|lambda-api|serverless-express|serverless/;

export function isLambdaPackage(specifier: string): boolean {
  return lambdaPackage.test(specifier);
}

/**
 * The exports of a module that have a sign of Lambda: a type of aws-lambda, or a wrapper.
 * @param isLambdaModule whether something beside the module says that an export called `handler` is one.
 */
export function findExportedHandlers(text: string, isLambdaModule: boolean): readonly ExportedHandler[] {
  if (!isLambdaModule && !anySign.test(text)) return [];
  const { imports, declarations, exportedNames } = readModuleText(text);
  const isSigned = isLambdaModule || imports.some(({ specifier }) => isLambdaPackage(specifier));
  const found = new Map<string, ExportedHandler>();
  const add = (name: string, declaration: Declaration | undefined, place: { start: number; end: number }) => {
    const isHandler =
      (isSigned && isHandlerName(name)) || (declaration && isLambdaFunction(declaration, name, imports));
    if (isHandler && !found.has(name)) found.set(name, { name, start: place.start, end: place.end });
  };
  const byName = new Map(declarations.map(declaration => [declaration.name, declaration]));
  for (const declaration of declarations) {
    if (!declaration.isExported) continue;
    const referred = byName.get(/^\s*([A-Za-z_$][\w$]*)\s*$/.exec(declaration.head)?.[1] ?? '');
    add(declaration.name, referred ?? declaration, declaration);
  }
  for (const exported of exportedNames) add(exported.exported, byName.get(exported.local), exported);
  return [...found.values()];
}

function isHandlerName(name: string): boolean {
  return name === 'handler' || name === 'lambdaHandler';
}

function isLambdaFunction(
  { annotation, head, documentation }: Declaration,
  name: string,
  imports: readonly Import[],
): boolean {
  if (/@(type|satisfies)\s*\{\s*import\(\s*['"]aws-lambda['"]\s*\)\.\w*Handler/.test(documentation))
    return true;
  if (typesIn(annotation, imports).some(isHandlerType)) return true;
  if (isWrapped(head, imports)) return true;
  const [first = '', ...others] = documentedTypes(documentation);
  const { parameters, result } = signatureOf(head);
  const given = [
    typesIn(parameters[0] ?? '', imports),
    ...parameters.slice(1).map(text => typesIn(text, imports)),
  ];
  const takesEvent = given[0]?.some(isEventType) || isEventType(first);
  const takesContext = given.slice(1).flat().some(isContextType) || others.some(isContextType);
  const answers = typesIn(result, imports).some(type => /(Result|Response)(V2)?$/.test(type));
  return takesEvent && (takesContext || answers || isHandlerName(name) || /Handler$/.test(name));
}

function isHandlerType(type: string): boolean {
  return /Handler(V2|WithLambdaAuthorizer\w*|WithIAMAuthorizer|WithJWTAuthorizer)?$/.test(type);
}

function isEventType(type: string): boolean {
  return /Event(V2\w*|With\w+|Base)?$/.test(type);
}

function isContextType(type: string): boolean {
  return type === 'Context' || type === 'Callback';
}

/** The names in the package aws-lambda of the types that a text mentions. */
function typesIn(text: string, imports: readonly Import[]): readonly string[] {
  if (text === '') return [];
  const found: string[] = [];
  for (const { specifier, names } of imports) {
    if (!/^(@types\/)?aws-lambda(\/|$)/.test(specifier)) continue;
    for (const [, word = '', member] of text.matchAll(
      /(?<![\w$.])([A-Za-z_$][\w$]*)(?:\s*\.\s*([\w$]+))?/g,
    )) {
      const original = names.get(word);
      if (original === '*' || original === 'default') found.push(member ?? '');
      else if (original !== undefined) found.push(original);
    }
  }
  return found;
}

/** Types of parameters in a documentation comment: `@param {import('aws-lambda').SQSEvent} event`. */
function documentedTypes(documentation: string): readonly string[] {
  const parameter = /@param\s*\{\s*import\(\s*['"]aws-lambda['"]\s*\)\.(\w+)/g;
  return [...documentation.matchAll(parameter)].map(([, type = '']) => type);
}

/** `middy(...)`, `awslambda.streamifyResponse(...)`. */
function isWrapped(head: string, imports: readonly Import[]): boolean {
  const [, callee = ''] = /^\s*(?:await\s+)?([A-Za-z_$][\w$]*)[\w$.\s]*[<(]/.exec(head) ?? [];
  if (callee === 'awslambda') return true;
  return imports.some(({ specifier, names }) => wrapperPackage.test(specifier) && names.has(callee));
}

/** The parameters of a function, each with its type, and the type of its result. */
function signatureOf(head: string): { parameters: readonly string[]; result: string } {
  const open = head.indexOf('(');
  if (open === -1) return { parameters: [], result: '' };
  const parameters: string[] = [];
  let depth = 0;
  let from = open + 1;
  for (let at = open; at < head.length; at += 1) {
    const letter = head[at] ?? '';
    if ('([{<'.includes(letter)) depth += 1;
    else if (')]}'.includes(letter) || (letter === '>' && head[at - 1] !== '=')) depth -= 1;
    if ((letter === ',' && depth === 1) || depth === 0) {
      parameters.push(head.slice(from, at));
      from = at + 1;
    }
    if (depth === 0) return { parameters, result: head.slice(at + 1) };
  }
  return { parameters, result: '' };
}
