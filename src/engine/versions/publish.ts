import { conflict, invalid, type Refused, revisionMismatch } from './errors.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { VersionRecord } from './records.ts';

export interface PublishRequest {
  readonly codeSha256?: string | undefined;
  readonly description?: string | undefined;
  readonly revisionId?: string | undefined;
}

/** What there is when a version is asked for. */
export interface PublishState {
  readonly latest: VersionRecord;
  /** The number that was given out last, whether or not that version is still there; 0: none was. */
  readonly lastNumber: number;
  /** The version of that number, with what `$LATEST` was when it was published. */
  readonly last?: { readonly version: VersionRecord; readonly fingerprint: string } | undefined;
}

export type PublishDecision =
  /** Nothing has changed since: the version that there is. */
  | { readonly kind: 'unchanged'; readonly version: VersionRecord }
  | { readonly kind: 'published'; readonly version: VersionRecord; readonly fingerprint: string }
  | Refused;

/**
 * https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html
 *
 * @param revisionId for the new version
 * @param now epoch milliseconds
 */
export function decidePublish(
  { latest, lastNumber, last }: PublishState,
  request: PublishRequest,
  revisionId: string,
  now: number,
): PublishDecision {
  const { code } = latest;
  if (code === undefined) {
    return conflict(
      `The operation cannot be performed at this time. The function is currently in the following state: Failed. ${latest.failure ?? 'It has no code yet.'}`,
    );
  }
  if (request.revisionId !== undefined && request.revisionId !== latest.revisionId) {
    return revisionMismatch('GetFunction/GetAlias');
  }
  if (request.codeSha256 !== undefined && request.codeSha256 !== '' && request.codeSha256 !== code.sha256) {
    return invalid(
      `CodeSHA256 (${request.codeSha256}) is different from current CodeSHA256 in $LATEST (${code.sha256}). Please try again with the CodeSHA256 in $LATEST.`,
    );
  }
  const fingerprint = fingerprintOf(latest);
  if (last?.fingerprint === fingerprint) return { kind: 'unchanged', version: last.version };
  const { failure: _failure, ...published } = latest;
  return {
    kind: 'published',
    fingerprint,
    version: {
      ...published,
      number: lastNumber + 1,
      configuration:
        request.description === undefined
          ? latest.configuration
          : { ...latest.configuration, description: request.description },
      revisionId,
      modifiedAt: now,
    },
  };
}
