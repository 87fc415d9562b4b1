import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { functionArn } from '../../../versions/catalog.ts';
import { functionMissing, type Refused, revisionMismatch } from '../../../versions/errors.ts';
import { publishVersion } from '../../../versions/publishing.ts';
import type { FunctionRecord, VersionRecord } from '../../../versions/records.ts';
import { answered, type Deployment } from '../deployment.ts';
import { describeLatest, describeVersion } from './describe.ts';

type Latest = Pick<VersionRecord, 'configuration' | 'code'>;

/** What an update asks for besides what it changes. */
export interface UpdateRequest {
  readonly revisionId: string | undefined;
  readonly publish: boolean;
}

/**
 * Changes `$LATEST`. From then on it is the API's, also where the workspace has the function.
 *
 * @param change what becomes of it, decided when nothing can come in between
 */
export async function updateLatest(
  deployment: Deployment,
  functionName: string,
  { revisionId, publish }: UpdateRequest,
  change: (latest: VersionRecord) => ({ readonly kind: 'changed' } & Latest) | Refused,
): Promise<{ readonly kind: 'answered'; readonly output: FunctionConfiguration } | Refused> {
  const { catalog, find, held } = deployment;
  const found = await find.latest(functionName);
  if (found.kind === 'failed') return found;
  const workspaceWas = found.record.held ? found.record.workspaceWas : await held.workspaceIs(functionName);
  const changed = catalog.transaction(
    (): { readonly kind: 'put'; readonly record: FunctionRecord } | Refused => {
      const record = catalog.functions.get(functionName);
      if (!record) return functionMissing(functionArn(catalog, functionName));
      if (revisionId !== undefined && revisionId !== record.latest.revisionId) {
        return revisionMismatch('GetFunction/GetAlias');
      }
      const result = change(record.latest);
      if (result.kind === 'failed') return result;
      const { kind: _kind, ...latest } = result;
      const put: FunctionRecord = {
        name: functionName,
        held: true,
        latest: { ...latest, number: 0, revisionId: catalog.ids.uuid(), modifiedAt: catalog.clock.now() },
        ...(workspaceWas === undefined ? {} : { workspaceWas }),
      };
      catalog.functions.put(put);
      return { kind: 'put', record: put };
    },
  );
  if (changed.kind === 'failed') return changed;
  catalog.events.emit({ type: 'versionsChanged', functionName });
  const { record } = changed;
  if (!publish) {
    // AWS gives a function another revision when the update is complete.
    const pending = { ...record, latest: { ...record.latest, revisionId: catalog.ids.uuid() } };
    return answered(describeLatest(catalog, pending, undefined, 'updating'));
  }
  const published = publishVersion(catalog, functionName, () => catalog.functions.get(functionName));
  if (published === undefined) return functionMissing(functionArn(catalog, functionName));
  if (published.kind === 'failed') return published;
  const { version } = published;
  return answered(describeVersion(catalog, functionName, version, String(version.number), 'updating'));
}
