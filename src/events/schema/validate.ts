import type { Json } from '../../model/resource.ts';
import { memberPath } from '../jsonPath.ts';
import { recogniseKind } from '../kinds.ts';
import type { EventSchemas, JsonSchema, JsonTypeName } from './jsonSchema.ts';

/** Something about an event that its kind's events do not have. */
export interface EventProblem {
  /** As in JSONPath. */
  readonly path: string;
  /** For people: `is missing`, `should be a string`. */
  readonly message: string;
}

/**
 * What about an event is not as AWS sends it. Nothing where the event is of no kind that is known: what people
 * send themselves looks as they like.
 */
export function validateEvent(event: Json, schemas: EventSchemas): readonly EventProblem[] {
  const kind = recogniseKind(event);
  return kind ? validate({ $ref: `#/definitions/${kind.kind}` }, event, schemas) : [];
}

/** @throws Error where the schema refers to a definition that there is none of. */
export function validate(
  schema: JsonSchema,
  value: Json,
  schemas: EventSchemas,
  path = '$',
): readonly EventProblem[] {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace('#/definitions/', '');
    const definition = schemas.definitions[name];
    if (!definition) throw new Error(`There is no definition ${name}`);
    return validate(definition, value, schemas, path);
  }
  return [
    ...checkType(schema, value, path),
    ...checkValue(schema, value, path),
    ...checkBranches(schema, value, schemas, path),
    ...checkMembers(schema, value, schemas, path),
    ...checkItems(schema, value, schemas, path),
  ];
}

function checkType({ type }: JsonSchema, value: Json, path: string): readonly EventProblem[] {
  if (type === undefined) return [];
  const types: readonly JsonTypeName[] = typeof type === 'string' ? [type] : type;
  return types.includes(typeOf(value))
    ? []
    : [{ path, message: `should be ${types.map(named).join(' or ')}` }];
}

function checkValue(schema: JsonSchema, value: Json, path: string): readonly EventProblem[] {
  const values = schema.const === undefined ? schema.enum : [schema.const];
  if (!values || values.some(allowed => allowed === value)) return [];
  return [{ path, message: `should be ${values.map(allowed => JSON.stringify(allowed)).join(' or ')}` }];
}

/** Of several possibilities, the one that is nearest tells what is wrong. */
function checkBranches(
  { anyOf }: JsonSchema,
  value: Json,
  schemas: EventSchemas,
  path: string,
): readonly EventProblem[] {
  if (!anyOf) return [];
  const tried = anyOf.map(branch => validate(branch, value, schemas, path));
  return tried.reduce((best, problems) => (problems.length < best.length ? problems : best));
}

function checkMembers(
  { properties = {}, required = [], additionalProperties }: JsonSchema,
  value: Json,
  schemas: EventSchemas,
  path: string,
): readonly EventProblem[] {
  if (typeOf(value) !== 'object') return [];
  const object = value as { readonly [name: string]: Json };
  const missing = required
    .filter(name => !Object.hasOwn(object, name))
    .map(name => ({ path: memberPath(path, name), message: 'is missing' }));
  const present = Object.entries(object).flatMap(([name, member]) => {
    const schema = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    return schema ? validate(schema, member, schemas, memberPath(path, name)) : [];
  });
  return [...missing, ...present];
}

function checkItems(
  { items }: JsonSchema,
  value: Json,
  schemas: EventSchemas,
  path: string,
): readonly EventProblem[] {
  if (!items || !Array.isArray(value)) return [];
  return value.flatMap((item, index) => validate(items, item, schemas, `${path}[${index}]`));
}

function typeOf(value: Json): JsonTypeName {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value as JsonTypeName;
}

function named(type: JsonTypeName): string {
  if (type === 'null') return 'null';
  return type === 'array' || type === 'object' ? `an ${type}` : `a ${type}`;
}
