import { ts } from 'ts-morph';
import { accessedName, hasModifier, isErased, loadedSpecifier, unwrap } from '../syntax.ts';
import { bindBinary, bindConditional, bindIf, bindStatements } from './bindBranches.ts';
import { bindClass } from './bindClass.ts';
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
  switch (node.kind) {
    case ts.SyntaxKind.Identifier:
      state.used.add((node as ts.Identifier).text);
      return;
    case ts.SyntaxKind.FunctionDeclaration:
      bindFunctionDeclaration(state, node as ts.FunctionDeclaration);
      return;
    case ts.SyntaxKind.FunctionExpression:
      bindFunction(state, node as ts.FunctionExpression, nameOf(node), { thisValue: { kind: 'unknown' } });
      return;
    case ts.SyntaxKind.ArrowFunction:
      bindFunction(state, node as ts.ArrowFunction, nameOf(node));
      return;
    case ts.SyntaxKind.ClassDeclaration:
    case ts.SyntaxKind.ClassExpression:
      bindClass(state, node as ts.ClassLikeDeclaration);
      return;
    case ts.SyntaxKind.ObjectLiteralExpression:
      bindObjectLiteral(state, node as ts.ObjectLiteralExpression);
      return;
    case ts.SyntaxKind.VariableDeclaration:
      bindVariable(state, node as ts.VariableDeclaration);
      return;
    case ts.SyntaxKind.PropertyAccessExpression:
      state.unit.reads.push({ node, ...state.position });
      state.visit((node as ts.PropertyAccessExpression).expression);
      return;
    case ts.SyntaxKind.CallExpression:
    case ts.SyntaxKind.NewExpression:
      bindCall(state, node as ts.CallExpression | ts.NewExpression);
      return;
    case ts.SyntaxKind.TaggedTemplateExpression:
    case ts.SyntaxKind.Decorator:
    case ts.SyntaxKind.JsxOpeningElement:
    case ts.SyntaxKind.JsxSelfClosingElement:
      state.addCall(node);
      ts.forEachChild(node, state.visit);
      return;
    case ts.SyntaxKind.ReturnStatement:
      bindReturn(state, node as ts.ReturnStatement);
      return;
    case ts.SyntaxKind.BinaryExpression:
      bindBinary(state, node as ts.BinaryExpression);
      return;
    case ts.SyntaxKind.ConditionalExpression:
      bindConditional(state, node as ts.ConditionalExpression);
      return;
    case ts.SyntaxKind.IfStatement:
      bindIf(state, node as ts.IfStatement);
      return;
    case ts.SyntaxKind.Block:
      state.at({ scope: childScope(state.scope) }, () =>
        bindStatements(state, (node as ts.Block).statements),
      );
      return;
    case ts.SyntaxKind.ForStatement:
    case ts.SyntaxKind.ForInStatement:
    case ts.SyntaxKind.ForOfStatement:
    case ts.SyntaxKind.WhileStatement:
    case ts.SyntaxKind.CaseBlock:
      state.at({ scope: childScope(state.scope), conditional: true }, () =>
        ts.forEachChild(node, state.visit),
      );
      return;
    case ts.SyntaxKind.CatchClause:
      bindCatch(state, node as ts.CatchClause);
      return;
    case ts.SyntaxKind.ModuleDeclaration:
      bindNamespace(state, node as ts.ModuleDeclaration);
      return;
    case ts.SyntaxKind.EnumDeclaration:
      bindEnum(state, node as ts.EnumDeclaration);
      return;
    case ts.SyntaxKind.ImportDeclaration:
    case ts.SyntaxKind.ImportEqualsDeclaration:
    case ts.SyntaxKind.ExportDeclaration:
    case ts.SyntaxKind.ExportAssignment:
      bindModuleStatement(state, node);
      return;
    default:
      ts.forEachChild(node, state.visit);
  }
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
  if (list.parent && hasModifier(list.parent, ts.SyntaxKind.ExportKeyword)) exportNames(state, name);
}

function loopSource(loop: ts.Node | undefined, scope: Scope): Source | undefined {
  return loop && ts.isForOfStatement(loop) ? { expression: loop.expression, scope, path: ['*'] } : undefined;
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
