import type { Clock } from '../../../shared/clock.ts';
import { messageOf } from '../../../shared/errors.ts';
import type { Log } from '../../../shared/log.ts';
import {
  type DeliveryOutcome,
  outcomeOf,
  type Sender,
  type ServiceCaller,
} from '../../invoke/async/sender.ts';
import { parseTarget } from '../../invoke/async/targets.ts';
import type { EventSink, Ids } from '../../ports.ts';
import { putObjectCall } from '../../services/calls.ts';
import type { MappingRecord } from '../mapping.ts';
import { type Discarded, discardedKey, discardedRecord } from './discarded.ts';

export interface TellDiscardedParts {
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'uuid'>;
  readonly log: Log;
  readonly events: EventSink;
  readonly home: { readonly region: string; readonly accountId: string };
  readonly call: ServiceCaller;
  readonly send: Sender;
}

/** How often a destination that cannot be reached is tried, after one second and then twice as long each time. */
const mostTries = 6;

/** Tells the destination for failures of records that are not tried any more; settles when that is done with. */
export type TellDiscarded = (
  mapping: MappingRecord,
  discarded: Omit<Discarded, 'functionArn' | 'streamArn'>,
) => Promise<void>;

export function createTellDiscarded(parts: TellDiscardedParts): TellDiscarded {
  const { clock, ids, log, events, home, call, send } = parts;

  async function deliver(
    mapping: MappingRecord,
    targetArn: string,
    discarded: Discarded,
  ): Promise<DeliveryOutcome> {
    const target = parseTarget(targetArn);
    if (!target) return { kind: 'refused', reason: `${targetArn} is no ARN of a destination.` };
    const record = discardedRecord(discarded);
    if (target.service !== 's3') return send(target, { body: JSON.stringify(record) });
    const payload = { Records: discarded.records.map(({ event }) => event) };
    const key = discardedKey(mapping.uuid, discarded, ids.uuid());
    const body = JSON.stringify({ ...record, payload });
    try {
      const request = putObjectCall(home, target.resource, key, body);
      return outcomeOf(await call({ service: 's3', region: home.region, request }));
    } catch (error) {
      return { kind: 'unreachable', reason: messageOf(error) };
    }
  }

  return async (mapping, given) => {
    const { uuid, functionName, qualifier, source, parameters } = mapping;
    const targetArn = parameters.stream?.onFailureArn;
    const arn = `arn:aws:lambda:${home.region}:${home.accountId}:function:${functionName}`;
    const discarded: Discarded = {
      ...given,
      functionArn: qualifier === undefined ? arn : `${arn}:${qualifier}`,
      streamArn: source.arn,
    };
    let outcome: DeliveryOutcome | undefined;
    for (let tries = 1; targetArn !== undefined && tries <= mostTries; tries++) {
      outcome = await deliver(mapping, targetArn, discarded);
      if (outcome.kind !== 'unreachable') break;
      await new Promise<void>(resolve => {
        clock.after(1000 * 2 ** (tries - 1), resolve);
      });
    }
    const fault = outcome && outcome.kind !== 'sent' ? outcome.reason : undefined;
    if (fault !== undefined)
      log.warn(`${targetArn} was not told what ${functionName} did not process: ${fault}`);
    events.emit({
      type: 'recordsDiscarded',
      uuid,
      functionName,
      condition: discarded.condition,
      ids: discarded.records.map(({ sequence }) => sequence),
      ...(targetArn === undefined ? {} : { targetArn }),
      ...(fault === undefined ? {} : { fault }),
    });
  };
}
