import { type DocNode, descendant, entriesOf, textOf } from '../document/sourceDocument.ts';

/** Constructs that CDK itself adds to a stack, with the functions that work for it while it deploys. */
const ownConstruct =
  /^((BucketNotificationsHandler|LogRetention|AWS|CrossRegionAwsSdk)[0-9a-f]{32}|Custom::\w+Provider|Custom::CDK\w+)$/;

/** The logical ids of functions that nobody wrote, nor would call, and of what belongs to them. */
export function ownResources(template: DocNode): ReadonlySet<string> {
  const own = new Set<string>();
  for (const [logicalId, { value }] of entriesOf(descendant(template, 'Resources'))) {
    const path = textOf(descendant(value, 'Metadata', 'aws:cdk:path'))?.split('/') ?? [];
    // The framework of custom resources calls a function of the user's, which is none of its own.
    const isFramework = path.some(id => id.startsWith('framework-'));
    if (isFramework || path.slice(1).some(id => ownConstruct.test(id))) own.add(logicalId);
  }
  return own;
}
