import type { NormalizedSchema } from '@smithy/core/schema';

/** A member of a JSON body is not of the type that the model says. */
export class WrongType extends Error {}

/**
 * What is wrong with the types in a JSON body, in the words of the framework in front of AWS's services.
 *
 * @param value as it was parsed; members that the model does not know are not looked at
 * @throws WrongType
 */
export function checkTypes(schema: NormalizedSchema, value: unknown): void {
  if (value === null || value === undefined || schema.isDocumentSchema()) return;
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) throw new WrongType('Expected list or null');
    for (const element of value) checkTypes(schema.getValueSchema(), element);
  } else if (schema.isMapSchema()) {
    for (const member of Object.values(objectOf(value))) checkTypes(schema.getValueSchema(), member);
  } else if (schema.isStructSchema() || schema.isUnionSchema()) {
    const members = objectOf(value);
    for (const [name, member] of schema.structIterator()) {
      // What `{}` inherits is none of its members.
      if (Object.hasOwn(members, name)) checkTypes(member, members[name]);
    }
  } else if (schema.isStringSchema() || schema.isBlobSchema()) {
    if (typeof value !== 'string') throw new WrongType(`${tokenOf(value)} can not be converted to a String`);
  } else if (schema.isBooleanSchema()) {
    if (typeof value !== 'boolean')
      throw new WrongType(`${tokenOf(value)} can not be converted to a Boolean`);
  } else if (schema.isNumericSchema() && typeof value !== 'number') {
    throw new WrongType(`${tokenOf(value)} can not be converted to a Number`);
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new WrongType(`Unexpected ${tokenOf(value)}: expected a structure or a map`);
  }
  return value as Readonly<Record<string, unknown>>;
}

/** As the parser of AWS's services calls it. */
function tokenOf(value: unknown): string {
  if (Array.isArray(value)) return 'START_ARRAY';
  switch (typeof value) {
    case 'string':
      return 'STRING_VALUE';
    case 'number':
      return 'NUMBER_VALUE';
    case 'boolean':
      return value ? 'TRUE_VALUE' : 'FALSE_VALUE';
    default:
      return 'START_OBJECT';
  }
}
