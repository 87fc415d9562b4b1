import type { FunctionDefinition, ProjectModel, ProjectProblem } from '../../model/functionDefinition.ts';
import type { SourceRange } from '../../model/source.ts';

/**
 * The problem by which the reader says that a function's source file was not found. A function whose code is
 * not in the workspace has no source file either, but no such problem.
 */
export function missingFileProblem(
  definition: FunctionDefinition,
  { problems }: Pick<ProjectModel, 'problems'>,
): ProjectProblem | undefined {
  if (definition.entryFile !== undefined || definition.handler === '') return undefined;
  const place = definition.ranges?.handler ?? definition.definedAt;
  return problems.find(
    ({ range, message }) =>
      range !== undefined && isSame(range, place) && message.includes(definition.handler),
  );
}

function isSame(a: SourceRange, b: SourceRange): boolean {
  return (
    a.file === b.file &&
    a.startLine === b.startLine &&
    a.startColumn === b.startColumn &&
    a.endLine === b.endLine &&
    a.endColumn === b.endColumn
  );
}
