import type { FunctionDefinition, ProjectModel } from '../../model/functionDefinition.ts';
import type { ProjectResources } from '../../model/projectResources.ts';
import type { Json, ResourceDefinition } from '../../model/resource.ts';
import type { Trigger } from '../../model/trigger.ts';
import { kindsOfTriggers } from '../kinds.ts';
import { sampleEvents } from './library.ts';
import type { Sample } from './sample.ts';

/** A sample with the names that the workspace has for what sends such events. */
export interface SampleForFunction {
  readonly sample: Sample;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The samples of what triggers a function, the samples of its first trigger first. */
export function samplesForFunction(
  definition: Pick<FunctionDefinition, 'name'>,
  model: Pick<ProjectModel, 'triggers' | 'resources'>,
): readonly SampleForFunction[] {
  const triggers = (model.triggers ?? []).filter(({ functionName }) => functionName === definition.name);
  return kindsOfTriggers(triggers.map(({ kind }) => kind)).flatMap(({ kind, triggers: sentBy }) => {
    const own = triggers.filter(trigger => sentBy.includes(trigger.kind));
    return sampleEvents
      .filter(sample => sample.kind === kind)
      .map(sample => ({ sample, parameters: parametersFor(sample, own, model.resources) }));
  });
}

/** What the first of the triggers that says anything of the sample's parameters says of them. */
function parametersFor(
  sample: Sample,
  triggers: readonly Trigger[],
  resources: ProjectResources | undefined,
): Readonly<Record<string, string>> {
  if (!resources) return sample.parameters;
  for (const trigger of triggers) {
    const known = Object.entries(namesOf(trigger, sample, resources)).flatMap(
      ([name, value]): [string, string][] =>
        value !== undefined && Object.hasOwn(sample.parameters, name) ? [[name, value]] : [],
    );
    if (known.length > 0) return { ...sample.parameters, ...Object.fromEntries(known) };
  }
  return sample.parameters;
}

function namesOf(
  trigger: Trigger,
  sample: Sample,
  resources: ProjectResources,
): Readonly<Record<string, string | undefined>> {
  const defined = <Definition extends ResourceDefinition>(list: readonly Definition[]) =>
    list.find(definition => isDefinedAt(trigger, definition));
  switch (trigger.kind) {
    case 's3': {
      const notification = defined(resources.bucketNotifications);
      return notification ? bucketNames(notification) : {};
    }
    case 'sns':
      return { topic: lastPart(defined(resources.subscriptions)?.topicArn) };
    case 'sqs':
      return { queue: queueName(defined(resources.eventSourceMappings)?.source.arn, sample) };
    case 'kinesis':
      return { stream: afterSlash(defined(resources.eventSourceMappings)?.source.arn) };
    case 'dynamodb':
      return tableNames(defined(resources.eventSourceMappings)?.source.arn, resources);
    case 'kafka':
      return { topic: defined(resources.eventSourceMappings)?.source.topics?.[0] };
    case 'mq':
      return { queue: defined(resources.eventSourceMappings)?.source.topics?.[0] };
    case 'restApi':
    case 'httpApi': {
      // All routes of an API may have one logical id.
      const method = sample.id.endsWith(':get') ? 'GET' : 'POST';
      const route = resources.routes.find(
        candidate =>
          isDefinedAt(trigger, candidate) &&
          trigger.label === `${candidate.method ?? 'ANY'} ${candidate.path}`,
      );
      return route && [method, 'ANY'].includes(route.method ?? 'ANY') ? routeNames(route.path) : {};
    }
    case 'eventBridge': {
      const pattern = defined(resources.rules)?.eventPattern;
      return { source: firstOf(pattern, 'source'), detailType: firstOf(pattern, 'detail-type') };
    }
    case 'schedule':
      return { rule: defined(resources.rules)?.name };
    default:
      return {};
  }
}

function isDefinedAt(trigger: Trigger, { logicalId, stackId }: ResourceDefinition): boolean {
  return logicalId === trigger.logicalId && stackId === trigger.stackId;
}

function bucketNames(notification: {
  readonly bucketName: string;
  readonly prefix?: string;
  readonly suffix?: string;
}): Readonly<Record<string, string>> {
  const { bucketName: bucket, prefix, suffix } = notification;
  const isFiltered = prefix !== undefined || suffix !== undefined;
  return { bucket, ...(isFiltered ? { key: `${prefix ?? ''}example${suffix ?? ''}` } : {}) };
}

/** A FIFO queue sends other events than a standard one. */
function queueName(arn: string | undefined, sample: Sample): string | undefined {
  const name = lastPart(arn);
  return name?.endsWith('.fifo') === sample.id.endsWith(':fifo') ? name : undefined;
}

/** `arn:aws:dynamodb:<region>:<account>:table/<name>/stream/<label>`. */
function tableNames(
  arn: string | undefined,
  { tables }: ProjectResources,
): Readonly<Record<string, string | undefined>> {
  const table = afterSlash(arn);
  const definition = tables.find(({ name }) => name === table);
  return { table, keyName: definition?.keys.find(({ type }) => type === 'HASH')?.attribute };
}

function routeNames(route: string): Readonly<Record<string, string>> {
  if (!route.startsWith('/')) return {};
  return { route, path: route.replaceAll(/\{[^}]+\}/g, 'example') };
}

function firstOf(pattern: Json | undefined, name: string): string | undefined {
  const isObject = typeof pattern === 'object' && pattern !== null && !Array.isArray(pattern);
  const values = isObject ? (pattern as { readonly [name: string]: Json })[name] : undefined;
  const first = Array.isArray(values) ? values[0] : undefined;
  return typeof first === 'string' ? first : undefined;
}

function lastPart(arn: string | undefined): string | undefined {
  return arn?.split(':').at(-1);
}

function afterSlash(arn: string | undefined): string | undefined {
  return arn?.split('/')[1];
}
