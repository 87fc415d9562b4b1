import type { Placeholder } from '../../model/placeholder.ts';
import { type DocNode, type MapNode, rangeOf, type ScalarNode } from '../document/sourceDocument.ts';
import { evaluateCondition, isConditionFunction } from './conditions.ts';
import { findInMap, getAttribute, importValue, reference } from './lookups.ts';
import { availabilityZones, cidr } from './network.ts';
import type { Evaluate, Intrinsic, Scope } from './scope.ts';
import { base64, join, length, select, split, substitute, toJsonString } from './strings.ts';
import { list, type MapValueEntry, scalar, unresolved, type Value } from './value.ts';

/**
 * The value of a node with every intrinsic function in it evaluated. Undefined stands for `AWS::NoValue`:
 * whatever holds it leaves it out. What cannot be known becomes a placeholder.
 */
export function evaluate(node: DocNode, scope: Scope): Value | undefined {
  const again: Evaluate = inner => evaluate(inner, scope);
  if (node.kind === 'scalar') return scalar(node.value, node, node.placeholders ?? dynamicReferences(node));
  if (node.kind === 'seq') {
    return list(
      node.items.map(again).filter(item => item !== undefined),
      node,
    );
  }
  const call = intrinsicCall(node);
  if (call) return call.run(call.argument, node, scope, again);
  const entries = new Map<string, MapValueEntry>();
  for (const [name, entry] of node.entries) {
    const value = again(entry.value);
    if (value) entries.set(name, { key: entry.key, value });
  }
  return { kind: 'map', entries, place: node };
}

/**
 * `{{resolve:ssm:/path}}` and its like, which stay as they are until a deployment.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
function dynamicReferences(node: ScalarNode): readonly Placeholder[] {
  if (typeof node.value !== 'string' || !node.value.includes('{{resolve:')) return [];
  const found = node.value.match(/\{\{resolve:(?:ssm|ssm-secure|secretsmanager):[^}]+\}\}/g) ?? [];
  return found.map(text => ({
    text,
    reason: 'CloudFormation looks this up at deployment.',
    range: rangeOf(node),
  }));
}

/** A map of one key that names a function is a call of that function. */
function intrinsicCall(node: MapNode): { run: Intrinsic; argument: DocNode } | undefined {
  if (node.entries.size !== 1) return undefined;
  for (const [name, entry] of node.entries) {
    const run = intrinsics[name];
    if (run) return { run, argument: entry.value };
    if (isConditionFunction(name)) return { run: conditionAsValue, argument: entry.value };
    if (name.startsWith('Fn::')) return { run: unknownFunction, argument: entry.value };
  }
  return undefined;
}

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: reference,
  'Fn::GetAtt': getAttribute,
  'Fn::FindInMap': findInMap,
  'Fn::ImportValue': importValue,
  'Fn::Sub': substitute,
  'Fn::Join': join,
  'Fn::Split': split,
  'Fn::Select': select,
  'Fn::Base64': base64,
  'Fn::Length': length,
  'Fn::ToJsonString': toJsonString,
  'Fn::GetAZs': availabilityZones,
  'Fn::Cidr': cidr,
  'Fn::If': choose,
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-conditions.html */
function choose(argument: DocNode, call: DocNode, scope: Scope, evaluate: Evaluate): Value | undefined {
  const [condition, whenTrue, whenFalse] = argument.kind === 'seq' ? argument.items : [];
  if (condition?.kind !== 'scalar' || !whenTrue || !whenFalse) {
    scope.problems.error(
      'Fn::If takes a list of three: the name of a condition, the value if it holds, the value if not.',
      rangeOf(call),
    );
    return unresolved('Fn::If', 'Its arguments are not the three that it takes.', call);
  }
  const name = String(condition.value);
  const verdict = scope.condition(name, condition);
  if (verdict !== 'unknown') return evaluate(verdict ? whenTrue : whenFalse);
  return unresolved(`Fn::If ${name}`, `The condition ${name} depends on a value that is not known.`, call);
}

function conditionAsValue(_argument: DocNode, call: DocNode, scope: Scope, evaluate: Evaluate): Value {
  const verdict = evaluateCondition(call, scope, evaluate);
  if (verdict !== 'unknown') return scalar(verdict, call);
  return unresolved('condition', 'It depends on a value that is not known.', call);
}

function unknownFunction(_argument: DocNode, call: DocNode, scope: Scope): Value {
  const name = call.kind === 'map' ? ([...call.entries.keys()][0] ?? '') : '';
  scope.problems.warning(
    `${name} is not evaluated here; the value shows as unresolved. Write the value out if Lambda Lens is to know it.`,
    rangeOf(call),
  );
  return unresolved(name, `${name} is not evaluated here.`, call);
}
