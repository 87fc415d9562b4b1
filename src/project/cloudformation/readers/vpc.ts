import type { RouteTarget, VpcEndpointDefinition } from '../../../model/network.ts';
import type { Json } from '../../../model/resource.ts';
import { defined } from '../../defined.ts';
import { amend, type ReadResource } from './collected.ts';
import type { Facts } from './facts.ts';

/** The id that others name a resource of a VPC by. */
export function idOf(facts: Facts): string {
  return facts.identity?.ref ?? facts.logicalId;
}

/** AWS::EC2::VPC. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-vpc.html */
export const readVpc: ReadResource = (facts, { resources }) => {
  const block = facts.text('CidrBlock', 'cidrBlocks');
  resources.vpcs.push({
    id: idOf(facts),
    cidrBlocks: block === undefined ? [] : [block],
    ipv6CidrBlocks: [],
    enableDnsSupport: facts.flag('EnableDnsSupport') ?? true,
    enableDnsHostnames: facts.flag('EnableDnsHostnames') ?? false,
    ...facts.definition(),
  });
};

/** AWS::EC2::VPCCidrBlock: a further block of a VPC. */
export const addCidrBlock: ReadResource = (facts, { resources }) => {
  const vpcId = facts.text('VpcId');
  const block = facts.text('CidrBlock');
  const ipv6 =
    facts.text('Ipv6CidrBlock') ?? (facts.flag('AmazonProvidedIpv6CidrBlock') ? '::/56' : undefined);
  amend(
    resources.vpcs,
    vpc => vpc.id === vpcId,
    vpc => ({
      ...vpc,
      cidrBlocks: block === undefined ? vpc.cidrBlocks : [...vpc.cidrBlocks, block],
      ipv6CidrBlocks: ipv6 === undefined ? vpc.ipv6CidrBlocks : [...vpc.ipv6CidrBlocks, ipv6],
    }),
  );
};

/** AWS::EC2::Subnet. */
export const readSubnet: ReadResource = (facts, { resources }) => {
  const cidrBlock = facts.text('CidrBlock');
  const ipv6CidrBlock = facts.text('Ipv6CidrBlock');
  const availabilityZone = facts.text('AvailabilityZone');
  resources.subnets.push({
    id: idOf(facts),
    vpcId: facts.text('VpcId') ?? '',
    ...defined({ cidrBlock, ipv6CidrBlock, availabilityZone }),
    mapPublicIpOnLaunch: facts.flag('MapPublicIpOnLaunch') ?? false,
    ...facts.definition(),
  });
};

/** AWS::EC2::SubnetRouteTableAssociation. */
export const associateRouteTable: ReadResource = (facts, { resources }) => {
  const subnetId = facts.text('SubnetId');
  const routeTableId = facts.text('RouteTableId');
  if (routeTableId === undefined) return;
  amend(
    resources.subnets,
    subnet => subnet.id === subnetId,
    subnet => ({ ...subnet, routeTableId }),
  );
};

/** AWS::EC2::SubnetNetworkAclAssociation. */
export const associateNetworkAcl: ReadResource = (facts, { resources }) => {
  const subnetId = facts.text('SubnetId');
  const networkAclId = facts.text('NetworkAclId');
  if (networkAclId === undefined) return;
  amend(
    resources.subnets,
    subnet => subnet.id === subnetId,
    subnet => ({ ...subnet, networkAclId }),
  );
};

/** AWS::EC2::RouteTable. */
export const readRouteTable: ReadResource = (facts, { resources }) => {
  resources.routeTables.push({
    id: idOf(facts),
    vpcId: facts.text('VpcId') ?? '',
    routes: [],
    ...facts.definition(),
  });
};

const routeTargets: readonly (readonly [string, RouteTarget['kind']])[] = [
  ['GatewayId', 'internetGateway'],
  ['NatGatewayId', 'natGateway'],
  ['EgressOnlyInternetGatewayId', 'egressOnlyInternetGateway'],
  ['VpcPeeringConnectionId', 'vpcPeering'],
  ['TransitGatewayId', 'transitGateway'],
  ['VpcEndpointId', 'vpcEndpoint'],
  ['NetworkInterfaceId', 'networkInterface'],
  ['InstanceId', 'instance'],
];

/** AWS::EC2::Route: an entry of its route table. */
export const addRoute: ReadResource = (facts, { resources }) => {
  const tableId = facts.text('RouteTableId');
  const destination =
    facts.text('DestinationCidrBlock', 'destination') ??
    facts.text('DestinationIpv6CidrBlock', 'destination') ??
    facts.text('DestinationPrefixListId', 'destination');
  if (destination === undefined) return facts.error(`${facts.address} has no destination. Add a CIDR block.`);
  const route = { destination, target: routeTarget(facts), ...facts.definition() };
  amend(
    resources.routeTables,
    table => table.id === tableId,
    table => ({ ...table, routes: [...table.routes, route] }),
  );
};

function routeTarget(facts: Facts): RouteTarget {
  for (const [name, kind] of routeTargets) {
    const id = facts.text(name, 'target');
    if (id === undefined) continue;
    const isVpn = kind === 'internetGateway' && id.startsWith('vgw-');
    return { kind: isVpn ? 'vpnGateway' : kind, id };
  }
  return { kind: 'unknown', id: '' };
}

/** AWS::EC2::InternetGateway and AWS::EC2::EgressOnlyInternetGateway. */
export const readInternetGateway: ReadResource = (facts, { resources }) => {
  const vpcId = facts.text('VpcId');
  resources.internetGateways.push({
    id: idOf(facts),
    ...defined({ vpcId }),
    egressOnly: facts.resource.type === 'AWS::EC2::EgressOnlyInternetGateway',
    ...facts.definition(),
  });
};

/** AWS::EC2::VPCGatewayAttachment. */
export const attachGateway: ReadResource = (facts, { resources }) => {
  const gatewayId = facts.text('InternetGatewayId');
  const vpcId = facts.text('VpcId');
  if (vpcId === undefined) return;
  amend(
    resources.internetGateways,
    gateway => gateway.id === gatewayId,
    gateway => ({ ...gateway, vpcId }),
  );
};

/** AWS::EC2::NatGateway. */
export const readNatGateway: ReadResource = (facts, { resources }) => {
  resources.natGateways.push({
    id: idOf(facts),
    subnetId: facts.text('SubnetId') ?? '',
    connectivity: facts.text('ConnectivityType', 'connectivity') === 'private' ? 'private' : 'public',
    hasAddress: facts.text('AllocationId', 'hasAddress') !== undefined,
    ...facts.definition(),
  });
};

/** AWS::EC2::VPCEndpoint. */
export const readVpcEndpoint: ReadResource = (facts, { resources }) => {
  const policy = facts.json('PolicyDocument', 'policy') as Json | undefined;
  resources.vpcEndpoints.push({
    id: idOf(facts),
    vpcId: facts.text('VpcId') ?? '',
    serviceName: facts.text('ServiceName') ?? '',
    type: endpointType(facts.text('VpcEndpointType', 'type')),
    routeTableIds: facts.texts('RouteTableIds'),
    subnetIds: facts.texts('SubnetIds'),
    securityGroupIds: facts.texts('SecurityGroupIds'),
    privateDnsEnabled: facts.flag('PrivateDnsEnabled') ?? false,
    ...defined({ policy }),
    ...facts.definition(),
  });
};

function endpointType(written: string | undefined): VpcEndpointDefinition['type'] {
  switch (written) {
    case 'Interface':
    case 'GatewayLoadBalancer':
    case 'Resource':
    case 'ServiceNetwork':
      return written;
    default:
      return 'Gateway';
  }
}

/** AWS::EC2::VPCPeeringConnection. */
export const readPeering: ReadResource = (facts, { resources }) => {
  resources.vpcPeerings.push({
    id: idOf(facts),
    vpcId: facts.text('VpcId') ?? '',
    peerVpcId: facts.text('PeerVpcId') ?? '',
    ...facts.definition(),
  });
};
