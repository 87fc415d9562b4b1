import { ts } from 'ts-morph';
import { hasModifier, staticName, unwrap } from '../syntax.ts';
import { bindStatements } from './bindBranches.ts';
import { bindFunction, declaredType, nameOf } from './bindFunction.ts';
import type { BindState } from './bindState.ts';
import type { ClassFacts, Member, Scope, Source, Unit } from './model.ts';
import { childScope, declare } from './scopes.ts';

/** A class: static parts run where it stands, fields and constructor with `new`, methods when called. */
export function bindClass(state: BindState, node: ts.ClassLikeDeclaration): void {
  const name = nameOf(node);
  if (ts.isClassDeclaration(node)) {
    if (node.name) declare(state.scope, node.name.text, node.name, state.sourceOf(node));
    state.addDeclaredExport(node, node.name);
  }
  const construction = state.createUnit('construction', name, node, state.unit) as Unit & {
    constructs: ClassFacts;
  };
  const facts: ClassFacts = {
    tag: 'class',
    name,
    path: state.source.fileName,
    node,
    owner: state.unit,
    construction,
    extends: heritage(state, node, ts.SyntaxKind.ExtendsKeyword)[0],
    implements: heritage(state, node, ts.SyntaxKind.ImplementsKeyword),
    members: new Map(),
    statics: new Map(),
  };
  construction.constructs = facts;
  state.classes.set(node, facts);
  if (facts.extends) state.visit(facts.extends.expression);
  decorators(state, node);
  const staticScope = childScope(state.scope, { thisValue: { kind: 'class', of: facts } });
  if (node.name) declare(staticScope, node.name.text, node.name, { ...state.sourceOf(node) });
  const instanceScope = childScope(staticScope, {
    unit: construction,
    thisValue: { kind: 'instance', of: facts },
  });
  for (const member of node.members) bindMember(state, facts, member, { staticScope, instanceScope });
  state.finish.push(() => collectThisAssignments(state, facts));
}

function heritage(state: BindState, node: ts.ClassLikeDeclaration, token: ts.SyntaxKind): Source[] {
  return (node.heritageClauses ?? [])
    .filter(clause => clause.token === token)
    .flatMap(clause => clause.types.map(type => state.sourceOf(type.expression)));
}

function decorators(state: BindState, node: ts.Node): void {
  if (ts.canHaveDecorators(node)) ts.getDecorators(node)?.forEach(state.visit);
}

function bindMember(
  state: BindState,
  facts: ClassFacts,
  member: ts.ClassElement,
  scopes: { readonly staticScope: Scope; readonly instanceScope: Scope },
): void {
  const isStatic = hasModifier(member, ts.SyntaxKind.StaticKeyword);
  decorators(state, member);
  if (member.name && ts.isComputedPropertyName(member.name)) state.visit(member.name.expression);
  const scope = isStatic ? scopes.staticScope : scopes.instanceScope;
  if (ts.isClassStaticBlockDeclaration(member)) {
    state.at({ scope: childScope(scopes.staticScope) }, () => bindStatements(state, member.body.statements));
  } else if (ts.isPropertyDeclaration(member)) {
    if (!hasModifier(member, ts.SyntaxKind.DeclareKeyword)) bindField(state, facts, member, scope, isStatic);
  } else if (ts.isConstructorDeclaration(member)) {
    if (member.body) bindConstructor(state, facts, member, scopes.instanceScope);
  } else if (isMethodLike(member) && member.body) {
    bindMethod(state, facts, member, isStatic, scopes.staticScope);
  }
}

function isMethodLike(
  member: ts.ClassElement,
): member is ts.MethodDeclaration | ts.GetAccessorDeclaration | ts.SetAccessorDeclaration {
  return ts.isMethodDeclaration(member) || ts.isAccessor(member);
}

function bindMethod(
  state: BindState,
  facts: ClassFacts,
  member: ts.MethodDeclaration | ts.AccessorDeclaration,
  isStatic: boolean,
  scope: Scope,
): void {
  for (const parameter of member.parameters) decorators(state, parameter);
  state.at({ scope, guard: undefined, conditional: false }, () => {
    const name = staticName(member.name) ?? 'method';
    const unit = bindFunction(state, member, name, {
      thisValue: { kind: isStatic ? 'class' : 'instance', of: facts },
    });
    if (ts.isAccessor(member)) state.accessorNames.add(name);
    const kind = ts.isGetAccessor(member) ? 'getter' : ts.isSetAccessor(member) ? 'setter' : 'method';
    addMember(isStatic ? facts.statics : facts.members, name, { kind, unit });
  });
}

function bindField(
  state: BindState,
  facts: ClassFacts,
  member: ts.PropertyDeclaration,
  scope: Scope,
  isStatic: boolean,
): void {
  const members = isStatic ? facts.statics : facts.members;
  const name = staticName(member.name) ?? '*';
  const typed = declaredType(member.type, scope);
  if (typed) addMember(members, name, { kind: 'value', source: typed });
  const { initializer } = member;
  if (!initializer) return;
  const position = isStatic ? { scope } : { scope, guard: undefined, conditional: false };
  state.at(position, () => {
    addMember(members, name, { kind: 'value', source: state.sourceOf(initializer) });
    state.visit(initializer);
  });
}

function bindConstructor(
  state: BindState,
  facts: ClassFacts,
  member: ts.ConstructorDeclaration,
  scope: Scope,
): void {
  for (const parameter of member.parameters) decorators(state, parameter);
  state.at({ scope }, () => {
    bindFunction(state, member, facts.name, {
      unit: facts.construction,
      thisValue: { kind: 'instance', of: facts },
    });
  });
  for (const parameter of member.parameters) {
    if (!ts.isParameterPropertyDeclaration(parameter, member) || !ts.isIdentifier(parameter.name)) continue;
    const source = { expression: parameter, scope, path: [] };
    addMember(facts.members, parameter.name.text, { kind: 'value', source });
  }
}

/** `this.name = value` anywhere in the class is one more value of the field. */
function collectThisAssignments(state: BindState, facts: ClassFacts): void {
  for (const { target, value, scope } of state.assignments) {
    if (!ts.isPropertyAccessExpression(target)) continue;
    const object = unwrap(target.expression);
    if (object.kind !== ts.SyntaxKind.ThisKeyword) continue;
    const thisValue = thisValueOf(scope);
    if (thisValue?.kind === 'unknown' || thisValue?.kind === 'object' || thisValue?.of !== facts) continue;
    const members = thisValue.kind === 'class' ? facts.statics : facts.members;
    addMember(members, target.name.text, { kind: 'value', source: { expression: value, scope, path: [] } });
  }
}

/** What `this` means in a scope. */
export function thisValueOf(scope: Scope): Scope['thisValue'] {
  let at: Scope | undefined = scope;
  while (at && !at.thisValue) at = at.parent;
  return at?.thisValue;
}

function addMember(members: Map<string, Member[]>, name: string, member: Member): void {
  const known = members.get(name);
  if (known) known.push(member);
  else members.set(name, [member]);
}
