import { isDeepStrictEqual } from 'node:util';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';

/** What a new set of definitions means for the functions that were there. */
export interface RegistryChange {
  readonly functions: ReadonlyMap<string, FunctionDefinition>;
  /** Names whose definition is another one, or is gone: their environments are out of date. */
  readonly outdated: readonly string[];
  /** Whether anything was added, removed or changed. */
  readonly changed: boolean;
}

/**
 * Compares the workspace's functions with those known so far. A definition that says the same keeps its
 * identity, wherever in the template it has moved.
 */
export function updateFunctions(
  known: ReadonlyMap<string, FunctionDefinition>,
  definitions: readonly FunctionDefinition[],
): RegistryChange {
  const functions = new Map(
    definitions.map(definition => {
      const earlier = known.get(definition.name);
      return [definition.name, earlier && saysTheSame(earlier, definition) ? earlier : definition];
    }),
  );
  const outdated = [...known]
    .filter(([name, earlier]) => functions.get(name) !== earlier)
    .map(([name]) => name);
  return { functions, outdated, changed: outdated.length > 0 || functions.size !== known.size };
}

function saysTheSame(a: FunctionDefinition, b: FunctionDefinition): boolean {
  return isDeepStrictEqual({ ...a, definedAt: undefined }, { ...b, definedAt: undefined });
}
