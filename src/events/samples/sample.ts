import { UserError } from '../../shared/errors.ts';
import type { EventKind, EventTypes } from '../eventTypes.ts';

/** An event as a service sends it, made from what people want to choose. */
export interface Sample {
  /** For example `s3:put`. */
  readonly id: string;
  readonly kind: EventKind;
  /** For lists: what has happened. */
  readonly title: string;
  /** What can be chosen, with what it is otherwise. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The event, JSON data. @throws UserError for a parameter that there is none of. */
  build(given?: Readonly<Record<string, string>>, place?: Partial<SamplePlace>): EventTypes[EventKind];
}

/** Where and when the event comes from. */
export interface SamplePlace {
  readonly region: string;
  readonly accountId: string;
  readonly time: Date;
}

/** Where the local service is unless it is told otherwise; its ARNs are those of the workspace's own queues. */
export const localPlace: Pick<SamplePlace, 'region' | 'accountId'> = {
  region: 'us-east-1',
  accountId: '000000000000',
};

const somewhere: SamplePlace = {
  region: 'us-east-1',
  accountId: '123456789012',
  time: new Date('2026-01-15T12:30:00.000Z'),
};

interface SampleDefinition<Kind extends EventKind, Name extends string> {
  readonly id: string;
  readonly kind: Kind;
  readonly title: string;
  readonly parameters: Readonly<Record<Name, string>>;
  readonly build: (parameters: Readonly<Record<Name, string>>, place: SamplePlace) => EventTypes[Kind];
}

/** Ties what is built to the type of its kind. */
export function defineSample<Kind extends EventKind, Name extends string>(
  definition: SampleDefinition<Kind, Name>,
): Sample {
  const { id, parameters } = definition;
  const isParameter = (name: string): name is Name => Object.hasOwn(parameters, name);
  return {
    ...definition,
    build(given = {}, place = {}) {
      const chosen: Record<Name, string> = { ...parameters };
      for (const [name, value] of Object.entries(given)) {
        if (!isParameter(name)) {
          throw new UserError(
            `The sample ${id} has no parameter ${name}. It has: ${Object.keys(parameters).join(', ')}.`,
          );
        }
        chosen[name] = value;
      }
      return definition.build(chosen, { ...somewhere, ...place });
    },
  };
}
