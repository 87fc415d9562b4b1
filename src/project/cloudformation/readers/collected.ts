import type { FunctionDefinition } from '../../../model/functionDefinition.ts';
import type { Placeholder } from '../../../model/placeholder.ts';
import type { ProjectResources } from '../../../model/projectResources.ts';
import type { ResourceDefinition } from '../../../model/resource.ts';
import type { Trigger, TriggerKind } from '../../../model/trigger.ts';
import type { HandlerLocation } from '../../code/entryFile.ts';
import type { FunctionReference } from '../functionReference.ts';
import type { Facts } from './facts.ts';

/** A function that is read but for its source file, which takes a look at the file system. */
export interface FunctionDraft {
  readonly definition: FunctionDefinition;
  /** Absent where the code is not in the workspace. */
  readonly location?: HandlerLocation;
}

/** What the readers have found so far. */
export interface Collected {
  readonly functions: FunctionDraft[];
  readonly triggers: Trigger[];
  readonly placeholders: Placeholder[];
  readonly resources: { readonly [K in keyof ProjectResources]: ProjectResources[K][number][] };
}

export function createCollected(): Collected {
  return {
    functions: [],
    triggers: [],
    placeholders: [],
    resources: {
      versions: [],
      aliases: [],
      eventInvokeConfigs: [],
      functionUrls: [],
      eventSourceMappings: [],
      functionPermissions: [],
      roles: [],
      managedPolicies: [],
      resourcePolicies: [],
      queues: [],
      topics: [],
      subscriptions: [],
      eventBuses: [],
      rules: [],
      schedules: [],
      buckets: [],
      bucketNotifications: [],
      streams: [],
      tables: [],
      apis: [],
      routes: [],
      authorizers: [],
      vpcs: [],
      subnets: [],
      routeTables: [],
      internetGateways: [],
      natGateways: [],
      vpcEndpoints: [],
      securityGroups: [],
      networkAcls: [],
      vpcPeerings: [],
      fileSystems: [],
      networkServices: [],
    },
  };
}

/** Reads the resources of one type. */
export type ReadResource = (facts: Facts, collected: Collected) => void;

/** Notes that a definition invokes a function; nothing where its target is no function. */
export function addTrigger(
  collected: Collected,
  kind: TriggerKind,
  label: string,
  target: FunctionReference | undefined,
  definition: ResourceDefinition,
): void {
  if (!target) return;
  const { logicalId, stackId, definedAt } = definition;
  const trigger = { kind, label, ...target, logicalId, stackId, definedAt };
  // One resource may name a function several times, as a bucket does for several kinds of notification.
  const last = collected.triggers.at(-1);
  const isSame =
    last?.label === label && last.logicalId === logicalId && last.functionName === target.functionName;
  if (!isSame) collected.triggers.push(trigger);
}

/** Changes the definitions that match; used where one resource says something of another. */
export function amend<T>(list: T[], matches: (item: T) => boolean, change: (item: T) => T): void {
  list.forEach((item, index) => {
    if (matches(item)) list[index] = change(item);
  });
}
