import type { ProjectProblem } from '../model/functionDefinition.ts';
import type { SourceRange } from '../model/source.ts';

/** Collects what a reader could not read. The same sentence at the same place is kept once. */
export interface Problems {
  error(message: string, range?: SourceRange): void;
  warning(message: string, range?: SourceRange): void;
  info(message: string, range?: SourceRange): void;
  all(): readonly ProjectProblem[];
}

/** A broken file can be wrong in every line; nobody reads more than this of it. */
const maximumProblems = 1_000;

export function createProblems(): Problems {
  const problems = new Map<string, ProjectProblem>();
  const add = (severity: ProjectProblem['severity']) => (message: string, range?: SourceRange) => {
    if (problems.size >= maximumProblems) return;
    const place = range ? `${range.file}:${range.startLine}:${range.startColumn}` : '';
    problems.set(`${place} ${message}`, { severity, message, ...(range && { range }) });
  };
  return {
    error: add('error'),
    warning: add('warning'),
    info: add('info'),
    all: () => [...problems.values()],
  };
}
