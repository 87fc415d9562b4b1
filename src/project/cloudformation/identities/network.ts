import { byId, type Identify, physicalId } from './identity.ts';

const vpc: Identify = ({ logicalId, property }) => {
  const id = physicalId('vpc', logicalId);
  return {
    ref: id,
    attributes: {
      VpcId: id,
      CidrBlock: property('CidrBlock') ?? '',
      DefaultSecurityGroup: physicalId('sg', `${logicalId}default`),
      DefaultNetworkAcl: physicalId('acl', `${logicalId}default`),
    },
  };
};

const subnet: Identify = ({ logicalId, property }) => {
  const id = physicalId('subnet', logicalId);
  const availabilityZone = property('AvailabilityZone');
  return {
    ref: id,
    attributes: {
      SubnetId: id,
      VpcId: property('VpcId') ?? '',
      CidrBlock: property('CidrBlock') ?? '',
      ...(availabilityZone !== undefined && { AvailabilityZone: availabilityZone }),
    },
  };
};

const securityGroup: Identify = ({ logicalId, property }) => {
  const id = physicalId('sg', logicalId);
  return { ref: id, attributes: { GroupId: id, Id: id, VpcId: property('VpcId') ?? '' } };
};

/** Default ports. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.DBInstance.Modifying.Settings.html */
function databasePort(engine: string | undefined): string {
  if (engine?.includes('postgres')) return '5432';
  if (engine?.includes('sqlserver')) return '1433';
  return engine?.includes('oracle') ? '1521' : '3306';
}

function database(kind: string, nameProperty: string): Identify {
  return ({ name, property, logicalId, settings: { region, accountId } }) => {
    const id = name(nameProperty).toLowerCase();
    const host = `${id}.${kind}.${region}.rds.amazonaws.com`;
    return {
      ref: id,
      arn: `arn:aws:rds:${region}:${accountId}:${kind === 'cluster' ? 'cluster' : 'db'}:${id}`,
      attributes: {
        'Endpoint.Address': host,
        'Endpoint.Port': property('Port') ?? databasePort(property('Engine')),
        'ReadEndpoint.Address': `${id}.cluster-ro.${region}.rds.amazonaws.com`,
        DBClusterArn: `arn:aws:rds:${region}:${accountId}:cluster:${id}`,
        DBInstanceArn: `arn:aws:rds:${region}:${accountId}:db:${id}`,
        DbiResourceId: physicalId('db', logicalId),
      },
    };
  };
}

const databaseProxy: Identify = ({ name, settings: { region, accountId } }) => {
  const id = name('DBProxyName').toLowerCase();
  return {
    ref: id,
    attributes: {
      Endpoint: `${id}.proxy.${region}.rds.amazonaws.com`,
      DBProxyArn: `arn:aws:rds:${region}:${accountId}:db-proxy:${id}`,
    },
  };
};

const cache: Identify = ({ logicalId, property }) => {
  const id = physicalId('', logicalId);
  const host = `${id}.cache.amazonaws.com`;
  const port = property('Port') ?? (property('Engine') === 'memcached' ? '11211' : '6379');
  const endpoints = [
    'RedisEndpoint',
    'PrimaryEndPoint',
    'ConfigurationEndPoint',
    'ConfigurationEndpoint',
    'Endpoint',
  ];
  return {
    ref: id,
    attributes: Object.fromEntries(
      endpoints.flatMap(name => [
        [`${name}.Address`, host],
        [`${name}.Port`, port],
      ]),
    ),
  };
};

const loadBalancer: Identify = ({ name, settings: { region, accountId } }) => {
  const arn = `arn:aws:elasticloadbalancing:${region}:${accountId}:loadbalancer/app/${name('Name')}/0000000000000000`;
  const host = `${name('Name').toLowerCase()}.${region}.elb.amazonaws.com`;
  return {
    ref: arn,
    arn,
    attributes: { DNSName: host, LoadBalancerArn: arn, LoadBalancerName: name('Name') },
  };
};

const targetGroup: Identify = ({ name, settings: { region, accountId } }) => {
  const arn = `arn:aws:elasticloadbalancing:${region}:${accountId}:targetgroup/${name('Name')}/0000000000000000`;
  return { ref: arn, arn, attributes: { TargetGroupArn: arn, TargetGroupName: name('Name') } };
};

const fileSystem: Identify = ({ logicalId, settings: { region, accountId } }) => {
  const id = physicalId('fs', logicalId);
  return {
    ref: id,
    attributes: {
      FileSystemId: id,
      Arn: `arn:aws:elasticfilesystem:${region}:${accountId}:file-system/${id}`,
    },
  };
};

const accessPoint: Identify = ({ logicalId, settings: { region, accountId } }) => {
  const id = physicalId('fsap', logicalId);
  const arn = `arn:aws:elasticfilesystem:${region}:${accountId}:access-point/${id}`;
  return { ref: id, arn, attributes: { AccessPointId: id, Arn: arn } };
};

const address: Identify = ({ logicalId }) => {
  const id = physicalId('eipalloc', logicalId);
  return { ref: '192.0.2.1', attributes: { AllocationId: id, PublicIp: '192.0.2.1' } };
};

export const networkIdentities: Readonly<Record<string, Identify>> = {
  'AWS::EC2::VPC': vpc,
  'AWS::EC2::Subnet': subnet,
  'AWS::EC2::SecurityGroup': securityGroup,
  'AWS::EC2::RouteTable': byId('rtb', 'RouteTableId'),
  'AWS::EC2::InternetGateway': byId('igw', 'InternetGatewayId'),
  'AWS::EC2::EgressOnlyInternetGateway': byId('eigw', 'Id'),
  'AWS::EC2::NatGateway': byId('nat', 'NatGatewayId'),
  'AWS::EC2::VPCEndpoint': byId('vpce', 'Id'),
  'AWS::EC2::VPCPeeringConnection': byId('pcx', 'Id'),
  'AWS::EC2::TransitGateway': byId('tgw', 'Id'),
  'AWS::EC2::VPNGateway': byId('vgw', 'VPNGatewayId'),
  'AWS::EC2::NetworkAcl': byId('acl', 'Id'),
  'AWS::EC2::Instance': byId('i', 'InstanceId'),
  'AWS::EC2::NetworkInterface': byId('eni', 'Id'),
  'AWS::EC2::EIP': address,
  'AWS::EFS::FileSystem': fileSystem,
  'AWS::EFS::AccessPoint': accessPoint,
  'AWS::RDS::DBInstance': database('instance', 'DBInstanceIdentifier'),
  'AWS::RDS::DBCluster': database('cluster', 'DBClusterIdentifier'),
  'AWS::RDS::DBProxy': databaseProxy,
  'AWS::DocDB::DBCluster': database('cluster', 'DBClusterIdentifier'),
  'AWS::ElastiCache::CacheCluster': cache,
  'AWS::ElastiCache::ReplicationGroup': cache,
  'AWS::ElastiCache::ServerlessCache': cache,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': loadBalancer,
  'AWS::ElasticLoadBalancingV2::TargetGroup': targetGroup,
};
