import type { Placeholder } from '../../model/placeholder.ts';
import { type DocNode, rangeOf } from '../document/sourceDocument.ts';
import type { Evaluate, Scope } from './scope.ts';
import {
  isUnresolved,
  items,
  list,
  numberOf,
  placeholdersIn,
  placeholdersOf,
  scalar,
  text,
  toJson,
  unresolved,
  type Value,
} from './value.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-sub.html */
export function substitute(argument: DocNode, call: DocNode, scope: Scope, evaluate: Evaluate): Value {
  const [template, variables] = argument.kind === 'seq' ? argument.items : [argument];
  const written = template && evaluate(template);
  const pattern = text(written);
  if (!template || pattern === undefined)
    return invalid('Fn::Sub', 'a string, or a list of a string and a map', call, scope);
  const placeholders: Placeholder[] = [...placeholdersOf(written)];
  const resolved = pattern.replace(/\$\{(!?)([^{}]*)\}/g, (whole, literal: string, inner: string) => {
    if (literal) return `\${${inner}}`;
    const name = inner.trim();
    const own = variables?.kind === 'map' ? variables.entries.get(name)?.value : undefined;
    const value = own ? evaluate(own) : lookUp(name, template, scope);
    if (!value) {
      if (name === 'AWS::NoValue') return '';
      scope.problems.error(
        `Fn::Sub uses \${${name}}, which is neither a parameter nor a resource of this template. Correct the name, or write \${!${name}} for the plain text.`,
        rangeOf(template),
      );
      const unknown = unresolved(`Fn::Sub ${name}`, `The template defines no ${name}.`, template);
      placeholders.push(...placeholdersOf(unknown));
      return String(unknown.value);
    }
    placeholders.push(...placeholdersOf(value));
    return text(value) ?? whole;
  });
  return scalar(resolved, call, placeholders);
}

function lookUp(name: string, place: DocNode, scope: Scope): Value | undefined {
  const dot = name.indexOf('.');
  if (dot === -1) return scope.ref(name, place);
  return scope.attribute(name.slice(0, dot), name.slice(dot + 1), place);
}

export function join(argument: DocNode, call: DocNode, scope: Scope, evaluate: Evaluate): Value {
  const [delimiterNode, partsNode] = argument.kind === 'seq' ? argument.items : [];
  const delimiter = text(delimiterNode && evaluate(delimiterNode));
  const parts = partsNode && evaluate(partsNode);
  if (delimiter === undefined || !parts)
    return invalid('Fn::Join', 'a delimiter and a list of strings', call, scope);
  if (parts.kind === 'scalar' && isUnresolved(parts)) return scalar(parts.value, call, placeholdersOf(parts));
  if (parts.kind !== 'list') return invalid('Fn::Join', 'a delimiter and a list of strings', call, scope);
  return scalar(
    parts.items.map(part => text(part) ?? '').join(delimiter),
    call,
    parts.items.flatMap(placeholdersOf),
  );
}

export function split(argument: DocNode, call: DocNode, scope: Scope, evaluate: Evaluate): Value {
  const [delimiterNode, sourceNode] = argument.kind === 'seq' ? argument.items : [];
  const delimiter = text(delimiterNode && evaluate(delimiterNode));
  const source = sourceNode && evaluate(sourceNode);
  const whole = text(source);
  if (delimiter === undefined || whole === undefined)
    return invalid('Fn::Split', 'a delimiter and a string', call, scope);
  const unknown = placeholdersOf(source);
  return list(
    splitAround(whole, delimiter, unknown).map(part =>
      scalar(
        part,
        call,
        unknown.filter(p => part.includes(p.text)),
      ),
    ),
    call,
  );
}

/** A delimiter inside of a placeholder's own text is no delimiter. */
function splitAround(whole: string, delimiter: string, unknown: readonly Placeholder[]): readonly string[] {
  const hidden = unknown.reduce(
    (text, { text: own }, index) => text.replaceAll(own, `\u0000${index}\u0000`),
    whole,
  );
  const parts = delimiter === '' ? [hidden] : hidden.split(delimiter);
  return parts.map(part =>
    unknown.reduce((text, { text: own }, index) => text.replaceAll(`\u0000${index}\u0000`, own), part),
  );
}

export function select(argument: DocNode, call: DocNode, scope: Scope, evaluate: Evaluate): Value {
  const [indexNode, choicesNode] = argument.kind === 'seq' ? argument.items : [];
  const index = numberOf(indexNode && evaluate(indexNode));
  const choices = choicesNode && evaluate(choicesNode);
  if (choices?.kind === 'scalar' && isUnresolved(choices)) return choices;
  if (index === undefined || choices?.kind !== 'list')
    return invalid('Fn::Select', 'an index and a list', call, scope);
  const chosen = choices.items[index];
  if (chosen) return chosen;
  if (choices.items.some(isUnresolved)) {
    return unresolved(`Fn::Select ${index}`, 'The list that it selects from is not known.', call);
  }
  if (choices.items.length === 1 && choicesNode?.kind === 'map' && choicesNode.entries.has('Fn::Split')) {
    // A resource is called by its logical id here, and by an ARN or a longer id once it is deployed.
    return unresolved(`Fn::Select ${index}`, 'The text that it splits is another one once deployed.', call);
  }
  scope.problems.error(
    `Fn::Select asks for item ${index} (they count from 0) of a list of ${choices.items.length}. Use a smaller index.`,
    rangeOf(call),
  );
  return unresolved(`Fn::Select ${index}`, `The list has ${choices.items.length} items.`, call);
}

export function base64(argument: DocNode, call: DocNode, scope: Scope, evaluate: Evaluate): Value {
  const value = evaluate(argument);
  const plain = text(value);
  if (plain === undefined) return invalid('Fn::Base64', 'a string', call, scope);
  if (isUnresolved(value)) return unresolved('Fn::Base64', 'The text that it encodes is not known.', call);
  return scalar(Buffer.from(plain).toString('base64'), call);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-length.html */
export function length(argument: DocNode, call: DocNode, scope: Scope, evaluate: Evaluate): Value {
  const value = evaluate(argument);
  if (value?.kind === 'list') return scalar(items(value).length, call);
  if (isUnresolved(value)) return unresolved('Fn::Length', 'The list that it counts is not known.', call);
  return invalid('Fn::Length', 'a list', call, scope);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-ToJsonString.html */
export function toJsonString(argument: DocNode, call: DocNode, scope: Scope, evaluate: Evaluate): Value {
  const value = evaluate(argument);
  if (!value || value.kind === 'scalar') return invalid('Fn::ToJsonString', 'a list or a map', call, scope);
  return scalar(JSON.stringify(toJson(value)), call, placeholdersIn(value));
}

function invalid(name: string, takes: string, call: DocNode, scope: Scope): Value {
  scope.problems.error(`${name} takes ${takes}.`, rangeOf(call));
  return unresolved(name, `It takes ${takes}.`, call);
}
