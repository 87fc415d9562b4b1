import type { Difference } from '../events/expectation/compare.ts';
import type { SavedTest } from './testFiles.ts';

/** How a saved event with an expectation went. */
export interface TestResult {
  readonly test: SavedTest;
  readonly durationMs: number;
  /** The end of the function's log; empty where it was not invoked. */
  readonly log: string;
  readonly outcome: TestOutcome;
}

export type TestOutcome =
  | { readonly kind: 'passed' }
  /** The expectation was written anew. */
  | { readonly kind: 'updated' }
  | { readonly kind: 'failed'; readonly message: string; readonly differences: readonly Difference[] }
  /** It could not be told: a file that cannot be used, or a function that cannot be invoked. */
  | { readonly kind: 'broken'; readonly message: string };

/** How many results are of a kind. */
export function countOf(results: readonly TestResult[], kind: TestOutcome['kind']): number {
  return results.filter(({ outcome }) => outcome.kind === kind).length;
}
