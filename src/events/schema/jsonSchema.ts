/**
 * What the schemas of events are written in: the part of JSON Schema that types of TypeScript come to.
 * https://json-schema.org/draft-07/json-schema-validation
 */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: JsonTypeName | readonly JsonTypeName[];
  readonly const?: string | number;
  readonly enum?: readonly (string | number | null)[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly description?: string;
}

export type JsonTypeName = 'string' | 'number' | 'boolean' | 'null' | 'array' | 'object';

/** What `schemas/event.schema.json` has for each kind of event, and what these refer to. */
export interface EventSchemas {
  readonly definitions: Readonly<Record<string, JsonSchema>>;
}
