import type { HttpReply, HttpRequest } from '../api/http.ts';
import { parsePattern } from '../patterns/eventPattern.ts';
import { parseJsonValue } from '../patterns/jsonValue.ts';
import { answerJson, type JsonInput, ServiceFault } from '../services/files/jsonService.ts';
import type { BusRules } from './busRules.ts';
import { defaultBus, type EventBus } from './eventBus.ts';
import { ruleOperations } from './ruleOperations.ts';

export interface EventsParts {
  readonly bus: Pick<EventBus, 'put'>;
  readonly rules: BusRules;
  readonly home: { readonly region: string; readonly accountId: string };
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Operations.html */
export function answerEvents({ bus, rules, home }: EventsParts, request: HttpRequest): Promise<HttpReply> {
  return answerJson(
    'events',
    request,
    {
      PutEvents: async ({ Entries }) => putEvents(bus, Entries),
      TestEventPattern: async input => ({ Result: testPattern(input) }),
      ...ruleOperations(rules, home),
    },
    refusals,
  );
}

const refusals: Readonly<Record<string, string>> = {
  CreateEventBus: 'is not needed: every bus that events are put on is there.',
};

function putEvents(bus: Pick<EventBus, 'put'>, entries: unknown) {
  if (!Array.isArray(entries) || entries.length === 0 || entries.length > 10) {
    throw new ServiceFault(
      'ValidationException',
      "1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length between 1 and 10",
    );
  }
  const answers = entries.map((entry: JsonInput) => {
    const fault = faultOf(entry);
    if (fault) return fault;
    const { Source, DetailType, Detail, Resources, Time, EventBusName } = entry;
    const name = typeof EventBusName === 'string' ? EventBusName.replace(/^.*:event-bus\//, '') : defaultBus;
    return {
      EventId: bus.put({
        bus: name,
        source: String(Source),
        detailType: String(DetailType),
        detail: String(Detail),
        resources: Array.isArray(Resources) ? Resources.map(String) : [],
        ...(typeof Time === 'number' ? { time: Time * 1000 } : {}),
      }),
    };
  });
  return { FailedEntryCount: answers.filter(answer => 'ErrorCode' in answer).length, Entries: answers };
}

function faultOf(entry: JsonInput) {
  for (const name of ['Source', 'DetailType', 'Detail'] as const) {
    if (typeof entry[name] === 'string' && entry[name] !== '') continue;
    const ErrorMessage = `Parameter ${name} is not valid. Reason: ${name} is a required argument.`;
    return { ErrorCode: 'InvalidArgument', ErrorMessage };
  }
  if (String(entry.Source).startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  return isObject(String(entry.Detail))
    ? undefined
    : { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html */
function testPattern({ EventPattern, Event }: JsonInput): boolean {
  try {
    return parsePattern(String(EventPattern))(parseJsonValue(String(Event)));
  } catch (error) {
    throw new ServiceFault(
      'InvalidEventPatternException',
      `Event pattern is not valid. Reason: ${error instanceof Error ? error.message : error}`,
    );
  }
}
