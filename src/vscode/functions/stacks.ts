import type { FunctionDefinition, ProjectModel } from '../../model/functionDefinition.ts';

/** A stack with its functions and with the stacks that are nested in it. */
export interface StackGroup {
  readonly id: string;
  /** The template below the root; of a nested stack, the logical id that it is nested by. */
  readonly label: string;
  /** Absolute path of the template. */
  readonly file: string;
  readonly functions: readonly FunctionDefinition[];
  readonly nested: readonly StackGroup[];
}

/**
 * The functions of a project by stack, and those of no known stack by file. Stacks without a function are
 * left out.
 * @param relativePath of an absolute path, below the root
 */
export function groupByStack(
  model: ProjectModel,
  relativePath: (file: string) => string,
): readonly StackGroup[] {
  const stacks = model.stacks ?? [];
  const known = new Set(stacks.map(({ id }) => id));
  const byGroup = Map.groupBy(model.functions, ({ stackId, definedAt }) =>
    stackId !== undefined && known.has(stackId) ? stackId : definedAt.file,
  );
  const below = (parentId: string | undefined): readonly StackGroup[] =>
    stacks
      .filter(stack => (known.has(stack.parentId ?? '') ? stack.parentId : undefined) === parentId)
      .map(({ id, file }) => ({
        id,
        label: parentId === undefined ? relativePath(file) : id.slice(id.lastIndexOf('/') + 1),
        file,
        functions: byName(byGroup.get(id) ?? []),
        nested: below(id),
      }))
      .filter(({ functions, nested }) => functions.length + nested.length > 0);
  const others = [...byGroup]
    .filter(([id]) => !known.has(id))
    .map(([file, functions]) => ({
      id: file,
      label: relativePath(file),
      file,
      functions: byName(functions),
      nested: [],
    }));
  return [...below(undefined), ...others].sort((a, b) => a.label.localeCompare(b.label));
}

function byName(functions: readonly FunctionDefinition[]): readonly FunctionDefinition[] {
  return functions.toSorted((a, b) => a.name.localeCompare(b.name));
}
