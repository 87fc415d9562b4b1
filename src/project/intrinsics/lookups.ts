import { type DocNode, rangeOf } from '../document/sourceDocument.ts';
import type { Evaluate, Scope } from './scope.ts';
import { isUnresolved, text, unresolved, type Value } from './value.ts';

/** `AWS::NoValue` comes back as undefined. */
export function reference(argument: DocNode, call: DocNode, scope: Scope): Value | undefined {
  if (argument.kind !== 'scalar') return invalid('Ref', 'the name of a parameter or a resource', call, scope);
  const name = String(argument.value);
  if (name === 'AWS::NoValue') return undefined;
  return scope.ref(name, call) ?? missing('Ref', name, argument, call, scope);
}

export function getAttribute(
  argument: DocNode,
  call: DocNode,
  scope: Scope,
  evaluate: Evaluate,
): Value | undefined {
  const written = argument.kind === 'scalar' ? splitOnce(String(argument.value)) : undefined;
  const [resourceNode, attributeNode] = argument.kind === 'seq' ? argument.items : [];
  const logicalId = written?.[0] ?? text(resourceNode && evaluate(resourceNode));
  const attribute = written?.[1] ?? text(attributeNode && evaluate(attributeNode));
  if (logicalId === undefined || attribute === undefined) {
    return invalid('Fn::GetAtt', 'a resource and one of its attributes', call, scope);
  }
  return (
    scope.attribute(logicalId, attribute, call) ??
    missing('Fn::GetAtt', logicalId, resourceNode ?? argument, call, scope)
  );
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-findinmap.html */
export function findInMap(
  argument: DocNode,
  call: DocNode,
  scope: Scope,
  evaluate: Evaluate,
): Value | undefined {
  const parts = argument.kind === 'seq' ? argument.items : [];
  const options = parts[3];
  const keys = parts.slice(0, 3).map(evaluate);
  const [name, top, second] = keys.map(text);
  if (name === undefined || top === undefined || second === undefined) {
    return invalid('Fn::FindInMap', 'a mapping, a top-level key and a second-level key', call, scope);
  }
  if (keys.some(isUnresolved)) {
    return unresolved(`Fn::FindInMap ${name}`, 'One of its keys is not known.', call);
  }
  const row = scope.mapping(name)?.entries.get(top)?.value;
  const found = row?.kind === 'map' ? row.entries.get(second)?.value : undefined;
  if (found) return evaluate(found);
  const fallback = options?.kind === 'map' ? options.entries.get('DefaultValue')?.value : undefined;
  if (fallback) return evaluate(fallback);
  scope.problems.error(
    `Mappings has no ${name} → ${top} → ${second}. Add it, or look up another key.`,
    rangeOf(call),
  );
  return unresolved(`Fn::FindInMap ${name}`, `Mappings has no ${name} → ${top} → ${second}.`, call);
}

/** An export belongs to a stack that is deployed: nothing here can know it. */
export function importValue(argument: DocNode, call: DocNode, _scope: Scope, evaluate: Evaluate): Value {
  const name = text(evaluate(argument)) ?? '';
  return unresolved(
    `Fn::ImportValue ${name}`,
    `The value is exported by a deployed stack as ${name}. Give a parameter a default instead if it is to be known here.`,
    call,
  );
}

function missing(name: string, target: string, at: DocNode, call: DocNode, scope: Scope): Value {
  scope.problems.error(
    `${name} names ${target}, which is neither a parameter nor a resource of this template. Correct the name, or define it.`,
    rangeOf(at),
  );
  return unresolved(`${name} ${target}`, `The template defines no ${target}.`, call);
}

function invalid(name: string, takes: string, call: DocNode, scope: Scope): Value {
  scope.problems.error(`${name} takes ${takes}.`, rangeOf(call));
  return unresolved(name, `It takes ${takes}.`, call);
}

function splitOnce(written: string): [string, string] | undefined {
  const dot = written.indexOf('.');
  return dot === -1 ? undefined : [written.slice(0, dot), written.slice(dot + 1)];
}
