import type { Catalog } from './catalog.ts';
import type { Refused } from './errors.ts';
import { decidePublish, type PublishRequest } from './publish.ts';
import type { FunctionRecord, VersionRecord } from './records.ts';

/** Publishes `$LATEST` as it is at this moment, and writes what has come of it. */
export function publishVersion(
  catalog: Catalog,
  functionName: string,
  latestOf: () => FunctionRecord | undefined,
  request: PublishRequest = {},
): { readonly kind: 'published' | 'unchanged'; readonly version: VersionRecord } | Refused | undefined {
  return catalog.transaction(() => {
    const record = latestOf();
    if (!record) return undefined;
    const lastNumber = catalog.versions.lastNumber(functionName);
    const version = catalog.versions.get(functionName, lastNumber);
    const fingerprint = catalog.versions.fingerprint(functionName, lastNumber);
    const last = version && fingerprint !== undefined ? { version, fingerprint } : undefined;
    const decision = decidePublish(
      { latest: record.latest, lastNumber, last },
      request,
      catalog.ids.uuid(),
      catalog.clock.now(),
    );
    if (decision.kind !== 'published') return decision;
    catalog.versions.add(functionName, decision.version, decision.fingerprint);
    // AWS gives $LATEST another revision with every version that is published of it.
    catalog.functions.put({ ...record, latest: { ...record.latest, revisionId: catalog.ids.uuid() } });
    return decision;
  });
}
