import type { RuleTarget } from '../../model/messaging.ts';
import type { Json } from '../../model/resource.ts';
import { parsePattern } from '../patterns/eventPattern.ts';
import { parseSchedule } from '../schedules/scheduleExpression.ts';
import {
  type JsonInput,
  type JsonOperation,
  pageOf,
  requiredText,
  ServiceFault,
} from '../services/files/jsonService.ts';
import type { BusRule, BusRules } from './busRules.ts';
import { defaultBus, ruleArn } from './eventBus.ts';

/** The operations of EventBridge for rules and their targets, by name. */
export function ruleOperations(
  rules: BusRules,
  home: { readonly region: string; readonly accountId: string },
): Readonly<Record<string, JsonOperation>> {
  const describe = ({ name, eventBusName, enabled, eventPattern, scheduleExpression, ...rule }: BusRule) => ({
    Name: name,
    Arn: ruleArn({ name, eventBusName }, home),
    EventBusName: eventBusName,
    State: enabled ? 'ENABLED' : 'DISABLED',
    ...(eventPattern === undefined ? {} : { EventPattern: JSON.stringify(eventPattern) }),
    ...(scheduleExpression === undefined ? {} : { ScheduleExpression: scheduleExpression }),
    ...(rule.description === undefined ? {} : { Description: rule.description }),
    ...(rule.roleArn === undefined ? {} : { RoleArn: rule.roleArn }),
  });
  const ruleOf = (input: JsonInput, member: 'Name' | 'Rule'): BusRule => {
    const name = requiredText(input, member);
    const bus = busOf(input);
    const rule = rules.get(bus, name);
    if (rule) return rule;
    throw new ServiceFault('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${bus}.`);
  };
  const enable =
    (enabled: boolean): JsonOperation =>
    async input => {
      rules.put({ ...ruleOf(input, 'Name'), enabled });
      return {};
    };

  return {
    PutRule: async input => {
      const rule = putRule(input, rules);
      rules.put(rule);
      return { RuleArn: ruleArn(rule, home) };
    },
    DeleteRule: async input => {
      const rule = rules.get(busOf(input), requiredText(input, 'Name'));
      if (rule && rule.targets.length > 0) {
        throw new ServiceFault('ValidationException', "Rule can't be deleted since it has targets.");
      }
      if (rule) rules.delete(rule.eventBusName, rule.name);
      return {};
    },
    DescribeRule: async input => describe(ruleOf(input, 'Name')),
    EnableRule: enable(true),
    DisableRule: enable(false),
    ListRules: async input => {
      const prefix = typeof input.NamePrefix === 'string' ? input.NamePrefix : '';
      const found = rules.list(busOf(input)).filter(({ name }) => name.startsWith(prefix));
      const { page, next } = pageOf(found, limited(input), pages);
      return { Rules: page.map(describe), ...(next === undefined ? {} : { NextToken: next }) };
    },
    PutTargets: async input => {
      const rule = ruleOf(input, 'Rule');
      const given = listOf(input, 'Targets').map(targetOf);
      const kept = rule.targets.filter(({ id }) => !given.some(target => target.id === id));
      if (kept.length + given.length > mostTargets) {
        throw new ServiceFault(
          'LimitExceededException',
          `The requested resource exceeds the maximum number allowed: a rule has ${mostTargets} targets at most.`,
        );
      }
      rules.put({ ...rule, targets: [...kept, ...given] });
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    RemoveTargets: async input => {
      const rule = ruleOf(input, 'Rule');
      const ids = listOf(input, 'Ids').map(String);
      rules.put({ ...rule, targets: rule.targets.filter(({ id }) => !ids.includes(id)) });
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    ListTargetsByRule: async input => {
      const { page, next } = pageOf(ruleOf(input, 'Rule').targets, limited(input), pages);
      return { Targets: page.map(describeTarget), ...(next === undefined ? {} : { NextToken: next }) };
    },
  };
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const mostTargets = 5;
const pages = { most: 100, fault: 'ValidationException' };

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
function putRule(input: JsonInput, rules: BusRules): BusRule {
  const name = requiredText(input, 'Name');
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(name)) {
    throw new ServiceFault(
      'ValidationException',
      `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+`,
    );
  }
  const eventBusName = busOf(input);
  const { EventPattern, ScheduleExpression, State, Description, RoleArn } = input;
  if (EventPattern === undefined && ScheduleExpression === undefined) {
    throw new ServiceFault(
      'ValidationException',
      'Parameter(s) EventPattern or ScheduleExpression must be specified.',
    );
  }
  if (ScheduleExpression !== undefined) checkSchedule(ScheduleExpression, eventBusName);
  if (State !== undefined && State !== 'ENABLED' && State !== 'DISABLED') {
    throw new ServiceFault(
      'UnsupportedByLambdaLens',
      `State=${String(State)}: events of CloudTrail are not sent here. Use ENABLED or DISABLED.`,
    );
  }
  return {
    name,
    eventBusName,
    enabled: State !== 'DISABLED',
    ...(EventPattern === undefined ? {} : { eventPattern: patternOf(EventPattern) }),
    ...(ScheduleExpression === undefined ? {} : { scheduleExpression: String(ScheduleExpression) }),
    ...(typeof Description === 'string' ? { description: Description } : {}),
    ...(typeof RoleArn === 'string' ? { roleArn: RoleArn } : {}),
    targets: rules.get(eventBusName, name)?.targets ?? [],
  };
}

function checkSchedule(expression: unknown, eventBusName: string): void {
  if (eventBusName !== defaultBus) {
    throw new ServiceFault(
      'ValidationException',
      'ScheduleExpression is supported only on the default event bus.',
    );
  }
  const text = String(expression);
  if (text.startsWith('at(') || !parseSchedule(text)) {
    throw new ServiceFault('ValidationException', 'Parameter ScheduleExpression is not valid.');
  }
}

function patternOf(text: unknown): Json {
  try {
    parsePattern(String(text));
    return JSON.parse(String(text)) as Json;
  } catch (error) {
    throw new ServiceFault(
      'InvalidEventPatternException',
      `Event pattern is not valid. Reason: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** What a target may have beside its ARN is honoured or refused, never ignored. */
function targetOf(given: unknown): RuleTarget {
  const input = (typeof given === 'object' && given !== null ? given : {}) as JsonInput;
  const unknown = Object.keys(input).filter(member => !targetMembers.includes(member));
  if (unknown.length > 0) {
    throw new ServiceFault('UnsupportedByLambdaLens', `Targets: ${unknown.join(', ')} cannot be honoured.`);
  }
  const { Input, InputPath, InputTransformer, RoleArn, DeadLetterConfig } = input;
  const transformer = InputTransformer as
    | { readonly InputPathsMap?: Readonly<Record<string, string>>; readonly InputTemplate?: string }
    | undefined;
  const deadLetters = (DeadLetterConfig as { readonly Arn?: string } | undefined)?.Arn;
  return {
    id: requiredText(input, 'Id'),
    arn: requiredText(input, 'Arn'),
    ...(typeof RoleArn === 'string' ? { roleArn: RoleArn } : {}),
    ...(typeof Input === 'string' ? { input: Input } : {}),
    ...(typeof InputPath === 'string' ? { inputPath: InputPath } : {}),
    ...(transformer
      ? {
          inputTransformer: {
            paths: transformer.InputPathsMap ?? {},
            template: transformer.InputTemplate ?? '',
          },
        }
      : {}),
    ...(deadLetters === undefined ? {} : { deadLetterTargetArn: deadLetters }),
  };
}

const targetMembers: readonly string[] = [
  'Id',
  'Arn',
  'RoleArn',
  'Input',
  'InputPath',
  'InputTransformer',
  'DeadLetterConfig',
];

function describeTarget(target: RuleTarget) {
  const { id, arn, roleArn, input, inputPath, inputTransformer, deadLetterTargetArn } = target;
  return {
    Id: id,
    Arn: arn,
    ...(roleArn === undefined ? {} : { RoleArn: roleArn }),
    ...(input === undefined ? {} : { Input: input }),
    ...(inputPath === undefined ? {} : { InputPath: inputPath }),
    ...(inputTransformer === undefined
      ? {}
      : {
          InputTransformer: {
            InputPathsMap: inputTransformer.paths,
            InputTemplate: inputTransformer.template,
          },
        }),
    ...(deadLetterTargetArn === undefined ? {} : { DeadLetterConfig: { Arn: deadLetterTargetArn } }),
  };
}

/** By name or ARN. */
function busOf({ EventBusName }: JsonInput): string {
  return typeof EventBusName === 'string' ? EventBusName.replace(/^.*:event-bus\//, '') : defaultBus;
}

function listOf(input: JsonInput, member: string): readonly unknown[] {
  const value = input[member];
  if (Array.isArray(value) && value.length > 0) return value;
  throw new ServiceFault('ValidationException', `${member} is required and has to be a list.`);
}

/** EventBridge calls the size of a page a limit. */
function limited(input: JsonInput): JsonInput {
  return { ...input, ...(input.Limit === undefined ? {} : { MaxResults: input.Limit }) };
}
