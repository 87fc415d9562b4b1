import { ts } from 'ts-morph';
import { accessedName, hasModifier, isErased, loadedSpecifier, unwrap } from '../syntax.ts';
import { bindBinary, bindConditional, bindIf, bindStatements } from './bindBranches.ts';
import { bindClass } from './bindClass.ts';
import { collectExportCall } from './bindCommonJs.ts';
import {
  bindFunction,
  bindFunctionDeclaration,
  bindObjectLiteral,
  declaredType,
  nameOf,
} from './bindFunction.ts';
import { bindModuleStatement } from './bindModule.ts';
import { BindState } from './bindState.ts';
import { findLazyGuards } from './lazyGuards.ts';
import type { FileFacts, Scope, Source } from './model.ts';
import { childScope, declare, declarePattern, functionScope, lookup } from './scopes.ts';

/** Reads one parsed file in a single walk. Never throws on broken code; what it cannot read it leaves out. */
export function bindFile(source: ts.SourceFile): FileFacts {
  const state = new BindState(source, visit);
  bindStatements(state, source.statements);
  for (const step of state.finish) step();
  spreadAssignments(state);
  const { module, units, functions, classes, parameters, namespaces } = state;
  const { exports, starExports, wholeExports, assignments, accessorNames } = state;
  return {
    path: source.fileName,
    source,
    module,
    scope: state.moduleScope,
    units,
    functions,
    classes,
    parameters,
    namespaces,
    exports,
    starExports,
    wholeExports,
    propertyAssignments: Map.groupBy(
      assignments.filter(({ target }) => accessedName(target) !== undefined),
      ({ target }) => accessedName(target) ?? '*',
    ),
    lazyGuards: findLazyGuards(state),
    accessorNames,
  };
}

function visit(state: BindState, node: ts.Node): void {
  if (isErased(node)) return;
  const bind = binders.get(node.kind);
  if (bind) bind(state, node as never);
  else ts.forEachChild(node, state.visit);
}

/** What is done about each kind of node; of all others the children are visited. */
const binders: ReadonlyMap<ts.SyntaxKind, (state: BindState, node: never) => void> = new Map([
  [ts.SyntaxKind.Identifier, (state: BindState, { text }: ts.Identifier) => void state.used.add(text)],
  [ts.SyntaxKind.FunctionDeclaration, bindFunctionDeclaration],
  [ts.SyntaxKind.FunctionExpression, bindFunctionExpression],
  [ts.SyntaxKind.ArrowFunction, bindFunctionExpression],
  [ts.SyntaxKind.ClassDeclaration, bindClass],
  [ts.SyntaxKind.ClassExpression, bindClass],
  [ts.SyntaxKind.ObjectLiteralExpression, bindObjectLiteral],
  [ts.SyntaxKind.VariableDeclaration, bindVariable],
  [ts.SyntaxKind.PropertyAccessExpression, bindRead],
  [ts.SyntaxKind.CallExpression, bindCall],
  [ts.SyntaxKind.NewExpression, bindCall],
  [ts.SyntaxKind.TaggedTemplateExpression, bindImplicitCall],
  [ts.SyntaxKind.Decorator, bindImplicitCall],
  [ts.SyntaxKind.JsxOpeningElement, bindImplicitCall],
  [ts.SyntaxKind.JsxSelfClosingElement, bindImplicitCall],
  [ts.SyntaxKind.ReturnStatement, bindReturn],
  [ts.SyntaxKind.BinaryExpression, bindBinary],
  [ts.SyntaxKind.ConditionalExpression, bindConditional],
  [ts.SyntaxKind.IfStatement, bindIf],
  [ts.SyntaxKind.Block, bindBlock],
  [ts.SyntaxKind.ForStatement, bindBranches],
  [ts.SyntaxKind.ForInStatement, bindBranches],
  [ts.SyntaxKind.ForOfStatement, bindForOf],
  [ts.SyntaxKind.WhileStatement, bindBranches],
  [ts.SyntaxKind.CaseBlock, bindBranches],
  [ts.SyntaxKind.CatchClause, bindCatch],
  [ts.SyntaxKind.ModuleDeclaration, bindNamespace],
  [ts.SyntaxKind.EnumDeclaration, bindEnum],
  [ts.SyntaxKind.ImportDeclaration, bindModuleStatement],
  [ts.SyntaxKind.ImportEqualsDeclaration, bindModuleStatement],
  [ts.SyntaxKind.ExportDeclaration, bindModuleStatement],
  [ts.SyntaxKind.ExportAssignment, bindModuleStatement],
] as [ts.SyntaxKind, (state: BindState, node: never) => void][]);

function bindFunctionExpression(state: BindState, node: ts.FunctionExpression | ts.ArrowFunction): void {
  bindFunction(state, node, nameOf(node), ts.isArrowFunction(node) ? {} : { thisValue: { kind: 'unknown' } });
}

/** A property is read: a getter runs there. */
function bindRead(state: BindState, node: ts.PropertyAccessExpression): void {
  state.unit.reads.push({ node, ...state.position });
  state.visit(node.expression);
}

/** A tag, a decorator, an element of JSX. */
function bindImplicitCall(state: BindState, node: ts.Node): void {
  state.addCall(node);
  ts.forEachChild(node, state.visit);
}

function bindBlock(state: BindState, node: ts.Block): void {
  state.at({ scope: childScope(state.scope) }, () => bindStatements(state, node.statements));
}

/** Iterating runs the iterator of the object. */
function bindForOf(state: BindState, node: ts.ForOfStatement): void {
  state.addCall(node);
  bindBranches(state, node);
}

function bindBranches(state: BindState, node: ts.Node): void {
  state.at({ scope: childScope(state.scope), conditional: true }, () => ts.forEachChild(node, state.visit));
}

function bindVariable(state: BindState, node: ts.VariableDeclaration): void {
  const { name, initializer, parent: list } = node;
  const isVar = ts.isVariableDeclarationList(list) && (list.flags & ts.NodeFlags.BlockScoped) === 0;
  const scope = isVar ? functionScope(state.scope) : state.scope;
  const source = initializer ? state.sourceOf(initializer) : loopSource(list.parent, state.scope);
  declarePattern(scope, name, source, state.visit);
  if (ts.isIdentifier(name)) {
    const typed = declaredType(node.type, state.scope);
    if (typed) declare(scope, name.text, name, typed);
  }
  if (initializer) state.visit(initializer);
  if (isUsing(list)) state.addCall(node);
  if (list.parent && hasModifier(list.parent, ts.SyntaxKind.ExportKeyword)) exportNames(state, name);
}

/** `using` disposes of the value at the end of its block. */
function isUsing(list: ts.Node): boolean {
  return (list.flags & ts.NodeFlags.Using) !== 0;
}

function loopSource(loop: ts.Node | undefined, scope: Scope): Source | undefined {
  return loop && ts.isForOfStatement(loop)
    ? { expression: loop.expression, scope, path: ['@@each'] }
    : undefined;
}

function exportNames(state: BindState, name: ts.BindingName): void {
  if (ts.isIdentifier(name)) {
    state.addExport(name.text, { kind: 'local', source: state.sourceOf(name), node: name });
    return;
  }
  for (const element of name.elements) if (!ts.isOmittedExpression(element)) exportNames(state, element.name);
}

function bindReturn(state: BindState, { expression }: ts.ReturnStatement): void {
  if (!expression) return;
  state.unit.returns.push(state.sourceOf(expression));
  state.visit(expression);
}

function bindCall(state: BindState, node: ts.CallExpression | ts.NewExpression): void {
  state.addCall(node);
  collectExportCall(state, node);
  const specifier = loadedSpecifier(node);
  if (specifier !== undefined) {
    const { guard, conditional } = state.position;
    state.unit.loads.push({ specifier, dynamic: true, node, guard, conditional });
  }
  const callee = unwrap(node.expression);
  state.visit(ts.isPropertyAccessExpression(callee) ? callee.expression : callee);
  node.arguments?.forEach(state.visit);
}

function bindCatch(state: BindState, node: ts.CatchClause): void {
  state.at({ scope: childScope(state.scope), conditional: true }, () => {
    if (node.variableDeclaration)
      declarePattern(state.scope, node.variableDeclaration.name, undefined, state.visit);
    bindStatements(state, node.block.statements);
  });
}

function bindNamespace(state: BindState, node: ts.ModuleDeclaration): void {
  if (ts.isIdentifier(node.name)) declare(state.scope, node.name.text, node.name, state.sourceOf(node));
  const { body } = node;
  if (!body) return;
  const scope = childScope(state.scope);
  state.namespaces.set(node, scope);
  state.at({ scope }, () => {
    if (ts.isModuleBlock(body)) bindStatements(state, body.statements);
    else state.visit(body);
  });
}

function bindEnum(state: BindState, node: ts.EnumDeclaration): void {
  declare(state.scope, node.name.text, node.name);
  for (const { initializer } of node.members) if (initializer) state.visit(initializer);
}

/** What an assignment gives to a name is one more value that the name may hold. */
function spreadAssignments(state: BindState): void {
  for (const { target, value, scope } of state.assignments) {
    const name = unwrap(target);
    if (!ts.isIdentifier(name)) continue;
    lookup(scope, name.text)?.sources.push({ expression: value, scope, path: [] });
  }
}
