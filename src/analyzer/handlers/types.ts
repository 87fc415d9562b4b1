import { ts } from 'ts-morph';
import type { FileFacts } from '../phases/model.ts';
import type { Program } from '../phases/program.ts';
import { lookup } from '../phases/scopes.ts';
import { packageSign } from './signs.ts';

/** Where a type stands: names mean what they mean in its file. */
export interface TypeScope {
  readonly file: FileFacts;
  readonly program: Pick<Program, 'resolve'>;
}

/** How many aliases of aliases are followed. */
const longestChain = 5;

/** The name in the package aws-lambda that a type refers to, for example `SQSEvent`; aliases are followed. */
export function lambdaTypeName(
  type: ts.TypeNode | undefined,
  scope: TypeScope,
  depth = 0,
): string | undefined {
  if (!type || depth > longestChain) return undefined;
  if (ts.isImportTypeNode(type)) {
    const { argument, qualifier } = type;
    const literal = ts.isLiteralTypeNode(argument) ? argument.literal : undefined;
    const isLambda = literal && ts.isStringLiteral(literal) && packageSign(literal.text) === 'type';
    return isLambda && qualifier ? rightmost(qualifier) : undefined;
  }
  if (!ts.isTypeReferenceNode(type)) return undefined;
  const { typeName } = type;
  const { text } = ts.isIdentifier(typeName) ? typeName : leftmostOf(typeName);
  const imported = lookup(scope.file.scope, text)?.imported;
  if (imported && packageSign(imported.specifier) === 'type') {
    return ts.isIdentifier(typeName) ? imported.name : rightmost(typeName);
  }
  if (text === 'Promise') return lambdaTypeName(type.typeArguments?.[0], scope, depth + 1);
  const from = imported ? scope.program.resolve(scope.file.path, imported.specifier) : scope.file;
  const alias = from && aliased(imported?.name ?? text, from);
  return from && lambdaTypeName(alias, { ...scope, file: from }, depth + 1);
}

/** Whether a type is one of aws-lambda's function types: `Handler`, `SQSHandler`, `APIGatewayProxyHandlerV2`. */
export function isHandlerType(type: ts.TypeNode | undefined, scope: TypeScope): boolean {
  return /Handler(V2|WithLambdaAuthorizer\w*|WithIAMAuthorizer|WithJWTAuthorizer)?$/.test(
    lambdaTypeName(type, scope) ?? '',
  );
}

/** A type of JSDoc, as JavaScript has it: `@type {import('aws-lambda').Handler}`. */
export function documentedHandler(node: ts.Node, file: FileFacts): boolean {
  const text = file.source.text.slice(node.pos, node.getStart(file.source));
  return /@(type|satisfies)\s*\{\s*import\(['"]aws-lambda['"]\)\.\w*Handler/.test(text);
}

export function documentedEvent(node: ts.Node, file: FileFacts): boolean {
  const text = file.source.text.slice(node.pos, node.getStart(file.source));
  return /@param\s*\{\s*import\(['"]aws-lambda['"]\)\.\w*(Event|Context)/.test(text);
}

function aliased(name: string, file: FileFacts): ts.TypeNode | undefined {
  const alias = file.source.statements.find(
    statement => ts.isTypeAliasDeclaration(statement) && statement.name.text === name,
  );
  return alias && ts.isTypeAliasDeclaration(alias) ? alias.type : undefined;
}

function leftmostOf(name: ts.EntityName): ts.Identifier {
  return ts.isIdentifier(name) ? name : leftmostOf(name.left);
}

function rightmost(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : name.right.text;
}
