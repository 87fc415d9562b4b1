import { type DocNode, descendant, entriesOf, type MapEntry, textOf } from '../document/sourceDocument.ts';
import { expandEvent } from '../sam/events/expandEvents.ts';
import type { SamEvent } from '../sam/events/samEvent.ts';
import type { Expansion } from '../sam/expansion.ts';
import { expandFunctionUrl } from '../sam/functionUrl.ts';
import type { InvocationTarget } from '../sam/invocationTarget.ts';
import { bindings } from './boundEvents.ts';
import { translations } from './events.ts';
import { alphanumeric, functionId, normalized } from './names.ts';
import { defaultRole, roleArn, type ServiceContext } from './serviceContext.ts';

/** Settings that a function has of its own, or of the provider. */
type Setting = (name: string) => DocNode | undefined;

/** https://www.serverless.com/framework/docs/providers/aws/guide/functions */
export function expandFunction(key: string, entry: MapEntry, context: ServiceContext): void {
  const { expansion, service, name, stage } = context;
  const build = expansion.build(entry.key);
  const provider = descendant(service, 'provider');
  const own: Setting = setting => expansion.shape(descendant(entry.value, setting));
  const setting: Setting = name => own(name) ?? expansion.shape(descendant(provider, name));
  const logicalId = functionId(key);
  const vpc = setting('vpc');
  if (vpc) context.role.allowNetwork(vpc);
  const properties = build.map({
    FunctionName: own('name') ?? `${name}-${stage}-${key}`,
    Description: own('description'),
    Handler: own('handler'),
    PackageType: own('image') && 'Image',
    ImageConfig: own('image') && build.map({ Command: descendant(own('image'), 'command') }),
    Runtime: setting('runtime') ?? 'nodejs20.x',
    Timeout: setting('timeout') ?? 6,
    MemorySize: setting('memorySize') ?? 1024,
    Code: codeOf(own, service, expansion),
    Role: own('role')
      ? roleArn(own('role') as DocNode, expansion)
      : defaultRole(provider, expansion, entry.key),
    Environment: environmentOf(own, provider, expansion, entry.key),
    VpcConfig:
      vpc &&
      build.map({
        SubnetIds: descendant(vpc, 'subnetIds'),
        SecurityGroupIds: descendant(vpc, 'securityGroupIds'),
        Ipv6AllowedForDualStack: descendant(vpc, 'ipv6AllowedForDualStack'),
      }),
    Layers: setting('layers'),
    Architectures: setting('architecture') && build.seq([setting('architecture') as DocNode]),
    EphemeralStorage: own('ephemeralStorageSize') && build.map({ Size: own('ephemeralStorageSize') }),
    ReservedConcurrentExecutions: own('reservedConcurrency'),
    TracingConfig: tracingOf(own, provider, expansion, entry.key),
    DeadLetterConfig: own('onError') && build.map({ TargetArn: own('onError') }),
    SnapStart:
      expansion.flag(own('snapStart')) === true ? build.map({ ApplyOn: 'PublishedVersions' }) : undefined,
    LoggingConfig: loggingOf(setting('logs'), expansion),
    FileSystemConfigs: fileSystemsOf(own('fileSystemConfig'), expansion),
    Tags: tagsOf(own, provider, expansion, entry.key),
  });
  const metadata = bundlingOf(service, entry.key, expansion);
  expansion.resources.set(logicalId, {
    key: entry.key,
    value: build.map({ Type: 'AWS::Lambda::Function', Properties: properties, Metadata: metadata }),
  });
  const alias = addVersion(key, own, provider, entry, expansion);
  addInvokeConfig(key, own, entry, context, alias?.name);
  const target: InvocationTarget = alias
    ? { logicalId, name: build.ref(alias.logicalId), arn: build.ref(alias.logicalId) }
    : { logicalId, name: build.ref(logicalId), arn: build.attribute(logicalId, 'Arn') };
  addUrl(own('url'), target, expansion);
  addEvents(key, own('events'), target, context);
}

function codeOf(own: Setting, service: DocNode, expansion: Expansion): DocNode {
  const artifact = descendant(own('package'), 'artifact') ?? descendant(service, 'package', 'artifact');
  return artifact ?? expansion.build(service).scalar('.');
}

function environmentOf(
  own: Setting,
  provider: DocNode | undefined,
  expansion: Expansion,
  place: DocNode,
): DocNode | undefined {
  const variables = new Map([
    ...expansion.shapes(descendant(provider, 'environment')),
    ...expansion.shapes(own('environment')),
  ]);
  if (variables.size === 0) return undefined;
  const build = expansion.build(place);
  return build.map({ Variables: { ...build.map({}), entries: variables } });
}

/** `tracing: Active`, or `true` for the whole provider. */
function tracingOf(
  own: Setting,
  provider: DocNode | undefined,
  expansion: Expansion,
  place: DocNode,
): DocNode | undefined {
  const written = own('tracing') ?? descendant(provider, 'tracing', 'lambda');
  if (!written || expansion.flag(written) === false) return undefined;
  const mode = expansion.flag(written) === true ? 'Active' : written;
  return expansion.build(place).map({ Mode: mode });
}

function loggingOf(logs: DocNode | undefined, expansion: Expansion): DocNode | undefined {
  const lambda = descendant(logs, 'lambda') ?? logs;
  if (lambda?.kind !== 'map') return undefined;
  return expansion.build(lambda).map({
    LogFormat: descendant(lambda, 'logFormat'),
    ApplicationLogLevel: descendant(lambda, 'applicationLogLevel'),
    SystemLogLevel: descendant(lambda, 'systemLogLevel'),
    LogGroup: descendant(lambda, 'logGroup'),
  });
}

function fileSystemsOf(config: DocNode | undefined, expansion: Expansion): DocNode | undefined {
  if (!config) return undefined;
  const build = expansion.build(config);
  const system = build.map({
    Arn: descendant(config, 'arn'),
    LocalMountPath: descendant(config, 'localMountPath'),
  });
  return build.seq([system]);
}

function tagsOf(
  own: Setting,
  provider: DocNode | undefined,
  expansion: Expansion,
  place: DocNode,
): DocNode | undefined {
  const tags = new Map([...expansion.shapes(descendant(provider, 'tags')), ...expansion.shapes(own('tags'))]);
  if (tags.size === 0) return undefined;
  const build = expansion.build(place);
  return build.seq([...tags].map(([name, { value }]) => build.map({ Key: name, Value: value })));
}

/** The framework's own bundler, and the plugin that came before it. */
function bundlingOf(service: DocNode, place: DocNode, expansion: Expansion): DocNode | undefined {
  const options = descendant(service, 'build', 'esbuild') ?? descendant(service, 'custom', 'esbuild');
  if (options?.kind !== 'map') return undefined;
  const build = expansion.build(place);
  return build.map({
    BuildMethod: 'esbuild',
    BuildProperties: build.map({
      Minify: descendant(options, 'minify'),
      Target: descendant(options, 'target'),
      Format: descendant(options, 'format'),
      Sourcemap: descendant(options, 'sourcemap'),
      External: descendant(options, 'external'),
    }),
  });
}

/**
 * Each deployment publishes a version, unless the provider says not to. Provisioned concurrency and SnapStart add an
 * alias, which is then what events invoke.
 */
function addVersion(
  key: string,
  own: Setting,
  provider: DocNode | undefined,
  entry: MapEntry,
  expansion: Expansion,
): { readonly logicalId: string; readonly name: string } | undefined {
  const build = expansion.build(entry.key);
  const provisioned = own('provisionedConcurrency');
  const snapStart = expansion.flag(own('snapStart')) === true ? own('snapStart') : undefined;
  const wanted = expansion.flag(own('versionFunction') ?? descendant(provider, 'versionFunctions')) ?? true;
  if (!wanted && !provisioned && !snapStart) return undefined;
  const versionId = `${normalized(key)}LambdaVersion`;
  const FunctionName = build.ref(functionId(key));
  expansion.add(versionId, 'AWS::Lambda::Version', build.map({ FunctionName }), entry.key);
  const place = provisioned ?? snapStart;
  if (!place) return undefined;
  const alias = provisioned
    ? { logicalId: `${normalized(key)}ProvConcLambdaAlias`, name: 'provisioned' }
    : { logicalId: `${normalized(key)}SnapStartLambdaAlias`, name: 'snapstart' };
  expansion.add(
    alias.logicalId,
    'AWS::Lambda::Alias',
    build.map({
      FunctionName,
      Name: alias.name,
      FunctionVersion: build.attribute(versionId, 'Version'),
      ProvisionedConcurrencyConfig:
        provisioned && build.map({ ProvisionedConcurrentExecutions: provisioned }),
      AutoPublish: true,
    }),
    place,
  );
  return alias;
}

/** @param alias what is invoked in the place of `$LATEST`, if anything is. */
function addInvokeConfig(
  key: string,
  own: Setting,
  entry: MapEntry,
  context: ServiceContext,
  alias: string | undefined,
): void {
  const { expansion, keys } = context;
  const destinations = own('destinations');
  const retries = own('maximumRetryAttempts');
  const age = own('maximumEventAge');
  if (!destinations && !retries && !age) return;
  const build = expansion.build(destinations ?? retries ?? age ?? entry.key);
  const destination = (outcome: string) => {
    const written = descendant(destinations, outcome);
    const arn = descendant(written, 'arn') ?? written;
    if (!arn) return undefined;
    const name = textOf(arn);
    const target = name !== undefined && keys.has(name) ? build.attribute(functionId(name), 'Arn') : arn;
    return build.map({ Destination: target });
  };
  expansion.add(
    `${normalized(key)}LambdaEvConf`,
    'AWS::Lambda::EventInvokeConfig',
    build.map({
      FunctionName: build.ref(functionId(key)),
      Qualifier: alias ?? '$LATEST',
      MaximumRetryAttempts: retries,
      MaximumEventAgeInSeconds: age,
      DestinationConfig: build.map({
        OnSuccess: destination('onSuccess'),
        OnFailure: destination('onFailure'),
      }),
    }),
    destinations ?? entry.key,
  );
}

/** `url: true`, or a map. https://www.serverless.com/framework/docs/providers/aws/guide/functions#lambda-function-urls */
function addUrl(url: DocNode | undefined, target: InvocationTarget, expansion: Expansion): void {
  if (!url || expansion.flag(url) === false) return;
  const build = expansion.build(url);
  const cors = descendant(url, 'cors');
  const isOpen = expansion.text(descendant(url, 'authorizer'))?.toLowerCase() !== 'aws_iam';
  const config = build.map({
    AuthType: isOpen ? 'NONE' : 'AWS_IAM',
    InvokeMode: descendant(url, 'invokeMode'),
    Cors:
      cors &&
      build.map({
        AllowOrigins: descendant(cors, 'allowedOrigins') ?? build.seq([build.scalar('*')]),
        AllowHeaders: descendant(cors, 'allowedHeaders'),
        AllowMethods: descendant(cors, 'allowedMethods'),
        AllowCredentials: descendant(cors, 'allowCredentials'),
        ExposeHeaders: descendant(cors, 'exposedResponseHeaders'),
        MaxAge: descendant(cors, 'maxAge'),
      }),
  });
  expandFunctionUrl(build.map({ FunctionUrlConfig: config }), target, expansion);
}

/** A skill of Alexa needs no more than its kind. https://www.serverless.com/framework/docs/providers/aws/events/alexa-skill */
function spelledOut(event: DocNode, expansion: Expansion): DocNode {
  const build = expansion.build(event);
  return textOf(event) === 'alexaSkill' ? build.map({ alexaSkill: build.map({}) }) : event;
}

/** Items are maps of one key, which names the kind of event. */
function addEvents(
  key: string,
  events: DocNode | undefined,
  target: InvocationTarget,
  context: ServiceContext,
): void {
  const { expansion, apis, role } = context;
  const counts = new Map<string, number>();
  for (const item of expansion.items(events)) {
    const [[kind, entry] = []] = entriesOf(spelledOut(item, expansion));
    if (kind === undefined || !entry) {
      expansion.error('An event is a map whose key is its kind, such as `sqs`.', item);
      continue;
    }
    const place = entry.key;
    const translate = translations[kind];
    const base = (type: string): SamEvent => {
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      return {
        logicalId: `${normalized(key)}${alphanumeric(kind)}${count}`,
        type,
        place,
        build: expansion.build(place),
        target,
        role,
        expansion,
        own: () => undefined,
      };
    };
    const bind = bindings[kind];
    if (bind) bind(entry.value, base(kind), context);
    else if (translate) {
      for (const { type, properties } of translate(entry.value, { expansion, apis, place })) {
        expandEvent({ ...base(type), own: property => expansion.shape(properties[property]) });
      }
    } else {
      expansion.warning(
        `Events of kind ${kind} are not known here; the function shows without this one.`,
        place,
      );
    }
  }
}
