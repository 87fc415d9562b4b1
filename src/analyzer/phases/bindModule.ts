import { ts } from 'ts-morph';
import type { BindState } from './bindState.ts';
import type { ImportedName } from './model.ts';
import { declare } from './scopes.ts';

/** Imports and exports of ECMAScript modules, and TypeScript's `import x = require()` and `export =`. */
export function bindModuleStatement(state: BindState, node: ts.Node): void {
  if (ts.isImportDeclaration(node)) importDeclaration(state, node);
  else if (ts.isImportEqualsDeclaration(node)) importEquals(state, node);
  else if (ts.isExportDeclaration(node)) exportDeclaration(state, node);
  else if (ts.isExportAssignment(node)) exportAssignment(state, node);
}

function importDeclaration(state: BindState, node: ts.ImportDeclaration): void {
  if (!ts.isStringLiteral(node.moduleSpecifier)) return;
  const specifier = node.moduleSpecifier.text;
  const clause = node.importClause;
  const locals: string[] = [];
  const add = (local: ts.Identifier, name: string, erased: boolean) => {
    declareImport(state, local, { specifier, name });
    if (!erased) locals.push(local.text);
  };
  const typeOnly = clause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
  if (clause?.name) add(clause.name, 'default', typeOnly);
  const named = clause?.namedBindings;
  if (named && ts.isNamespaceImport(named)) add(named.name, '*', typeOnly);
  if (named && ts.isNamedImports(named)) {
    for (const element of named.elements) {
      add(element.name, (element.propertyName ?? element.name).text, typeOnly || element.isTypeOnly);
    }
  }
  addLoad(state, specifier, node, () => !clause || locals.some(local => state.used.has(local)));
}

function importEquals(state: BindState, node: ts.ImportEqualsDeclaration): void {
  const reference = node.moduleReference;
  if (!ts.isExternalModuleReference(reference)) {
    declare(state.scope, node.name.text, node.name, state.sourceOf(reference));
    return;
  }
  const { expression } = reference;
  if (!ts.isStringLiteral(expression)) return;
  declareImport(state, node.name, { specifier: expression.text, name: '*' });
  addLoad(state, expression.text, node, () => !node.isTypeOnly && state.used.has(node.name.text));
}

function declareImport(state: BindState, local: ts.Identifier, imported: ImportedName): void {
  declare(state.scope, local.text, local, undefined, { imported });
}

/** An import of which nothing is used as a value is erased by TypeScript and by bundlers. */
function addLoad(state: BindState, specifier: string, node: ts.Node, isKept: () => boolean): void {
  const isJavaScript = /\.[cm]?jsx?$/.test(state.source.fileName);
  state.finish.push(() => {
    if (isJavaScript || isKept()) {
      state.module.loads.push({ specifier, dynamic: false, node, guard: undefined, conditional: false });
    }
  });
}

function exportDeclaration(state: BindState, node: ts.ExportDeclaration): void {
  if (node.isTypeOnly) return;
  const { exportClause: clause, moduleSpecifier } = node;
  const specifier = moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : undefined;
  if (specifier !== undefined) addLoad(state, specifier, node, () => true);
  if (!clause) {
    if (specifier !== undefined) state.starExports.push(specifier);
    return;
  }
  if (ts.isNamespaceExport(clause)) {
    if (specifier !== undefined) {
      state.addExport(clause.name.text, { kind: 'from', specifier, name: '*', node: clause.name });
    }
    return;
  }
  for (const element of clause.elements) {
    if (element.isTypeOnly) continue;
    const local = element.propertyName ?? element.name;
    if (specifier !== undefined) {
      state.addExport(element.name.text, { kind: 'from', specifier, name: local.text, node: element.name });
    } else {
      state.used.add(local.text);
      state.addExport(element.name.text, {
        kind: 'local',
        source: state.sourceOf(local),
        node: element.name,
      });
    }
  }
}

function exportAssignment(state: BindState, node: ts.ExportAssignment): void {
  const source = state.sourceOf(node.expression);
  if (node.isExportEquals) state.wholeExports.push(source);
  else state.addExport('default', { kind: 'local', source, node: node.expression });
  state.visit(node.expression);
}
