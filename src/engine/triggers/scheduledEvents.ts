import type { RuleDefinition, ScheduleDefinition } from '../../model/messaging.ts';
import type { Log } from '../../shared/log.ts';
import type { Sender } from '../invoke/async/sender.ts';
import { parseTarget } from '../invoke/async/targets.ts';
import type { Ids } from '../ports.ts';
import { parseSchedule } from '../schedules/scheduleExpression.ts';
import { createSchedules, type Scheduled, type Schedules } from '../schedules/schedules.ts';
import type { WaitClock } from '../waits/waitClock.ts';
import type { BusRule } from './busRules.ts';
import { defaultBus, type EventBus } from './eventBus.ts';

export interface ScheduledEventsParts {
  readonly waits: Pick<WaitClock, 'now' | 'at'>;
  readonly ids: Pick<Ids, 'uuid'>;
  readonly log: Log;
  readonly home: { readonly region: string; readonly accountId: string };
  readonly send: Sender;
  readonly bus: Pick<EventBus, 'fire'>;
}

/** What rules and schedules send at their times. */
export interface ScheduledEvents extends Pick<Schedules, 'nextDeadline' | 'dispose'> {
  update(rules: readonly BusRule[], schedules: readonly ScheduleDefinition[]): void;
}

export function createScheduledEvents(parts: ScheduledEventsParts): ScheduledEvents {
  const { waits, ids, log, home, send, bus } = parts;
  const running = createSchedules(waits);
  const told = new Set<string>();

  /** Once for each text, however often the templates are read. */
  const unreadable = (
    what: string,
    expression: string,
    definedAt: RuleDefinition['definedAt'] | undefined,
  ) => {
    const place = definedAt ? `${definedAt.file}:${definedAt.startLine}: ` : '';
    const text = `${place}${what} is not followed: Parameter ScheduleExpression is not valid: ${expression}`;
    if (!told.has(text)) log.warn(text);
    told.add(text);
    return [];
  };

  const ofRule = (rule: BusRule): readonly Scheduled[] => {
    const { name, eventBusName, enabled, scheduleExpression, definedAt } = rule;
    if (!enabled || scheduleExpression === undefined || eventBusName !== defaultBus) return [];
    const schedule = scheduleExpression.startsWith('at(') ? undefined : parseSchedule(scheduleExpression);
    if (!schedule) return unreadable(`the rule ${name}`, scheduleExpression, definedAt);
    return [{ key: `rule ${name} ${scheduleExpression}`, schedule, run: time => bus.fire(rule, time) }];
  };

  const ofSchedule = (definition: ScheduleDefinition): readonly Scheduled[] => {
    const { name, enabled, scheduleExpression, timezone, startDate, endDate, definedAt } = definition;
    if (!enabled) return [];
    const schedule = parseSchedule(scheduleExpression, timezone);
    if (!schedule) return unreadable(`the schedule ${name}`, `${scheduleExpression} ${timezone}`, definedAt);
    const startsAt = startDate === undefined ? Number.NaN : Date.parse(startDate);
    const endsAt = endDate === undefined ? Number.NaN : Date.parse(endDate);
    return [
      {
        key: `schedule ${definition.arn} ${scheduleExpression} ${timezone}`,
        schedule,
        ...(Number.isNaN(startsAt) ? {} : { startsAt }),
        ...(Number.isNaN(endsAt) ? {} : { endsAt }),
        run: time => void tell(definition, time),
      },
    ];
  };

  /** https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html */
  async function tell(definition: ScheduleDefinition, time: number): Promise<void> {
    const { name, arn, targetArn, input, deadLetterTargetArn } = definition;
    const at = withoutFraction(time);
    const id = ids.uuid();
    const attributes: Readonly<Record<string, string>> = {
      'schedule-arn': arn,
      'scheduled-time': at,
      'execution-id': id,
      'attempt-number': '1',
    };
    const event = {
      version: '0',
      id,
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      account: home.accountId,
      time: at,
      region: home.region,
      resources: [arn],
      detail: '{}',
    };
    const body =
      input?.replace(/<aws\.scheduler\.([a-z-]+)>/g, (whole, key) => attributes[key] ?? whole) ??
      JSON.stringify(event);
    const target = parseTarget(targetArn);
    const outcome = target ? await send(target, { body }) : undefined;
    if (outcome?.kind === 'sent') return;
    const reason = outcome?.reason ?? 'its ARN is not known before deployment.';
    const dead = deadLetterTargetArn === undefined ? undefined : parseTarget(deadLetterTargetArn);
    if (dead && (await send(dead, { body })).kind === 'sent') return;
    log.warn(`The schedule ${name} did not reach ${targetArn}: ${reason}`);
  }

  return {
    update: (rules, schedules) =>
      running.update([...rules.flatMap(ofRule), ...schedules.flatMap(ofSchedule)]),
    nextDeadline: () => running.nextDeadline(),
    dispose: () => running.dispose(),
  };
}

function withoutFraction(time: number): string {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
