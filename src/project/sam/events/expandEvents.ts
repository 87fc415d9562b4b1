import { type DocNode, descendant } from '../../document/sourceDocument.ts';
import type { Expansion } from '../expansion.ts';
import type { InvocationTarget } from '../invocationTarget.ts';
import type { InvokingRole } from '../invokingRole.ts';
import { expandHttpApiEvent, expandRestApiEvent } from './apiEvents.ts';
import { expandBusEvent, expandScheduleEvent, expandSchedulerEvent } from './busEvents.ts';
import { expandMappingEvent, isMappingEvent } from './mappingEvents.ts';
import {
  expandAlexaEvent,
  expandCognitoEvent,
  expandIotEvent,
  expandLogsEvent,
  expandS3Event,
} from './pushEvents.ts';
import type { SamEvent } from './samEvent.ts';
import { expandSnsEvent } from './snsEvent.ts';

const kinds: Readonly<Record<string, (event: SamEvent) => void>> = {
  AlexaSkill: expandAlexaEvent,
  Api: expandRestApiEvent,
  CloudWatchEvent: expandBusEvent,
  CloudWatchLogs: expandLogsEvent,
  Cognito: expandCognitoEvent,
  EventBridgeRule: expandBusEvent,
  HttpApi: expandHttpApiEvent,
  IoTRule: expandIotEvent,
  S3: expandS3Event,
  SNS: expandSnsEvent,
  Schedule: expandScheduleEvent,
  ScheduleV2: expandSchedulerEvent,
};

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventsource.html */
export function expandEvents(
  properties: DocNode,
  target: InvocationTarget,
  role: InvokingRole,
  expansion: Expansion,
): void {
  for (const [name, { key, value }] of expansion.shapes(descendant(properties, 'Events'))) {
    const type = expansion.text(descendant(value, 'Type')) ?? '';
    const details = expansion.shape(descendant(value, 'Properties'));
    const event: SamEvent = {
      logicalId: `${target.logicalId}${name}`,
      type,
      place: key,
      build: expansion.build(key),
      target,
      role,
      expansion,
      own: property => expansion.shape(descendant(details, property)),
    };
    if (expandEvent(event)) continue;
    expansion.error(`SAM has no event of type ${type}. Correct the type.`, descendant(value, 'Type') ?? key);
  }
}

/** Writes one event out; false where its type is not known. */
export function expandEvent(event: SamEvent): boolean {
  const expand = isMappingEvent(event.type) ? expandMappingEvent : kinds[event.type];
  expand?.(event);
  return expand !== undefined;
}
