import { ts } from 'ts-morph';
import { functionSign, isHandlerName } from './handlers/shape.ts';
import { isTestFile } from './handlers/signs.ts';
import { documentedHandler, isHandlerType, type TypeScope } from './handlers/types.ts';
import { wrapperSign } from './handlers/wrappers.ts';
import type { Evaluation } from './phases/evaluation.ts';
import type { ExportSource, FileFacts, Scope } from './phases/model.ts';
import { lookup } from './phases/scopes.ts';
import type { Value } from './phases/values.ts';
import type { HandlerVia, KnownHandler } from './protocol.ts';
import { unwrap } from './syntax.ts';

/** An exported value that Lambda calls. */
export interface Handler {
  readonly file: FileFacts;
  /** For example `handler` or `api.handler`. */
  readonly exportPath: string;
  /** What to point at: the exported name. */
  readonly node: ts.Node;
  readonly via: HandlerVia;
}

/**
 * The handlers that a file exports: those that the project names, else those that bear a sign of Lambda. An
 * export that is merely called `handler` is none.
 */
export function findHandlers(
  file: FileFacts,
  known: readonly KnownHandler[],
  evaluation: Evaluation,
): readonly Handler[] {
  const named = known.filter(handler => handler.file === file.path).map(({ exportPath }) => exportPath);
  const handlers = [...new Set(named)].map(exportPath => knownHandler(file, exportPath));
  if (isTestFile(file.path)) return handlers;
  for (const [name, sources] of file.exports) {
    if (handlers.some(handler => handler.exportPath.split('.')[0] === name)) continue;
    const [source] = sources;
    const via = sources.map(each => exportSign(name, each, file, evaluation)).find(Boolean);
    if (via && source) handlers.push({ file, exportPath: name, node: source.node, via });
  }
  for (const handler of wholeExportHandlers(file, evaluation)) {
    if (!handlers.some(({ exportPath }) => exportPath === handler.exportPath)) handlers.push(handler);
  }
  return handlers.sort((a, b) => a.node.pos - b.node.pos);
}

/** The values behind an export path. */
export function handlerValues(handler: Handler, evaluation: Evaluation): readonly Value[] {
  const [name = '', ...rest] = handler.exportPath.split('.');
  const { file } = handler;
  let values = evaluation.exported(file, name);
  if (values.length === 0) values = evaluation.members(evaluation.exported(file, 'default'), name);
  for (const property of rest) values = evaluation.members(values, property);
  return values;
}

function knownHandler(file: FileFacts, exportPath: string): Handler {
  const [name = ''] = exportPath.split('.');
  const node =
    file.exports.get(name)?.[0]?.node ?? file.wholeExports[0]?.expression ?? file.source.statements[0];
  return { file, exportPath, node: node ?? file.source, via: 'template' };
}

/** `module.exports = { handler }` and `module.exports = handler`. */
function wholeExportHandlers(file: FileFacts, evaluation: Evaluation): Handler[] {
  return file.wholeExports.flatMap(({ expression, scope }) => {
    const node = unwrap(expression);
    if (!ts.isObjectLiteralExpression(node)) return [];
    return node.properties.flatMap(property => {
      if (!property.name || !ts.isIdentifier(property.name)) return [];
      const name = property.name.text;
      const value = ts.isPropertyAssignment(property) ? property.initializer : property.name;
      const source = { expression: ts.isMethodDeclaration(property) ? property : value, scope, path: [] };
      const via = exportSign(name, { kind: 'local', node: property.name, source }, file, evaluation);
      return via ? [{ file, exportPath: name, node: property.name, via }] : [];
    });
  });
}

function exportSign(
  name: string,
  source: ExportSource,
  file: FileFacts,
  evaluation: Evaluation,
): HandlerVia | undefined {
  if (source.kind === 'from') {
    const from = evaluation.program.resolve(file.path, source.specifier);
    const original = from?.exports.get(source.name)?.[0];
    return from && from !== file && original && original.kind === 'local'
      ? exportSign(isHandlerName(name) ? name : source.name, original, from, evaluation)
      : undefined;
  }
  const { expression, scope } = source.source;
  if (isDeclaredHandler(expression, scope, { file, program: evaluation.program })) return 'type';
  const values = evaluation.valuesOf(source.source);
  for (const value of values) {
    if (value.tag === 'external') {
      const via = value.node && wrapperSign(value.node, evaluation);
      if (via) return via;
    } else if (value.tag === 'function' && value.kind === 'function') {
      const from = evaluation.program.file(value.path);
      const via = from && functionSign(name, value, { file: from, program: evaluation.program });
      if (via) return via;
    }
  }
  return undefined;
}

/** `const handler: Handler = ...`, `... satisfies Handler`, and the like in JSDoc. */
function isDeclaredHandler(expression: ts.Node, scope: Scope, types: TypeScope): boolean {
  if (ts.isSatisfiesExpression(expression) || ts.isAsExpression(expression)) {
    return isHandlerType(expression.type, types);
  }
  if (!ts.isIdentifier(expression)) return documentedHandler(expression.parent ?? expression, types.file);
  const declaration = lookup(scope, expression.text)?.declaration.parent;
  if (!declaration || !ts.isVariableDeclaration(declaration)) return false;
  const { initializer, type } = declaration;
  const asserted = initializer && (ts.isSatisfiesExpression(initializer) || ts.isAsExpression(initializer));
  return (
    isHandlerType(type, types) ||
    (asserted === true && isHandlerType(initializer.type, types)) ||
    documentedHandler(declaration.parent.parent, types.file)
  );
}
