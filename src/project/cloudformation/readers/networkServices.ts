import type { NetworkServiceDefinition } from '../../../model/network.ts';
import { descendant } from '../../document/sourceDocument.ts';
import { texts } from '../../intrinsics/value.ts';
import { amend, type ReadResource } from './collected.ts';
import type { Facts } from './facts.ts';
import { idOf } from './vpc.ts';

/** AWS::RDS::DBInstance, DBCluster and DBProxy, and AWS::DocDB::DBCluster. */
export const readDatabase: ReadResource = (facts, { resources }) => {
  const attributes = facts.identity?.attributes;
  const host = attributes?.['Endpoint.Address'] ?? attributes?.Endpoint ?? '';
  resources.networkServices.push(
    service(facts, 'database', host, attributes?.['Endpoint.Port'], [
      ...facts.texts('VPCSecurityGroups', 'securityGroupIds'),
      ...facts.texts('VpcSecurityGroupIds', 'securityGroupIds'),
    ]),
  );
};

/** AWS::ElastiCache clusters, replication groups and serverless caches. */
export const readCache: ReadResource = (facts, { resources }) => {
  const attributes = facts.identity?.attributes;
  resources.networkServices.push(
    service(facts, 'cache', attributes?.['Endpoint.Address'] ?? '', attributes?.['Endpoint.Port'], [
      ...facts.texts('VpcSecurityGroupIds', 'securityGroupIds'),
      ...facts.texts('SecurityGroupIds', 'securityGroupIds'),
    ]),
  );
};

/** AWS::ElasticLoadBalancingV2::LoadBalancer. */
export const readLoadBalancer: ReadResource = (facts, { resources }) => {
  const host = facts.identity?.attributes.DNSName ?? '';
  const balancer = service(
    facts,
    'loadBalancer',
    host,
    undefined,
    facts.texts('SecurityGroups', 'securityGroupIds'),
  );
  const isPublic = facts.text('Scheme', 'publiclyAccessible') !== 'internal';
  resources.networkServices.push({ ...balancer, publiclyAccessible: isPublic });
};

function service(
  facts: Facts,
  kind: NetworkServiceDefinition['kind'],
  host: string,
  port: string | undefined,
  securityGroupIds: readonly string[],
): NetworkServiceDefinition {
  const own = [
    ...facts.texts('SubnetIds'),
    ...facts.texts('Subnets', 'subnetIds'),
    ...facts.texts('VpcSubnetIds', 'subnetIds'),
  ];
  const groupName =
    facts.text('DBSubnetGroupName', 'subnetIds') ?? facts.text('CacheSubnetGroupName', 'subnetIds');
  return {
    kind,
    id: idOf(facts),
    host,
    ...(port !== undefined && { port: Number(port) }),
    subnetIds: own.length > 0 ? own : subnetsOfGroup(groupName, facts),
    securityGroupIds,
    publiclyAccessible: facts.flag('PubliclyAccessible') ?? false,
    ...facts.definition(),
  };
}

/** A subnet group is named by its own name or, where it has none, by its logical id. */
function subnetsOfGroup(name: string | undefined, { stack }: Facts): readonly string[] {
  if (name === undefined) return [];
  for (const { logicalId, type, node } of stack.scope.resources.values()) {
    if (!type.endsWith('SubnetGroup')) continue;
    const own = (property: string) => texts(stack.scope.evaluate(descendant(node, 'Properties', property)));
    const names = [logicalId, ...own('DBSubnetGroupName'), ...own('CacheSubnetGroupName')];
    if (names.some(known => known.toLowerCase() === name.toLowerCase())) return own('SubnetIds');
  }
  return [];
}

/** AWS::EFS::FileSystem. */
export const readFileSystem: ReadResource = (facts, { resources }) => {
  resources.fileSystems.push({
    id: idOf(facts),
    accessPointArns: [],
    mountTargets: [],
    ...facts.definition(),
  });
};

/** AWS::EFS::MountTarget. */
export const addMountTarget: ReadResource = (facts, { resources }) => {
  const fileSystemId = facts.text('FileSystemId');
  const mountTarget = {
    subnetId: facts.text('SubnetId') ?? '',
    securityGroupIds: facts.texts('SecurityGroups'),
  };
  amend(
    resources.fileSystems,
    system => system.id === fileSystemId,
    system => ({ ...system, mountTargets: [...system.mountTargets, mountTarget] }),
  );
};

/** AWS::EFS::AccessPoint. */
export const addAccessPoint: ReadResource = (facts, { resources }) => {
  const fileSystemId = facts.text('FileSystemId');
  const arn = facts.identity?.arn ?? '';
  amend(
    resources.fileSystems,
    system => system.id === fileSystemId,
    system => ({ ...system, accessPointArns: [...system.accessPointArns, arn] }),
  );
};
