import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { recogniseKind } from '../events/kinds.ts';
import type { EventSchemas } from '../events/schema/jsonSchema.ts';
import { validateEvent } from '../events/schema/validate.ts';
import type { Json } from '../model/resource.ts';
import type { CliIo } from './io.ts';

/** How many warnings an event gets at most: the first tell what is wrong with it as a whole. */
const mostWarnings = 3;

/** What the events of each kind look like; it lies beside the bundles. */
export async function readEventSchemas({
  distDirectory,
}: Pick<CliIo, 'distDirectory'>): Promise<EventSchemas> {
  const file = join(distDirectory, '..', 'schemas', 'event.schema.json');
  return JSON.parse(await readFile(file, 'utf8')) as EventSchemas;
}

/** One line for each thing about an event that AWS does not send so. */
export function eventWarnings(file: string, event: Json, schemas: EventSchemas): readonly string[] {
  const kind = recogniseKind(event);
  return validateEvent(event, schemas)
    .slice(0, mostWarnings)
    .map(({ path, message }) => `${file}: ${path} ${message} in an event of ${kind?.title}.`);
}
