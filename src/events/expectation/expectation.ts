import type { Json } from '../../model/resource.ts';
import { messageOf, UserError } from '../../shared/errors.ts';
import { compare, type Difference, describe, parse } from './compare.ts';
import { findMistakes, isObject } from './matchers.ts';

/** What an invocation is expected to come to, as `<name>.expected.json` says it. */
export interface Expectation {
  /** `error`: the function fails, with such an error. `unset`: the file is empty and to be filled in. */
  readonly kind: 'result' | 'error' | 'unset';
  readonly pattern: Json;
}

/** What an invocation came to. */
export interface Outcome {
  /** The response payload: JSON text as a rule. */
  readonly payload: string;
  /** Present where the function failed. */
  readonly functionError?: string;
}

export type Verdict =
  | { readonly kind: 'passed' }
  | {
      readonly kind: 'failed';
      /** In one sentence. */
      readonly message: string;
      readonly differences: readonly Difference[];
    };

/**
 * @param name how the file is called in messages.
 * @throws UserError where the file is no JSON, or uses a matcher wrongly.
 */
export function parseExpectation(text: string, name: string): Expectation {
  if (text.trim() === '') return { kind: 'unset', pattern: null };
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    throw new UserError(
      `${name} is not valid JSON: ${messageOf(error)}. Correct it and run the test again.`,
      {
        cause: error,
      },
    );
  }
  const isError = isObject(value) && Object.hasOwn(value, '$error');
  const [mistake] = isError
    ? [...loneError(value), ...findMistakes(errorPattern(value))]
    : findMistakes(value);
  if (mistake !== undefined) throw new UserError(`${name} cannot be used: ${mistake}.`);
  return isError ? { kind: 'error', pattern: errorPattern(value) } : { kind: 'result', pattern: value };
}

/** Whether an invocation came to what was expected, and if not, in what it differs. */
export function judge(expectation: Expectation, outcome: Outcome): Verdict {
  const actual = payloadOf(outcome);
  const failed = outcome.functionError !== undefined;
  if (expectation.kind === 'unset') return fail('Nothing is expected yet.', []);
  if (expectation.kind === 'error') {
    if (!failed) {
      const expected = `an error, ${describe(expectation.pattern)}`;
      return fail('The function was expected to fail, and did not.', [
        { path: '$', expected, actual: describe(actual) },
      ]);
    }
    return byDifferences(compare(expectation.pattern, actual), 'The function failed with another error.');
  }
  if (failed) {
    return fail(`The function failed: ${describeError(actual)}.`, [
      { path: '$', expected: describe(expectation.pattern), actual: describe(actual) },
    ]);
  }
  return byDifferences(compare(expectation.pattern, actual), 'The result is not the one that was expected.');
}

/** The response payload as data. What is no JSON, as custom runtimes may answer, is text. */
export function payloadOf({ payload }: Pick<Outcome, 'payload'>): Json {
  const parsed = parse(payload);
  return parsed ? parsed.value : payload;
}

function byDifferences(differences: readonly Difference[], message: string): Verdict {
  return differences.length === 0 ? { kind: 'passed' } : fail(message, differences);
}

function fail(message: string, differences: readonly Difference[]): Verdict {
  return { kind: 'failed', message, differences };
}

function describeError(error: Json): string {
  if (!isObject(error) || typeof error.errorMessage !== 'string') return describe(error);
  const type = typeof error.errorType === 'string' ? `${error.errorType}: ` : '';
  return `${type}${error.errorMessage}`.replace(/\.$/, '');
}

function errorPattern(value: Json): Json {
  return isObject(value) ? (value.$error ?? null) : null;
}

function loneError(value: Json): readonly string[] {
  return isObject(value) && Object.keys(value).length > 1
    ? ['$: $error stands alone, without other members beside it']
    : [];
}
