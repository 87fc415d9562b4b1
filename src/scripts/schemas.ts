// `npm run schemas` writes schemas/event.schema.json: what events look like, by kind, from the types of
// src/events/eventTypes.ts, with the samples as snippets. VS Code completes and checks saved events by it.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { eventKinds, type KindDefinition, type Sign } from '../events/kinds.ts';
import { sampleEvents } from '../events/samples/library.ts';
import type { JsonSchema } from '../events/schema/jsonSchema.ts';
import { correct } from './schemas/corrections.ts';
import { createSchemaWriter } from './schemas/typeToSchema.ts';

const root = join(import.meta.dirname, '..', '..');

/** Where the schemas are, and what is in them. */
export const eventSchemaFile = 'schemas/event.schema.json';

/** The text of schemas/event.schema.json. */
export function renderEventSchema(): string {
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'An event that a Lambda function is invoked with',
    $comment: 'Written by npm run schemas.',
    defaultSnippets: sampleEvents.map(({ id, kind, title, build }) => ({
      label: `${titleOf(kind)}: ${title}`,
      description: id,
      bodyText: snippetText(JSON.stringify(build(), undefined, '\t')),
    })),
    ...eventKinds.reduceRight<object>(
      (otherwise, kind) => ({
        if: { allOf: kind.signs.map(condition) },
        // biome-ignore lint/suspicious/noThenProperty: JSON Schema calls it so
        then: { $ref: `#/definitions/${kind.kind}` },
        ...(Object.keys(otherwise).length === 0 ? {} : { else: otherwise }),
      }),
      {},
    ),
    definitions: definitions(),
  };
  return `${JSON.stringify(schema, undefined, 1)}\n`;
}

function definitions(): Readonly<Record<string, JsonSchema>> {
  const file = join(root, 'src', 'events', 'eventTypes.ts');
  const program = ts.createProgram([file], {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: [],
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const types = source?.statements.find(
    statement => ts.isInterfaceDeclaration(statement) && statement.name.text === 'EventTypes',
  );
  if (!types) throw new Error(`${file} has no interface EventTypes`);
  const members = checker.getPropertiesOfType(checker.getTypeAtLocation(types));
  const writer = createSchemaWriter(checker);
  const kinds = members.map(member => {
    const schema = writer.schemaOf(checker.getTypeOfSymbol(member));
    return [member.name, { title: titleOf(member.name), ...schema }] as const;
  });
  for (const [kind] of kinds) {
    if (kind in writer.definitions) throw new Error(`${kind} is the name of a type already`);
  }
  return correct({ ...Object.fromEntries(kinds), ...writer.definitions });
}

/** The sign of a kind as a schema that only events with the sign match. */
function condition({ path, equals }: Sign): object {
  const [name = '', ...rest] = path;
  const inner =
    rest.length > 0 ? condition({ path: rest, ...(equals === undefined ? {} : { equals }) }) : value(equals);
  return name === '0'
    ? { type: 'array', minItems: 1, items: [inner] }
    : { type: 'object', required: [name], properties: { [name]: inner } };
}

function value(equals: Sign['equals']): object {
  if (equals === undefined) return {};
  return typeof equals === 'string' ? { const: equals } : { enum: equals };
}

function titleOf(kind: KindDefinition['kind'] | string): string {
  return eventKinds.find(candidate => candidate.kind === kind)?.title ?? kind;
}

/** https://code.visualstudio.com/docs/editing/userdefinedsnippets#_snippet-syntax */
function snippetText(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('$', '\\$');
}

if (import.meta.main) {
  await mkdir(join(root, 'schemas'), { recursive: true });
  await writeFile(join(root, eventSchemaFile), renderEventSchema());
}
