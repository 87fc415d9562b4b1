import { type DocNode, descendant, type MapEntry, type MapNode } from '../document/sourceDocument.ts';
import { expandEventInvokeConfig } from './eventInvokeConfig.ts';
import { expandEvents } from './events/expandEvents.ts';
import { ExecutionRole } from './executionRole.ts';
import type { Expansion } from './expansion.ts';
import { expandFunctionUrl } from './functionUrl.ts';
import type { InvocationTarget } from './invocationTarget.ts';
import { expandVersioning } from './versioning.ts';

/** Properties that mean the same to CloudFormation. */
const passed = [
  'FunctionName',
  'Description',
  'Handler',
  'Runtime',
  'MemorySize',
  'Timeout',
  'VpcConfig',
  'Environment',
  'KmsKeyArn',
  'ReservedConcurrentExecutions',
  'Layers',
  'FileSystemConfigs',
  'ImageConfig',
  'PackageType',
  'Architectures',
  'SnapStart',
  'EphemeralStorage',
  'LoggingConfig',
  'RecursiveLoop',
  'RuntimeManagementConfig',
  'CodeSigningConfigArn',
];

/**
 * AWS::Serverless::Function as the Lambda function, role, alias, permissions and event resources that SAM
 * makes of it.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function.html
 */
export function expandFunction(
  logicalId: string,
  entry: MapEntry,
  properties: DocNode,
  expansion: Expansion,
): void {
  const build = expansion.build(entry.key);
  const own = (name: string) => expansion.shape(descendant(properties, name));
  const entries = new Map<string, MapEntry>();
  const set = (name: string, value: DocNode | undefined, key: DocNode = entry.key) => {
    if (value) entries.set(name, { key: { ...build.scalar(name), start: key.start, end: key.end }, value });
  };
  for (const [name, written] of expansion.shapes(properties)) {
    if (passed.includes(name)) entries.set(name, written);
  }
  set('Code', codeOf(own, expansion));
  const tracing = own('Tracing');
  if (tracing && expansion.text(tracing) !== 'Disabled') set('TracingConfig', build.map({ Mode: tracing }));
  const deadLetters = own('DeadLetterQueue');
  set('DeadLetterConfig', deadLetters && build.map({ TargetArn: descendant(deadLetters, 'TargetArn') }));
  set('Tags', tagsOf(own('Tags'), entry, expansion));

  const alias = expandVersioning(logicalId, properties, expansion);
  const target: InvocationTarget = alias
    ? { logicalId, name: build.ref(alias), arn: build.ref(alias) }
    : { logicalId, name: build.ref(logicalId), arn: build.attribute(logicalId, 'Arn') };
  const role = new ExecutionRole(logicalId, entry, properties, expansion);
  expandFunctionUrl(properties, target, expansion);
  expandEventInvokeConfig(properties, logicalId, own('AutoPublishAlias'), role, expansion);
  role.addPolicies(own('Policies'));
  expandEvents(properties, target, role, expansion);

  const written = own('Role');
  if (written) set('Role', written, written);
  else {
    role.write();
    set('Role', build.attribute(`${logicalId}Role`, 'Arn'));
  }
  expansion.replace(logicalId, entry, 'AWS::Lambda::Function', {
    ...build.map({}),
    entries,
  } satisfies MapNode);
}

/** SAM's three ways to name code, as CloudFormation writes it; a local path stays a plain text. */
function codeOf(own: (name: string) => DocNode | undefined, expansion: Expansion): DocNode | undefined {
  const inline = own('InlineCode');
  if (inline) return expansion.build(inline).map({ ZipFile: inline });
  const uri = own('CodeUri');
  if (uri?.kind === 'map' && descendant(uri, 'Bucket')) {
    const build = expansion.build(uri);
    return build.map({ S3Bucket: descendant(uri, 'Bucket'), S3Key: descendant(uri, 'Key') });
  }
  if (uri) return uri;
  const image = own('ImageUri');
  return image && expansion.build(image).map({ ImageUri: image });
}

/** SAM writes tags as a map and adds one of its own. */
function tagsOf(tags: DocNode | undefined, entry: MapEntry, expansion: Expansion): DocNode {
  const build = expansion.build(tags ?? entry.key);
  const written = expansion.shapes(tags).map(([name, { value }]) => build.map({ Key: name, Value: value }));
  return build.seq([...written, build.map({ Key: 'lambda:createdBy', Value: 'SAM' })]);
}
