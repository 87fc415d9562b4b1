import type { DocNode } from '../../document/sourceDocument.ts';
import type { TfResource } from '../tfResource.ts';
import { type Convert, named, to } from './conversion.ts';

function list(node: DocNode | undefined, resource: TfResource): DocNode | undefined {
  return node && resource.build.seq([node]);
}

/** Rules of a group that are written within it. */
const rules = (block: string) => (resource: TfResource) => {
  const { build } = resource;
  const found = resource.blocks(block).flatMap(rule => {
    const base = {
      IpProtocol: rule.get('protocol'),
      FromPort: rule.get('from_port'),
      ToPort: rule.get('to_port'),
    };
    const peers: [string, string][] = [
      ['cidr_blocks', 'CidrIp'],
      ['ipv6_cidr_blocks', 'CidrIpv6'],
      ['security_groups', 'SourceSecurityGroupId'],
      ['prefix_list_ids', 'SourcePrefixListId'],
    ];
    return peers.flatMap(([attribute, property]) => {
      const values = rule.get(attribute);
      return (values?.kind === 'seq' ? values.items : []).map(value =>
        rule.build.map({ ...base, [property]: value }),
      );
    });
  });
  return found.length > 0 ? build.seq(found) : undefined;
};

/** One rule for each of its peers. */
const securityGroupRule: Convert = resource => {
  const type = resource.get('type');
  const direction = type?.kind === 'scalar' && type.value === 'egress' ? 'Egress' : 'Ingress';
  const peers: [string, string][] = [
    ['cidr_blocks', 'CidrIp'],
    ['ipv6_cidr_blocks', 'CidrIpv6'],
    ['source_security_group_id', 'SourceSecurityGroupId'],
    ['prefix_list_ids', 'SourcePrefixListId'],
  ];
  const values = peers.flatMap(([attribute, property]) => {
    const value = resource.get(attribute);
    return (value?.kind === 'seq' ? value.items : value ? [value] : []).map(
      each => [property, each] as const,
    );
  });
  return values.map(([property, value], index) => ({
    logicalId: index === 0 ? resource.logicalId : `${resource.logicalId}${index + 1}`,
    type: `AWS::EC2::SecurityGroup${direction}`,
    properties: resource.build.map({
      GroupId: resource.get('security_group_id'),
      IpProtocol: resource.get('protocol'),
      FromPort: resource.get('from_port'),
      ToPort: resource.get('to_port'),
      [property]: value,
    }),
  }));
};

const singleRule = (direction: 'Ingress' | 'Egress'): Convert =>
  to(`AWS::EC2::SecurityGroup${direction}`, {
    GroupId: 'security_group_id',
    IpProtocol: 'ip_protocol',
    FromPort: 'from_port',
    ToPort: 'to_port',
    CidrIp: 'cidr_ipv4',
    CidrIpv6: 'cidr_ipv6',
    SourceSecurityGroupId: 'referenced_security_group_id',
    SourcePrefixListId: 'prefix_list_id',
  });

/** Routes may be written within their table. */
const routeTable: Convert = resource => {
  const { build, logicalId } = resource;
  const routes = resource.blocks('route').map((route, index) => ({
    logicalId: `${logicalId}Route${index + 1}`,
    type: 'AWS::EC2::Route',
    properties: route.build.map({
      RouteTableId: build.ref(logicalId),
      DestinationCidrBlock: given(route.get('cidr_block')),
      DestinationIpv6CidrBlock: given(route.get('ipv6_cidr_block')),
      GatewayId: given(route.get('gateway_id')),
      NatGatewayId: given(route.get('nat_gateway_id')),
      EgressOnlyInternetGatewayId: given(route.get('egress_only_gateway_id')),
      VpcPeeringConnectionId: given(route.get('vpc_peering_connection_id')),
      TransitGatewayId: given(route.get('transit_gateway_id')),
    }),
  }));
  return [...to('AWS::EC2::RouteTable', { VpcId: 'vpc_id' })(resource), ...routes];
};

/** What is not said of a route is an empty text in a plan. */
function given(node: DocNode | undefined): DocNode | undefined {
  return node?.kind === 'scalar' && node.value === '' ? undefined : node;
}

export const networkConversions: Readonly<Record<string, Convert>> = {
  aws_security_group: to('AWS::EC2::SecurityGroup', {
    VpcId: 'vpc_id',
    SecurityGroupIngress: rules('ingress'),
    SecurityGroupEgress: rules('egress'),
  }),
  aws_security_group_rule: securityGroupRule,
  aws_vpc_security_group_ingress_rule: singleRule('Ingress'),
  aws_vpc_security_group_egress_rule: singleRule('Egress'),
  aws_vpc: to('AWS::EC2::VPC', {
    CidrBlock: 'cidr_block',
    EnableDnsSupport: 'enable_dns_support',
    EnableDnsHostnames: 'enable_dns_hostnames',
  }),
  aws_subnet: to('AWS::EC2::Subnet', {
    VpcId: 'vpc_id',
    CidrBlock: 'cidr_block',
    AvailabilityZone: 'availability_zone',
    MapPublicIpOnLaunch: 'map_public_ip_on_launch',
  }),
  aws_internet_gateway: resource => {
    const gateway = to('AWS::EC2::InternetGateway', {})(resource);
    const vpcId = resource.get('vpc_id');
    if (!vpcId) return gateway;
    const { build, logicalId } = resource;
    const properties = build.map({ VpcId: vpcId, InternetGatewayId: build.ref(logicalId) });
    return [
      ...gateway,
      { logicalId: `${logicalId}Attachment`, type: 'AWS::EC2::VPCGatewayAttachment', properties },
    ];
  },
  aws_egress_only_internet_gateway: to('AWS::EC2::EgressOnlyInternetGateway', { VpcId: 'vpc_id' }),
  aws_eip: to('AWS::EC2::EIP', {}),
  aws_nat_gateway: to('AWS::EC2::NatGateway', {
    SubnetId: 'subnet_id',
    ConnectivityType: 'connectivity_type',
    AllocationId: 'allocation_id',
  }),
  aws_route_table: routeTable,
  aws_route: to('AWS::EC2::Route', {
    RouteTableId: 'route_table_id',
    DestinationCidrBlock: 'destination_cidr_block',
    DestinationIpv6CidrBlock: 'destination_ipv6_cidr_block',
    DestinationPrefixListId: 'destination_prefix_list_id',
    GatewayId: 'gateway_id',
    NatGatewayId: 'nat_gateway_id',
    EgressOnlyInternetGatewayId: 'egress_only_gateway_id',
    VpcPeeringConnectionId: 'vpc_peering_connection_id',
    TransitGatewayId: 'transit_gateway_id',
  }),
  aws_route_table_association: to('AWS::EC2::SubnetRouteTableAssociation', {
    SubnetId: 'subnet_id',
    RouteTableId: 'route_table_id',
  }),
  aws_vpc_endpoint: to('AWS::EC2::VPCEndpoint', {
    VpcId: 'vpc_id',
    ServiceName: 'service_name',
    VpcEndpointType: 'vpc_endpoint_type',
    RouteTableIds: 'route_table_ids',
    SubnetIds: 'subnet_ids',
    SecurityGroupIds: 'security_group_ids',
    PrivateDnsEnabled: 'private_dns_enabled',
    PolicyDocument: resource => resource.json('policy'),
  }),
  aws_vpc_peering_connection: to('AWS::EC2::VPCPeeringConnection', {
    VpcId: 'vpc_id',
    PeerVpcId: 'peer_vpc_id',
  }),
  aws_network_acl: to('AWS::EC2::NetworkAcl', { VpcId: 'vpc_id' }),
  aws_network_acl_rule: to('AWS::EC2::NetworkAclEntry', {
    NetworkAclId: 'network_acl_id',
    RuleNumber: 'rule_number',
    Egress: 'egress',
    RuleAction: 'rule_action',
    Protocol: 'protocol',
    CidrBlock: 'cidr_block',
    PortRange: resource =>
      resource.build.map({ From: resource.get('from_port'), To: resource.get('to_port') }),
  }),
  aws_db_subnet_group: to('AWS::RDS::DBSubnetGroup', {
    DBSubnetGroupName: named('name'),
    SubnetIds: 'subnet_ids',
  }),
  aws_db_instance: to('AWS::RDS::DBInstance', {
    DBInstanceIdentifier: named('identifier'),
    Engine: 'engine',
    Port: 'port',
    DBSubnetGroupName: 'db_subnet_group_name',
    VPCSecurityGroups: 'vpc_security_group_ids',
    PubliclyAccessible: 'publicly_accessible',
  }),
  aws_rds_cluster: to('AWS::RDS::DBCluster', {
    DBClusterIdentifier: named('cluster_identifier'),
    Engine: 'engine',
    Port: 'port',
    DBSubnetGroupName: 'db_subnet_group_name',
    VpcSecurityGroupIds: 'vpc_security_group_ids',
  }),
  aws_efs_file_system: to('AWS::EFS::FileSystem', {}),
  aws_efs_mount_target: to('AWS::EFS::MountTarget', {
    FileSystemId: 'file_system_id',
    SubnetId: 'subnet_id',
    SecurityGroups: 'security_groups',
  }),
  aws_efs_access_point: to('AWS::EFS::AccessPoint', { FileSystemId: 'file_system_id' }),
  aws_lb_target_group_attachment: to('AWS::ElasticLoadBalancingV2::TargetGroup', {
    Targets: resource => list(resource.build.map({ Id: resource.get('target_id') }), resource),
  }),
};
