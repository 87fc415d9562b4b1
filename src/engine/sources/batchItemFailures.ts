import type { InvokeOutcome } from '../invoke/invocation.ts';

/** What the function says of a batch. */
export type BatchOutcome =
  | { readonly kind: 'processed' }
  /** Nothing of it counts as processed. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** All but those. */
  | { readonly kind: 'partial'; readonly failed: ReadonlySet<string> }
  /** It did not run: that is nobody's failure. */
  | { readonly kind: 'throttled'; readonly reason: string };

/**
 * Reads the answer of a function to a batch.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
 *
 * @param ids those of the batch
 * @param reports whether the mapping has `ReportBatchItemFailures`; without it a response says nothing
 */
export function batchOutcome(
  outcome: InvokeOutcome,
  ids: ReadonlySet<string>,
  reports: boolean,
): BatchOutcome {
  if (outcome.kind === 'rejected') {
    const { name, status } = outcome.error;
    return status === 429 || status >= 500
      ? { kind: 'throttled', reason: name }
      : { kind: 'failed', reason: name };
  }
  if (outcome.functionError !== undefined) return { kind: 'failed', reason: 'The function failed.' };
  return reports ? reported(outcome.payload, ids) : { kind: 'processed' };
}

function reported(payload: Uint8Array, ids: ReadonlySet<string>): BatchOutcome {
  let response: unknown;
  try {
    response = payload.byteLength === 0 ? null : JSON.parse(new TextDecoder().decode(payload));
  } catch {
    return { kind: 'failed', reason: 'The response is no JSON.' };
  }
  if (response === null || response === '') return { kind: 'processed' };
  const failures = memberOf(response, 'batchItemFailures');
  if (failures === undefined || failures === null) return { kind: 'processed' };
  if (!Array.isArray(failures)) return { kind: 'failed', reason: 'batchItemFailures is no list.' };
  const failed = new Set<string>();
  for (const failure of failures) {
    const id = memberOf(failure, 'itemIdentifier');
    if (typeof id !== 'string' || id === '') {
      return { kind: 'failed', reason: 'A batch item failure has no itemIdentifier.' };
    }
    if (!ids.has(id)) {
      return { kind: 'failed', reason: `The itemIdentifier ${id} is none of this batch.` };
    }
    failed.add(id);
  }
  return failed.size === 0 ? { kind: 'processed' } : { kind: 'partial', failed };
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
