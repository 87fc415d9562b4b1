import { createHash } from 'node:crypto';
import type { VersionRecord } from './records.ts';

/**
 * The same for versions between which nothing has changed that would make a new one.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html
 */
export function fingerprintOf({
  configuration,
  code,
}: Pick<VersionRecord, 'configuration' | 'code'>): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted([configuration, code?.sha256 ?? null])))
    .digest('hex');
}

/** Members in the order of their names, so that the order in which they were written does not count. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}
