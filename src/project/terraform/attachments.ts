import { withEntries } from '../document/build.ts';
import { type DocNode, descendant, type MapEntry, type MapNode, textOf } from '../document/sourceDocument.ts';

/**
 * Joins what Terraform writes as a resource of its own to the resource that CloudFormation has it in: targets
 * to rules, notifications to buckets, integrations to methods.
 */
export function mergeAttachments(resources: ReadonlyMap<string, MapEntry>): Map<string, MapEntry> {
  const merged = new Map<string, MapEntry>();
  for (const [logicalId, entry] of resources) if (!isAttachment(entry)) merged.set(logicalId, entry);
  for (const entry of resources.values()) {
    const own = (name: string) => descendant(entry.value, 'Properties', name);
    switch (typeOf(entry)) {
      case 'Terraform::RuleTarget':
        append(merged, ownerOf(merged, 'AWS::Events::Rule', own('Rule'), 'Name'), 'Targets', own('Target'));
        break;
      case 'Terraform::PolicyAttachment':
        append(
          merged,
          ownerOf(merged, 'AWS::IAM::Role', own('Role'), 'RoleName'),
          'ManagedPolicyArns',
          own('PolicyArn'),
        );
        break;
      case 'Terraform::BucketNotification':
        set(
          merged,
          ownerOf(merged, 'AWS::S3::Bucket', own('Bucket'), 'BucketName'),
          'NotificationConfiguration',
          own('Configuration'),
        );
        break;
      case 'Terraform::BucketVersioning':
        set(
          merged,
          ownerOf(merged, 'AWS::S3::Bucket', own('Bucket'), 'BucketName'),
          'VersioningConfiguration',
          descendant(entry.value, 'Properties'),
        );
        break;
      case 'Terraform::RedrivePolicy':
        set(
          merged,
          ownerOf(merged, 'AWS::SQS::Queue', own('Queue'), 'QueueName'),
          'RedrivePolicy',
          own('RedrivePolicy'),
        );
        break;
      case 'Terraform::ProvisionedConcurrency':
        set(
          merged,
          qualifierOf(merged, own('FunctionName'), own('Qualifier')),
          'ProvisionedConcurrencyConfig',
          own('Configuration'),
        );
        break;
      case 'Terraform::RestIntegration':
        set(
          merged,
          methodOf(merged, own('ResourceId'), own('HttpMethod')),
          'Integration',
          own('Integration'),
        );
        break;
      default:
    }
  }
  return merged;
}

function typeOf(entry: MapEntry): string | undefined {
  return textOf(descendant(entry.value, 'Type'));
}

function isAttachment(entry: MapEntry): boolean {
  return typeOf(entry)?.startsWith('Terraform::') === true;
}

/** The resource that a reference names, or that has a literal name. */
function ownerOf(
  resources: ReadonlyMap<string, MapEntry>,
  type: string,
  named: DocNode | undefined,
  nameProperty: string,
): string | undefined {
  const referred = referredId(named);
  if (referred !== undefined && resources.has(referred)) return referred;
  const name = textOf(named);
  if (name === undefined) return undefined;
  for (const [logicalId, entry] of resources) {
    if (typeOf(entry) !== type) continue;
    const own = textOf(descendant(entry.value, 'Properties', nameProperty));
    if (own === name || name.endsWith(`/${own}`)) return logicalId;
  }
  return undefined;
}

function referredId(node: DocNode | undefined): string | undefined {
  const attribute = descendant(node, 'Fn::GetAtt');
  return (
    textOf(descendant(node, 'Ref')) ?? textOf(attribute?.kind === 'seq' ? attribute.items[0] : undefined)
  );
}

/** The version that is referred to, or the alias of that name: many functions have one that is called alike. */
function qualifierOf(
  resources: ReadonlyMap<string, MapEntry>,
  named: DocNode | undefined,
  qualifier: DocNode | undefined,
): string | undefined {
  const referred = referredId(qualifier);
  if (referred !== undefined && resources.has(referred)) return referred;
  const functionOf = (node: DocNode | undefined) => {
    const logicalId = referredId(node);
    const own = descendant(resources.get(logicalId ?? '')?.value, 'Properties', 'FunctionName');
    return textOf(own) ?? logicalId ?? textOf(node)?.split(':').at(-1);
  };
  for (const [logicalId, entry] of resources) {
    if (typeOf(entry) !== 'AWS::Lambda::Alias') continue;
    const own = (name: string) => descendant(entry.value, 'Properties', name);
    const isNamed = textOf(own('Name')) !== undefined && textOf(own('Name')) === textOf(qualifier);
    if (isNamed && functionOf(own('FunctionName')) === functionOf(named)) return logicalId;
  }
  return undefined;
}

/** A method and its integration have the same resource and verb, however both are written. */
function methodOf(
  resources: ReadonlyMap<string, MapEntry>,
  resourceId: DocNode | undefined,
  verb: DocNode | undefined,
): string | undefined {
  for (const [logicalId, entry] of resources) {
    if (typeOf(entry) !== 'AWS::ApiGateway::Method') continue;
    const own = (name: string) => descendant(entry.value, 'Properties', name);
    const isSameVerb = textOf(verb) === undefined || textOf(own('HttpMethod')) === textOf(verb);
    if (shape(own('ResourceId')) === shape(resourceId) && isSameVerb) return logicalId;
  }
  return undefined;
}

function shape(node: DocNode | undefined): string {
  if (!node) return '';
  if (node.kind === 'scalar') return JSON.stringify(node.value);
  if (node.kind === 'seq') return `[${node.items.map(shape).join()}]`;
  return `{${[...node.entries].map(([name, { value }]) => `${name}:${shape(value)}`).join()}}`;
}

function set(
  resources: Map<string, MapEntry>,
  logicalId: string | undefined,
  name: string,
  value: DocNode | undefined,
): void {
  const entry = logicalId === undefined ? undefined : resources.get(logicalId);
  const properties = descendant(entry?.value, 'Properties');
  if (!entry || logicalId === undefined || !value || entry.value.kind !== 'map' || properties?.kind !== 'map')
    return;
  const key = { ...value, kind: 'scalar', value: name } as MapEntry['key'];
  const changed: MapNode = withEntries(properties, [[name, { key, value }]]);
  const propertiesKey = entry.value.entries.get('Properties')?.key ?? key;
  resources.set(logicalId, {
    key: entry.key,
    value: withEntries(entry.value, [['Properties', { key: propertiesKey, value: changed }]]),
  });
}

function append(
  resources: Map<string, MapEntry>,
  logicalId: string | undefined,
  name: string,
  item: DocNode | undefined,
): void {
  if (logicalId === undefined || !item) return;
  const list = descendant(resources.get(logicalId)?.value, 'Properties', name);
  const items = list?.kind === 'seq' ? list.items : [];
  set(resources, logicalId, name, { ...item, kind: 'seq', items: [...items, item] } as DocNode);
}
