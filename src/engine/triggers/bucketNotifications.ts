import type { BucketNotificationDefinition } from '../../model/storage.ts';
import type { Clock } from '../../shared/clock.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';
import type { Sender, ServiceCaller } from '../invoke/async/sender.ts';
import { parseTarget } from '../invoke/async/targets.ts';
import type { Ids } from '../ports.ts';
import { headObjectCall } from '../services/calls.ts';
import type { ObjectChange } from './objectChanges.ts';
import { s3Event } from './s3Event.ts';

export interface BucketNotificationsParts {
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: Pick<Ids, 'hex'>;
  readonly log: Log;
  readonly home: { readonly region: string; readonly accountId: string };
  readonly call: ServiceCaller;
  readonly send: Sender;
}

/** Tells functions, queues and topics of changes in buckets, as the template wants it. */
export interface BucketNotifications {
  update(definitions: readonly BucketNotificationDefinition[]): void;
  /** Settles when everybody has been told, or the log says why not. */
  changed(change: ObjectChange): Promise<void>;
}

export function createBucketNotifications(parts: BucketNotificationsParts): BucketNotifications {
  const { clock, ids, log, home, call, send } = parts;
  let definitions: readonly BucketNotificationDefinition[] = [];
  let changes = 0;

  const factsOf = async ({ bucket, key, eventName }: ObjectChange) => {
    if (eventName.startsWith('ObjectRemoved:')) return {};
    const request = headObjectCall(home, bucket, key);
    const { status, headers } = await call({ service: 's3', region: home.region, request });
    // It may be gone again.
    if (status !== 200) return {};
    return { size: Number(headers['content-length'] ?? 0), eTag: headers.etag ?? '' };
  };

  async function changed(change: ObjectChange): Promise<void> {
    const wanted = definitions.filter(definition => isWanted(definition, change));
    if (wanted.length === 0) return;
    changes += 1;
    const at = clock.now();
    const sequencer = `${at.toString(16)}${changes.toString(16).padStart(6, '0')}`.toUpperCase();
    const facts = await factsOf(change);
    for (const { logicalId, targetArn } of wanted) {
      const body = s3Event(change, {
        ...facts,
        ...home,
        at,
        configurationId: logicalId,
        requestId: ids.hex(8),
        sequencer,
      });
      const target = parseTarget(targetArn);
      const outcome = target ? await send(target, { body }) : undefined;
      if (outcome?.kind === 'sent') continue;
      const reason = outcome?.reason ?? 'it is not known before deployment.';
      log.warn(
        `${change.eventName} of ${change.bucket}/${change.key} was not told to ${targetArn}: ${reason}`,
      );
    }
  }

  return {
    update(changed) {
      definitions = changed;
    },
    changed: change =>
      changed(change).catch(error =>
        log.warn(
          `${change.eventName} of ${change.bucket}/${change.key} was told to nobody: ${messageOf(error)}`,
        ),
      ),
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html */
function isWanted(
  { bucketName, events, prefix = '', suffix = '' }: BucketNotificationDefinition,
  { bucket, key, eventName }: ObjectChange,
): boolean {
  return (
    bucketName === bucket &&
    key.startsWith(prefix) &&
    key.endsWith(suffix) &&
    events.some(event => event === `s3:${eventName}` || event === `s3:${eventName.split(':')[0]}:*`)
  );
}
