import type { DatabaseSync } from 'node:sqlite';
import type { ProjectResources } from '../../model/projectResources.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Disposable } from '../../shared/disposable.ts';
import type { Log } from '../../shared/log.ts';
import type { Sender, ServiceCaller } from '../invoke/async/sender.ts';
import type { Ids } from '../ports.ts';
import type { WaitClock } from '../waits/waitClock.ts';
import type { EventsParts } from './answerEvents.ts';
import { createBucketNotifications } from './bucketNotifications.ts';
import { createBusRules } from './busRules.ts';
import { createEventBus } from './eventBus.ts';
import type { ObjectChange } from './objectChanges.ts';
import type { PublishedMessage } from './publishedMessages.ts';
import { createScheduledEvents, type ScheduledEvents } from './scheduledEvents.ts';
import { createTopicSubscriptions } from './topicSubscriptions.ts';

export interface TriggersParts {
  readonly clock: Pick<Clock, 'now'>;
  readonly waits: Pick<WaitClock, 'now' | 'at'>;
  readonly ids: Ids;
  readonly log: Log;
  readonly database: DatabaseSync;
  readonly home: { readonly region: string; readonly accountId: string };
  readonly send: Sender;
  /** Calls a service as the engine itself. */
  readonly call: ServiceCaller;
}

/** What runs functions because something else has happened: buckets, topics, event buses, and time. */
export interface Triggers extends Pick<ScheduledEvents, 'nextDeadline'>, Disposable {
  /** What answers EventBridge. */
  readonly events: EventsParts;
  objectChanged(change: ObjectChange): void;
  messagePublished(message: PublishedMessage): void;
  update(resources: ProjectResources | undefined): void;
}

export function createTriggers(parts: TriggersParts): Triggers {
  const { home, database } = parts;
  const bus = createEventBus(parts);
  const notifications = createBucketNotifications(parts);
  const subscriptions = createTopicSubscriptions(parts);
  const scheduled = createScheduledEvents({ ...parts, bus });
  let schedules: ProjectResources['schedules'] = [];
  const follow = () => {
    bus.update(rules.list());
    scheduled.update(rules.list(), schedules);
  };
  const rules = createBusRules(database, follow);
  return {
    events: { bus, rules, home },
    objectChanged: change => void notifications.changed(change),
    messagePublished: message => void subscriptions.published(message),
    update(resources) {
      notifications.update(resources?.bucketNotifications ?? []);
      subscriptions.update(resources?.subscriptions ?? []);
      schedules = resources?.schedules ?? [];
      rules.update(resources?.rules ?? []);
      follow();
    },
    nextDeadline: () => scheduled.nextDeadline(),
    dispose: () => scheduled.dispose(),
  };
}
