import type { NetworkAclEntry, SecurityGroupPeer, SecurityGroupRule } from '../../../model/network.ts';
import type { ResourceDefinition } from '../../../model/resource.ts';
import { defined } from '../../defined.ts';
import { items, numberOf, property, text, type Value, whereIs } from '../../intrinsics/value.ts';
import { amend, type ReadResource } from './collected.ts';
import type { Facts } from './facts.ts';
import { idOf } from './vpc.ts';

/** AWS::EC2::SecurityGroup, with the rules that it lists itself. */
export const readSecurityGroup: ReadResource = (facts, { resources }) => {
  const vpcId = facts.text('VpcId');
  const definition = facts.definition();
  const rules = (name: string) =>
    items(facts.value(name)).flatMap(rule => ruleOf(rule, { ...definition, definedAt: whereIs(rule) }));
  resources.securityGroups.push({
    id: idOf(facts),
    ...defined({ vpcId }),
    ingress: rules('SecurityGroupIngress'),
    egress: rules('SecurityGroupEgress'),
    ...definition,
  });
};

/** AWS::EC2::SecurityGroupIngress and AWS::EC2::SecurityGroupEgress: a rule of their group. */
export const addSecurityGroupRule: ReadResource = (facts, { resources }) => {
  const groupId = facts.text('GroupId');
  const direction = facts.resource.type.endsWith('Egress') ? 'egress' : 'ingress';
  const added = ruleOf(facts.properties, facts.definition());
  amend(
    resources.securityGroups,
    group => group.id === groupId,
    group => ({ ...group, [direction]: [...group[direction], ...added] }),
  );
};

/** None where the rule names nobody. https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html */
function ruleOf(rule: Value | undefined, definition: ResourceDefinition): readonly SecurityGroupRule[] {
  const peer = peerOf(rule);
  if (!peer) return [];
  const protocol = text(property(rule, 'IpProtocol')) ?? '-1';
  const from = numberOf(property(rule, 'FromPort'));
  const to = numberOf(property(rule, 'ToPort'));
  const { ranges: _ranges, ...place } = definition;
  return [
    {
      protocol: protocol.toLowerCase(),
      ...(protocol !== '-1' && from !== undefined && from !== -1 && { fromPort: from }),
      ...(protocol !== '-1' && to !== undefined && to !== -1 && { toPort: to }),
      peer,
      ...place,
    },
  ];
}

function peerOf(rule: Value | undefined): SecurityGroupPeer | undefined {
  const cidr = text(property(rule, 'CidrIp')) ?? text(property(rule, 'CidrIpv6'));
  if (cidr !== undefined) return { kind: 'cidr', cidr };
  const group =
    text(property(rule, 'SourceSecurityGroupId')) ?? text(property(rule, 'DestinationSecurityGroupId'));
  if (group !== undefined) return { kind: 'securityGroup', id: group };
  const list = text(property(rule, 'SourcePrefixListId')) ?? text(property(rule, 'DestinationPrefixListId'));
  return list === undefined ? undefined : { kind: 'prefixList', id: list };
}

/** AWS::EC2::NetworkAcl. */
export const readNetworkAcl: ReadResource = (facts, { resources }) => {
  resources.networkAcls.push({
    id: idOf(facts),
    vpcId: facts.text('VpcId') ?? '',
    entries: [],
    ...facts.definition(),
  });
};

/** AWS::EC2::NetworkAclEntry: an entry of its ACL, at the place that its number gives it. */
export const addNetworkAclEntry: ReadResource = (facts, { resources }) => {
  const aclId = facts.text('NetworkAclId');
  const entry = entryOf(facts);
  if (!entry) return facts.error(`${facts.address} needs a RuleNumber and a CidrBlock.`);
  amend(
    resources.networkAcls,
    acl => acl.id === aclId,
    acl => ({ ...acl, entries: [...acl.entries, entry].sort((a, b) => a.ruleNumber - b.ruleNumber) }),
  );
};

function entryOf(facts: Facts): NetworkAclEntry | undefined {
  const ruleNumber = facts.number('RuleNumber');
  const cidr = facts.text('CidrBlock', 'cidr') ?? facts.text('Ipv6CidrBlock', 'cidr');
  if (ruleNumber === undefined || cidr === undefined) return undefined;
  const from = facts.number('PortRange.From', 'fromPort');
  const to = facts.number('PortRange.To', 'toPort');
  return {
    ruleNumber,
    direction: facts.flag('Egress', 'direction') ? 'egress' : 'ingress',
    allow: facts.text('RuleAction', 'allow')?.toLowerCase() === 'allow',
    protocol: facts.text('Protocol') ?? '-1',
    cidr,
    ...defined({ fromPort: from, toPort: to }),
    ...facts.definition(),
  };
}
