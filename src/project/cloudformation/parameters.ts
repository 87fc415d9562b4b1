import { type DocNode, descendant, textOf } from '../document/sourceDocument.ts';
import { evaluate } from '../intrinsics/evaluate.ts';
import type { Scope } from '../intrinsics/scope.ts';
import { list, placeholdersOf, scalar, text, unresolved, type Value } from '../intrinsics/value.ts';
import type { TemplateInputs } from './inputs.ts';

/**
 * What a parameter comes to: the value given to the stack, else its default.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function evaluateParameter(
  name: string,
  definition: DocNode,
  place: DocNode,
  inputs: TemplateInputs,
  scope: Scope,
): Value {
  const type = textOf(descendant(definition, 'Type')) ?? 'String';
  const fallback = descendant(definition, 'Default');
  const given = inputs.parameter(name) ?? (fallback && evaluate(fallback, scope));
  if (!given) {
    return unresolved(
      `Ref ${name}`,
      `The parameter ${name} has no default and no value. Give it a Default, or a value under parameter_overrides in samconfig.toml.`,
      place,
    );
  }
  if (type.startsWith('AWS::SSM::Parameter::Value<')) {
    return unresolved(
      `Ref ${name}`,
      `The parameter ${name} is read from ${text(given) ?? 'the Parameter Store'} at deployment.`,
      place,
    );
  }
  if (given.kind !== 'scalar') return given;
  const unknown = placeholdersOf(given);
  if (unknown.length > 0 || (type !== 'CommaDelimitedList' && !type.startsWith('List<'))) {
    return scalar(given.value, place, unknown);
  }
  const parts = given.value === '' || given.value === null ? [] : String(given.value).split(',');
  return list(
    parts.map(part => scalar(part.trim(), place)),
    place,
  );
}
