import type { JsonSchema } from '../../events/schema/jsonSchema.ts';

type Definitions = Readonly<Record<string, JsonSchema>>;

interface Correction {
  readonly definition: RegExp;
  /** Members on the way to the object. */
  readonly path: readonly string[];
  /** Members that AWS leaves out at times. */
  readonly optional?: readonly string[];
  /** Members that AWS sends as null at times. */
  readonly nullable?: readonly string[];
}

/** Where AWS sends what the types of @types/aws-lambda do not allow. A genuine event must not get a warning. */
const corrections: readonly Correction[] = [
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
  { definition: /^restApi$/, path: [], nullable: ['headers', 'multiValueHeaders'] },
  // Deletions have neither.
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
  { definition: /^S3EventRecord$/, path: ['s3', 'object'], optional: ['size', 'eTag'] },
  // Buckets without versioning.
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
  {
    definition: /^S3Object(?!DeletedNotificationEventDetail$)\w+Detail$/,
    path: ['object'],
    optional: ['version-id', 'etag', 'size'],
  },
  // Where the request has none.
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
  { definition: /^APIGatewayRequestAuthorizerEventV2$/, path: [], optional: ['cookies', 'identitySource'] },
];

/** @throws Error where a correction has become needless: there is no such definition or member. */
export function correct(definitions: Definitions): Definitions {
  const corrected: Record<string, JsonSchema> = { ...definitions };
  for (const correction of corrections) {
    const names = Object.keys(definitions).filter(name => correction.definition.test(name));
    if (names.length === 0) throw new Error(`No definition matches ${correction.definition}`);
    for (const name of names) {
      const schema = corrected[name];
      if (schema) corrected[name] = within(schema, correction.path, part => loosen(part, correction));
    }
  }
  return corrected;
}

function within(
  schema: JsonSchema,
  path: readonly string[],
  change: (part: JsonSchema) => JsonSchema,
): JsonSchema {
  const [name, ...rest] = path;
  if (name === undefined) return change(schema);
  const member = schema.properties?.[name];
  if (!member) throw new Error(`There is no member ${name}`);
  return { ...schema, properties: { ...schema.properties, [name]: within(member, rest, change) } };
}

function loosen(schema: JsonSchema, { optional = [], nullable = [] }: Correction): JsonSchema {
  const { required = [], ...rest } = schema;
  const kept = required.filter(name => !optional.includes(name));
  const properties = Object.entries(schema.properties ?? {}).map(([name, member]): [string, JsonSchema] => [
    name,
    nullable.includes(name) ? { anyOf: [member, { type: 'null' }] } : member,
  ]);
  return {
    ...rest,
    properties: Object.fromEntries(properties),
    ...(kept.length > 0 ? { required: kept } : {}),
  };
}
