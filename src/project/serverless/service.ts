import { withEntries } from '../document/build.ts';
import {
  type DocNode,
  descendant,
  entriesOf,
  type MapEntry,
  type MapNode,
  textOf,
} from '../document/sourceDocument.ts';
import type { ExpandedTemplate } from '../sam/expandTemplate.ts';
import type { Expansion } from '../sam/expansion.ts';
import { expandFunction } from './functions.ts';
import { functionId } from './names.ts';
import { ServiceApis } from './serviceApis.ts';
import { type ServiceContext, writtenRole } from './serviceContext.ts';
import { SharedRole } from './sharedRole.ts';

/**
 * A service as the framework would hand it to CloudFormation: its own resources, and what becomes of its
 * functions and their events.
 *
 * @param expansion opened over the service's own resources.
 */
export function expandService(service: DocNode, stage: string, expansion: Expansion): ExpandedTemplate {
  const name = textOf(descendant(service, 'service')) ?? '';
  const provider = descendant(service, 'provider');
  const apis = new ServiceApis(service, stage, expansion);
  const roleWritten = writtenRole(provider);
  const role = new SharedRole(provider, provider ?? service, `${name}-${stage}`, expansion);
  const functions = functionsOf(service, expansion);
  const keys = new Set(functions.map(([key]) => key));
  const context: ServiceContext = { service, name, stage, expansion, apis, role, keys };
  for (const [logicalId, entry] of entriesOf(descendant(expansion.root, 'Resources'))) {
    expansion.resources.set(logicalId, entry);
  }
  for (const [key, entry] of functions) expandFunction(key, entry, context);
  const region = expansion.text(expansion.build(service).ref('AWS::Region')) ?? '';
  // A role that no function would have is not made.
  const isUsed = functions.length === 0 || functions.some(([, { value }]) => !descendant(value, 'role'));
  if (!roleWritten && isUsed) role.write(`${name}-${stage}-${region}-lambdaRole`);
  apis.write();
  const root = expansion.root as MapNode;
  const build = expansion.build(service);
  const resources: MapNode = { ...build.map({}), entries: expansion.resources };
  return {
    root: withEntries(root, [['Resources', { key: build.scalar('Resources'), value: resources }]]),
    implicit: expansion.implicit,
    generated: expansion.generated,
  };
}

/** A map of functions, or a list of such maps. */
function functionsOf(service: DocNode, expansion: Expansion): readonly (readonly [string, MapEntry])[] {
  const written = descendant(service, 'functions');
  const maps = written?.kind === 'seq' ? written.items : [written];
  const found = maps.flatMap(map => [...entriesOf(map)]);
  const seen = new Map<string, MapEntry>();
  for (const [key, entry] of found) {
    const logicalId = functionId(key);
    if (seen.has(logicalId))
      expansion.error(`${key} comes to the same logical id as another function. Rename one.`, entry.key);
    else seen.set(logicalId, entry);
  }
  return found;
}
