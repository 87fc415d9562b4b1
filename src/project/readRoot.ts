import { createProblems, type Problems } from './problems.ts';
import { nothing, type Reading, type ReadingContent, recordDependencies } from './reading.ts';
import type { RootRequest } from './rootRequest.ts';

/** Reads one root, and says why where there is nothing in it. */
export type ReadContent = (
  file: string,
  request: RootRequest,
  problems: Problems,
) => Promise<ReadingContent | 'broken' | 'not a template'>;

/** What a root comes to, with what was wrong with it and what it was read from. */
export async function readRoot(file: string, request: RootRequest, read: ReadContent): Promise<Reading> {
  const recorder = recordDependencies(request.files);
  const problems = createProblems();
  const outcome = await read(file, { ...request, files: recorder.files }, problems);
  return {
    file,
    state: typeof outcome === 'string' ? outcome : 'read',
    content: typeof outcome === 'string' ? nothing : outcome,
    problems: problems.all(),
    dependencies: recorder.dependencies,
  };
}
