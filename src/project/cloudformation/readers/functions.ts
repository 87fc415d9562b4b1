import { resolve } from 'node:path';
import {
  type BundlingOptions,
  type FunctionDefinition,
  imageRuntime,
  type LayerReference,
  type LoggingOptions,
  type VpcAttachment,
} from '../../../model/functionDefinition.ts';
import { defined } from '../../defined.ts';
import { descendant } from '../../document/sourceDocument.ts';
import {
  booleanOf,
  entries,
  isUnresolved,
  items,
  numberOf,
  placeholdersOf,
  property,
  text,
  texts,
  type Value,
} from '../../intrinsics/value.ts';
import type { ReadResource } from './collected.ts';
import type { Facts } from './facts.ts';
import { codeOf } from './functionCode.ts';

/** AWS::Lambda::Function. */
export const readFunction: ReadResource = (facts, collected) => {
  if (facts.text('PackageType') === 'Image' || facts.value('Code', 'ImageUri')) {
    facts.info(`${facts.address} is a container image. It shows, but cannot be invoked here.`);
    const handler = texts(facts.value('ImageConfig', 'Command')).join(' ');
    collected.functions.push({
      definition: {
        ...identityOf(facts),
        runtime: imageRuntime,
        handler,
        codeDirectory: facts.stack.folder,
        ...settingsOf(facts),
      },
    });
    return;
  }
  const handler = required(facts, 'Handler');
  const runtime = required(facts, 'Runtime');
  if (handler === undefined || runtime === undefined) return;
  const code = codeOf(facts);
  const bundling = readBundling(facts);
  const definition = {
    ...identityOf(facts),
    runtime,
    handler,
    codeDirectory: code.directory,
    ...(code.inline !== undefined && { inlineCode: code.inline }),
    ...defined({ bundling }),
    ...settingsOf(facts),
  } satisfies FunctionDefinition;
  const location = {
    codeDirectory: code.directory,
    handler,
    runtime,
    entryPoints: bundling?.entryPoints ?? [],
  };
  collected.functions.push(code.isHere ? { definition, location } : { definition });
};

/** What is the same whatever the code is. */
function settingsOf(facts: Facts) {
  return {
    ...limitsOf(facts),
    environment: environmentOf(facts),
    ...optionsOf(facts),
    ...facts.definition(),
  };
}

function required(facts: Facts, name: 'Handler' | 'Runtime'): string | undefined {
  const found = facts.text(name);
  const [unknown] = placeholdersOf(facts.value(name));
  if (unknown)
    facts.error(`The ${name} of ${facts.address} is not known: ${unknown.reason}`, facts.value(name));
  else if (found === undefined) {
    facts.error(`${facts.address} has no ${name}. Add one.`);
  }
  return unknown ? undefined : found;
}

function identityOf(facts: Facts): Pick<FunctionDefinition, 'name' | 'roleArn'> {
  const name = facts.value('FunctionName');
  const [unknown] = placeholdersOf(name);
  if (unknown) {
    facts.warning(
      `This name is not known (${unknown.reason}) The function is called ${facts.logicalId} here.`,
      name,
    );
  }
  const role = facts.text('Role', 'roleArn');
  return {
    name: (unknown ? undefined : facts.text('FunctionName', 'name')) ?? facts.logicalId,
    ...(role !== undefined && !isUnresolved(facts.value('Role')) && { roleArn: role }),
  };
}

function limitsOf(facts: Facts) {
  const inRange = (name: string, member: string, least: number, most: number, fallback: number): number => {
    const value = facts.value(...name.split('.'));
    facts.place(member, value);
    if (!value || isUnresolved(value)) return fallback;
    const written = numberOf(value);
    if (written !== undefined && written >= least && written <= most) return written;
    facts.error(
      `${name.split('.')[0]} has to be a number from ${least} to ${most}. Lambda's default of ${fallback} is used until then.`,
      value,
    );
    return fallback;
  };
  const storage = inRange('EphemeralStorage.Size', 'ephemeralStorageMb', 512, 10_240, 512);
  return {
    timeoutSeconds: inRange('Timeout', 'timeoutSeconds', 1, 900, 3),
    memorySizeMb: inRange('MemorySize', 'memorySizeMb', 128, 10_240, 128),
    ...(storage !== 512 && { ephemeralStorageMb: storage }),
  };
}

function environmentOf(facts: Facts): Readonly<Record<string, string>> {
  const environment: Record<string, string> = {};
  for (const [name, value] of entries(facts.value('Environment', 'Variables'))) {
    facts.place(`environment.${name}`, value);
    const written = text(value);
    if (written !== undefined) environment[name] = written;
    else facts.error(`An environment variable is a text: write ${name} as one.`, value);
  }
  return environment;
}

function optionsOf(facts: Facts) {
  const layers = layersOf(facts);
  const fileSystems = items(facts.value('FileSystemConfigs')).map(config => ({
    arn: text(property(config, 'Arn')) ?? '',
    localMountPath: text(property(config, 'LocalMountPath')) ?? '',
  }));
  const tags = items(facts.value('Tags')).map(
    tag => [text(property(tag, 'Key')) ?? '', text(property(tag, 'Value')) ?? ''] as const,
  );
  const snapStart = facts.text('SnapStart.ApplyOn', 'snapStart');
  const [architecture] = facts.texts('Architectures', 'architecture');
  return defined({
    description: facts.text('Description'),
    architecture: architecture === 'x86_64' || architecture === 'arm64' ? architecture : undefined,
    layers: layers.length > 0 ? layers : undefined,
    vpc: vpcOf(facts),
    deadLetterTargetArn: facts.text('DeadLetterConfig.TargetArn', 'deadLetterTargetArn'),
    tracing: facts.choice('TracingConfig.Mode', ['Active', 'PassThrough'], 'tracing'),
    logging: loggingOf(facts),
    reservedConcurrency: facts.number('ReservedConcurrentExecutions', 'reservedConcurrency'),
    snapStart: snapStart === 'None' ? undefined : snapStart,
    recursiveLoop: facts.choice('RecursiveLoop', ['Allow', 'Terminate']),
    fileSystems: fileSystems.length > 0 ? fileSystems : undefined,
    tags: tags.length > 0 ? Object.fromEntries(tags) : undefined,
  });
}

function vpcOf(facts: Facts): VpcAttachment | undefined {
  const subnetIds = facts.texts('VpcConfig.SubnetIds', 'vpc.subnetIds');
  const securityGroupIds = facts.texts('VpcConfig.SecurityGroupIds', 'vpc.securityGroupIds');
  // Empty lists detach. https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
  if (subnetIds.length === 0 && securityGroupIds.length === 0) return undefined;
  facts.place('vpc', facts.value('VpcConfig'));
  const ipv6 = booleanOf(facts.value('VpcConfig', 'Ipv6AllowedForDualStack')) ?? false;
  return { subnetIds, securityGroupIds, ipv6AllowedForDualStack: ipv6 };
}

function loggingOf(facts: Facts): LoggingOptions | undefined {
  if (!facts.value('LoggingConfig')) return undefined;
  return defined({
    format: facts.choice('LoggingConfig.LogFormat', ['Text', 'JSON'], 'logging.format'),
    applicationLevel: facts.text('LoggingConfig.ApplicationLogLevel', 'logging.applicationLevel'),
    systemLevel: facts.text('LoggingConfig.SystemLogLevel', 'logging.systemLevel'),
    logGroup: facts.text('LoggingConfig.LogGroup', 'logging.logGroup'),
  });
}

/** A layer of the same template, or one that is only an ARN. */
function layersOf(facts: Facts): readonly LayerReference[] {
  if (!facts.value('Layers')) return [];
  facts.place('layers', facts.value('Layers'));
  const { scope, folder } = facts.stack;
  const own = new Map<string, Value>();
  for (const { logicalId, type, node } of scope.resources.values()) {
    if (type !== 'AWS::Lambda::LayerVersion' && type !== 'AWS::Serverless::LayerVersion') continue;
    const content = scope.evaluate(
      descendant(node, 'Properties', 'Content') ?? descendant(node, 'Properties', 'ContentUri'),
    );
    const arn = scope.identity(logicalId)?.arn;
    if (arn !== undefined && content) own.set(arn, content);
  }
  return items(facts.value('Layers')).map(layer => {
    const arn = text(layer) ?? '';
    const content = own.get(arn);
    const path = text(content);
    const isLocal = content && path !== undefined && !path.startsWith('s3://') && !isUnresolved(content);
    return isLocal ? { arn, directory: resolve(folder, path) } : { arn };
  });
}

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-using-build-typescript.html */
function readBundling(facts: Facts): BundlingOptions | undefined {
  const options = facts.stack.scope.evaluate(descendant(facts.resource.node, 'Metadata'));
  if (text(property(options, 'BuildMethod')) !== 'esbuild') return undefined;
  const given = (name: string) => property(options, 'BuildProperties', name);
  const format = text(given('Format'));
  return defined({
    entryPoints: given('EntryPoints') && texts(given('EntryPoints')),
    external: given('External') && texts(given('External')),
    format: format === 'cjs' || format === 'esm' ? format : undefined,
    target: text(given('Target')),
    minify: booleanOf(given('Minify')),
    sourcemap: booleanOf(given('Sourcemap')),
  });
}
