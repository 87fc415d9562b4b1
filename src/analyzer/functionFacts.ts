import type { FunctionDefinition, ProjectModel } from '../model/functionDefinition.ts';
import type { FunctionFacts, TriggerFacts } from '../model/functionFacts.ts';
import type { ProjectResources } from '../model/projectResources.ts';
import type { Trigger } from '../model/trigger.ts';

/** What a project model says of its functions, for the rules. */
export function functionFacts(model: ProjectModel): (definition: FunctionDefinition) => FunctionFacts {
  const { triggers = [], resources } = model;
  const byFunction = Map.groupBy(triggers, ({ functionName }) => functionName);
  return definition => {
    const { name, timeoutSeconds } = definition;
    const own = byFunction.get(name) ?? [];
    return { name, timeoutSeconds, triggers: own.map(each => triggerFacts(each, definition, resources)) };
  };
}

function triggerFacts(
  trigger: Trigger,
  { environment }: FunctionDefinition,
  resources: ProjectResources | undefined,
): TriggerFacts {
  const is = (each: { readonly logicalId: string; readonly stackId: string }) =>
    each.logicalId === trigger.logicalId && each.stackId === trigger.stackId;
  const mapping = resources?.eventSourceMappings.find(is);
  const notification = resources?.bucketNotifications.find(is);
  const subscription = resources?.subscriptions.find(is);
  const names = namesOf(mapping?.source.arn ?? subscription?.topicArn ?? notification?.bucketName, resources);
  const variables = Object.entries(environment).flatMap(([variable, value]) =>
    names.includes(value) ? [variable] : [],
  );
  return {
    kind: trigger.kind,
    label: trigger.label,
    variables,
    names,
    ...(mapping && { reportsItemFailures: mapping.reportBatchItemFailures }),
    ...(notification?.prefix !== undefined && { prefix: notification.prefix }),
    ...(notification?.suffix !== undefined && { suffix: notification.suffix }),
    ...(mapping?.source.arn?.endsWith('.fifo') && { isFifo: true }),
  };
}

/** Everything by which code may name what has this ARN or, of a bucket, this name. */
function namesOf(of: string | undefined, resources: ProjectResources | undefined): readonly string[] {
  if (of === undefined || !resources) return [];
  const { queues, topics, streams, tables, buckets } = resources;
  const queue = queues.find(({ arn }) => arn === of);
  const table = tables.find(({ arn, stream }) => arn === of || stream?.arn === of);
  const other = [...topics, ...streams, ...buckets].find(({ arn, name }) => arn === of || name === of);
  const named = queue ?? table ?? other;
  return [of, ...(named ? [named.name, named.arn] : []), ...(queue ? [queue.url] : [])].filter(
    (name, index, all) => all.indexOf(name) === index,
  );
}
