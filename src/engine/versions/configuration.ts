import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import { executionRole } from '../functions/executionRole.ts';
import type { VersionConfiguration, VersionRecord } from './records.ts';

/** What of a function of the workspace a version keeps. */
export function configurationOf(definition: FunctionDefinition, accountId: string): VersionConfiguration {
  const { runtime, handler, timeoutSeconds, memorySizeMb, environment } = definition;
  const optional = {
    description: definition.description,
    architecture: definition.architecture,
    ephemeralStorageMb: definition.ephemeralStorageMb,
    layers: definition.layers,
    vpc: definition.vpc,
    deadLetterTargetArn: definition.deadLetterTargetArn,
    tracing: definition.tracing,
    logging: definition.logging,
    snapStart: definition.snapStart,
    fileSystems: definition.fileSystems,
  };
  return {
    runtime,
    handler,
    timeoutSeconds,
    memorySizeMb,
    environment,
    roleArn: executionRole(definition, accountId),
    ...withoutUndefined(optional),
  };
}

/** A version as the runtime takes a function. */
export function definitionOf(
  functionName: string,
  { configuration }: Pick<VersionRecord, 'configuration'>,
  taskRoot: string,
): FunctionDefinition {
  const nowhere = { file: taskRoot, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
  return {
    ...configuration,
    name: functionName,
    logicalId: functionName,
    codeDirectory: taskRoot,
    definedAt: nowhere,
  };
}

type Defined<T> = { [Member in keyof T]?: Exclude<T[Member], undefined> };

function withoutUndefined<T extends object>(members: T): Defined<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Defined<T>;
}
