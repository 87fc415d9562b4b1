import ts from 'typescript';
import type { JsonSchema } from '../../events/schema/jsonSchema.ts';

/** Types of TypeScript as JSON schemas, with the named ones among them as definitions. */
export interface SchemaWriter {
  readonly definitions: Readonly<Record<string, JsonSchema>>;
  schemaOf(type: ts.Type): JsonSchema;
}

/**
 * Reads what events are made of: objects, lists, unions and literals. Members that are not known are allowed,
 * as AWS adds some from time to time. A member that may be missing may be null and the other way round, as AWS
 * does not always do as the types say.
 */
export function createSchemaWriter(checker: ts.TypeChecker): SchemaWriter {
  const definitions: Record<string, JsonSchema> = {};

  const schemaOf = (type: ts.Type): JsonSchema => {
    const name = definitionName(type);
    if (name === undefined) return structure(type);
    if (!(name in definitions)) {
      // A type may contain itself.
      definitions[name] = {};
      definitions[name] = structure(type);
    }
    return { $ref: `#/definitions/${name}` };
  };

  const structure = (type: ts.Type): JsonSchema => {
    if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return {};
    if (type.flags & (ts.TypeFlags.Boolean | ts.TypeFlags.BooleanLiteral)) return { type: 'boolean' };
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
    if (type.flags & ts.TypeFlags.String) return { type: 'string' };
    if (type.flags & ts.TypeFlags.Number) return { type: 'number' };
    if (type.flags & ts.TypeFlags.Null) return { type: 'null' };
    if (type.isUnion()) return union(type);
    if (checker.isTupleType(type)) return { type: 'array' };
    if (checker.isArrayType(type)) {
      const [element] = checker.getTypeArguments(type as ts.TypeReference);
      return { type: 'array', ...(element === undefined ? {} : { items: schemaOf(element) }) };
    }
    if (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) return object(type);
    throw new Error(`There is no JSON schema for ${checker.typeToString(type)}`);
  };

  const union = ({ types }: ts.UnionType): JsonSchema => {
    const present = types.filter(part => !isNothing(part));
    const isLiteral = (part: ts.Type) => part.isStringLiteral() || part.isNumberLiteral();
    const isTruth = (part: ts.Type) => (part.flags & ts.TypeFlags.BooleanLiteral) !== 0;
    const literals = present.filter(isLiteral);
    const others = present.filter(part => !isLiteral(part) && !isTruth(part));
    const branches: JsonSchema[] = [
      ...(literals.length > 0 ? [oneOfLiterals(literals)] : []),
      ...(present.some(isTruth) ? [{ type: 'boolean' } as const] : []),
      ...others.map(schemaOf),
    ];
    return branches.length === 1 && branches[0] ? branches[0] : anyOf(branches);
  };

  const object = (type: ts.Type): JsonSchema => {
    const properties: Record<string, JsonSchema> = {};
    const required: string[] = [];
    for (const property of checker.getPropertiesOfType(type)) {
      const propertyType = checker.getTypeOfSymbol(property);
      if (isNothing(propertyType)) continue;
      const isOptional =
        (property.flags & ts.SymbolFlags.Optional) !== 0 ||
        (propertyType.isUnion() && propertyType.types.some(part => part.flags & ts.TypeFlags.Undefined));
      const schema = schemaOf(propertyType);
      properties[property.name] = documented(property, isOptional ? orNull(schema) : schema);
      if (!isOptional && !takesNull(schema)) required.push(property.name);
    }
    const [index] = checker.getIndexInfosOfType(type);
    const rest = index && schemaOf(index.type);
    return {
      type: 'object',
      ...(Object.keys(properties).length > 0 ? { properties } : {}),
      ...(required.length > 0 ? { required } : {}),
      ...(rest && Object.keys(rest).length > 0 ? { additionalProperties: rest } : {}),
    };
  };

  const documented = (property: ts.Symbol, schema: JsonSchema): JsonSchema => {
    const text = ts.displayPartsToString(property.getDocumentationComment(checker));
    const [description] = text.split('\n\n');
    return description ? { description: description.replaceAll('\n', ' '), ...schema } : schema;
  };

  return { definitions, schemaOf };
}

/** The name under which others may use the type; those of instantiated generics say too little. */
function definitionName(type: ts.Type): string | undefined {
  const isObject = (part: ts.Type) => (part.flags & ts.TypeFlags.Object) !== 0;
  if (type.aliasSymbol && !type.aliasTypeArguments && type.isUnion() && type.types.some(isObject)) {
    return type.aliasSymbol.name;
  }
  const isInterface = type.isClassOrInterface() && (type.typeParameters ?? []).length === 0;
  return isInterface ? type.symbol.name : undefined;
}

function isNothing(type: ts.Type): boolean {
  return (type.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Never | ts.TypeFlags.Void)) !== 0;
}

function oneOfLiterals(literals: readonly ts.Type[]): JsonSchema {
  const values = literals.flatMap(part =>
    part.isStringLiteral() || part.isNumberLiteral() ? [part.value] : [],
  );
  return values.length === 1 && values[0] !== undefined ? { const: values[0] } : { enum: values };
}

function orNull(schema: JsonSchema): JsonSchema {
  if (Object.keys(schema).length === 0 || takesNull(schema)) return schema;
  if (typeof schema.type === 'string') return { ...schema, type: [schema.type, 'null'] };
  if (schema.enum) return { ...schema, enum: [...schema.enum, null] };
  return anyOf([...(schema.anyOf ?? [schema]), { type: 'null' }]);
}

function takesNull({ type, enum: values, anyOf: branches }: JsonSchema): boolean {
  if (Array.isArray(type) ? type.includes('null') : type === 'null') return true;
  return values?.includes(null) === true || branches?.some(takesNull) === true;
}

function anyOf(branches: readonly JsonSchema[]): JsonSchema {
  if (branches.some(branch => Object.keys(branch).length === 0)) return {};
  const types = branches.flatMap(({ type, ...others }) =>
    typeof type === 'string' && Object.keys(others).length === 0 ? [type] : [],
  );
  return types.length === branches.length ? { type: types } : { anyOf: branches };
}
