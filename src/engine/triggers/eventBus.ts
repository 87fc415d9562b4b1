import type { RuleTarget } from '../../model/messaging.ts';
import type { Clock } from '../../shared/clock.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';
import type { Sender } from '../invoke/async/sender.ts';
import { parseTarget } from '../invoke/async/targets.ts';
import { type EventPattern, parsePattern } from '../patterns/eventPattern.ts';
import { parseJsonValue } from '../patterns/jsonValue.ts';
import type { Ids } from '../ports.ts';
import type { BusRule } from './busRules.ts';
import { targetInput } from './targetInput.ts';

export interface EventBusParts {
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: Pick<Ids, 'uuid'>;
  readonly log: Log;
  readonly home: { readonly region: string; readonly accountId: string };
  readonly send: Sender;
}

/** An event as it is handed in, with a detail that is a JSON object. */
export interface BusEvent {
  readonly bus: string;
  readonly source: string;
  readonly detailType: string;
  /** JSON text. */
  readonly detail: string;
  readonly resources: readonly string[];
  /** Epoch milliseconds; absent: now. */
  readonly time?: number;
}

/** Event buses with their rules. */
export interface EventBus {
  update(rules: readonly BusRule[]): void;
  /** Returns the event's id at once; the targets are told afterwards. */
  put(event: BusEvent): string;
  /** Tells the targets of a rule that its time has come. @param time epoch milliseconds */
  fire(rule: BusRule, time: number): void;
}

interface Rule {
  readonly definition: BusRule;
  readonly isFor: EventPattern;
}

/** How often an event may go on from bus to bus. */
const longestChain = 5;

export function createEventBus(parts: EventBusParts): EventBus {
  const { clock, ids, log, home, send } = parts;
  let rules: readonly Rule[] = [];

  /** The event as JSON text. */
  function textOf(event: BusEvent, id: string): string {
    const time = new Date(event.time ?? clock.now()).toISOString().replace(/\.\d{3}Z$/, 'Z');
    const head = {
      version: '0',
      id,
      'detail-type': event.detailType,
      source: event.source,
      account: home.accountId,
      time,
      region: home.region,
      resources: event.resources,
    };
    // Numbers of any size stay as they were sent.
    return `${JSON.stringify(head).slice(0, -1)},"detail":${event.detail}}`;
  }

  function put(event: BusEvent, chain = 0): string {
    const id = ids.uuid();
    const text = textOf(event, id);
    const value = parseJsonValue(text);
    for (const { definition, isFor } of rules) {
      if (definition.eventBusName !== event.bus || !isFor(value)) continue;
      for (const target of definition.targets) void tell(definition, target, text, event, chain);
    }
    return id;
  }

  async function tell(
    { name, eventBusName }: BusRule,
    target: RuleTarget,
    text: string,
    event: BusEvent,
    chain: number,
  ): Promise<void> {
    const place = placeOf({ name, eventBusName });
    const found = parseTarget(target.arn);
    if (found?.service === 'events') {
      const bus = found.resource.replace(/^event-bus\//, '');
      if (chain < longestChain) put({ ...event, bus }, chain + 1);
      else log.warn(`The rule ${place} sends events in a circle of buses. This one goes no further.`);
      return;
    }
    const body = targetInput(text, target, {
      ruleArn: ruleArn({ name, eventBusName }, home),
      ruleName: name,
    });
    const outcome = found ? await send(found, { body }) : undefined;
    if (outcome?.kind === 'sent') return;
    const reason = outcome?.reason ?? 'its ARN is not known before deployment.';
    const dead =
      target.deadLetterTargetArn === undefined ? undefined : parseTarget(target.deadLetterTargetArn);
    if (dead && (await send(dead, { body })).kind === 'sent') return;
    log.warn(`An event of the rule ${place} was not sent to ${target.arn}: ${reason}`);
  }

  return {
    put: event => put(event),
    fire(rule, time) {
      const event: BusEvent = {
        bus: rule.eventBusName,
        source: 'aws.events',
        detailType: 'Scheduled Event',
        detail: '{}',
        resources: [ruleArn(rule, home)],
        time,
      };
      for (const target of rule.targets) void tell(rule, target, textOf(event, ids.uuid()), event, 0);
    },
    update(definitions) {
      rules = definitions.flatMap((definition): readonly Rule[] => {
        if (!definition.enabled || definition.eventPattern === undefined) return [];
        try {
          return [{ definition, isFor: parsePattern(JSON.stringify(definition.eventPattern)) }];
        } catch (error) {
          const { definedAt } = definition;
          const place = definedAt ? `${definedAt.file}:${definedAt.startLine}: ` : '';
          log.warn(`${place}the rule ${definition.name} is not followed. ${messageOf(error)}`);
          return [];
        }
      });
    },
  };
}

export const defaultBus = 'default';

export function ruleArn(
  rule: Pick<BusRule, 'name' | 'eventBusName'>,
  { region, accountId }: { readonly region: string; readonly accountId: string },
): string {
  return `arn:aws:events:${region}:${accountId}:rule/${placeOf(rule)}`;
}

function placeOf({ name, eventBusName }: Pick<BusRule, 'name' | 'eventBusName'>): string {
  return eventBusName === defaultBus ? name : `${eventBusName}/${name}`;
}
