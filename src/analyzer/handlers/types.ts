import { ts } from 'ts-morph';
import type { FileFacts } from '../phases/model.ts';
import { lookup } from '../phases/scopes.ts';

/** The name in the package aws-lambda that a type refers to, for example `SQSEvent`. */
export function lambdaTypeName(type: ts.TypeNode | undefined, file: FileFacts): string | undefined {
  if (!type) return undefined;
  if (ts.isImportTypeNode(type)) {
    const { argument, qualifier } = type;
    const isLambda =
      ts.isLiteralTypeNode(argument) &&
      ts.isStringLiteral(argument.literal) &&
      argument.literal.text === 'aws-lambda';
    return isLambda && qualifier ? rightmost(qualifier) : undefined;
  }
  if (!ts.isTypeReferenceNode(type)) return undefined;
  const { typeName } = type;
  const leftmost = ts.isIdentifier(typeName) ? typeName : leftmostOf(typeName);
  const imported = lookup(file.scope, leftmost.text)?.imported;
  if (imported?.specifier === 'aws-lambda') {
    return ts.isIdentifier(typeName) ? imported.name : rightmost(typeName);
  }
  const own = lambdaTypeName(aliased(leftmost.text, file), file);
  if (own) return own;
  return leftmost.text === 'Promise' ? lambdaTypeName(type.typeArguments?.[0], file) : undefined;
}

/** Whether a type is one of aws-lambda's function types: `Handler`, `SQSHandler`, `APIGatewayProxyHandlerV2`. */
export function isHandlerType(type: ts.TypeNode | undefined, file: FileFacts): boolean {
  return /Handler(V2|WithLambdaAuthorizer\w*|WithIAMAuthorizer|WithJWTAuthorizer)?$/.test(
    lambdaTypeName(type, file) ?? '',
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
