import { suiteOfTemplates } from './support/templates.ts';

suiteOfTemplates('networks', {
  'subnets, routes and gateways': {
    resources: `
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16, EnableDnsSupport: false } }
  Block: { Type: AWS::EC2::VPCCidrBlock, Properties: { VpcId: !Ref Vpc, AmazonProvidedIpv6CidrBlock: true } }
  Public: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, MapPublicIpOnLaunch: true, AvailabilityZone: us-east-1a } }
  Private: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.2.0/24 } }
  Gateway: { Type: AWS::EC2::InternetGateway }
  Attachment: { Type: AWS::EC2::VPCGatewayAttachment, Properties: { VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway } }
  OutOnly: { Type: AWS::EC2::EgressOnlyInternetGateway, Properties: { VpcId: !Ref Vpc } }
  Address: { Type: AWS::EC2::EIP }
  Nat: { Type: AWS::EC2::NatGateway, Properties: { SubnetId: !Ref Public, AllocationId: !GetAtt Address.AllocationId } }
  PublicRoutes: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  PrivateRoutes: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  A: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Public, RouteTableId: !Ref PublicRoutes } }
  B: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Private, RouteTableId: !Ref PrivateRoutes } }
  Out: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref PublicRoutes, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway } }
  ViaNat: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref PrivateRoutes, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Nat } }
  Six: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref PrivateRoutes, DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: !Ref OutOnly } }
  Peer: { Type: AWS::EC2::VPCPeeringConnection, Properties: { VpcId: !Ref Vpc, PeerVpcId: vpc-other } }
  ToPeer: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref PrivateRoutes, DestinationCidrBlock: 10.9.0.0/16, VpcPeeringConnectionId: !Ref Peer } }
  Nowhere: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref PrivateRoutes } }
# ^^^^^^^ error: Nowhere has no destination
  Storage: { Type: AWS::EC2::VPCEndpoint, Properties: { VpcId: !Ref Vpc, ServiceName: com.amazonaws.us-east-1.s3, RouteTableIds: [!Ref PrivateRoutes], PolicyDocument: { Statement: [] } } }
  Queues: { Type: AWS::EC2::VPCEndpoint, Properties: { VpcId: !Ref Vpc, VpcEndpointType: Interface, ServiceName: com.amazonaws.us-east-1.sqs, SubnetIds: [!Ref Private], SecurityGroupIds: [sg-1], PrivateDnsEnabled: true } }`,
    model: {
      resources: {
        vpcs: [
          { id: 'vpc-vpc', cidrBlocks: ['10.0.0.0/16'], ipv6CidrBlocks: ['::/56'], enableDnsSupport: false },
        ],
        subnets: [
          {
            id: 'subnet-public',
            mapPublicIpOnLaunch: true,
            availabilityZone: 'us-east-1a',
            routeTableId: 'rtb-publicroutes',
          },
          { id: 'subnet-private', vpcId: 'vpc-vpc', routeTableId: 'rtb-privateroutes' },
        ],
        internetGateways: [
          { id: 'igw-gateway', vpcId: 'vpc-vpc', egressOnly: false },
          { id: 'eigw-outonly', egressOnly: true },
        ],
        natGateways: [{ subnetId: 'subnet-public', connectivity: 'public', hasAddress: true }],
        routeTables: [
          { routes: [{ destination: '0.0.0.0/0', target: { kind: 'internetGateway', id: 'igw-gateway' } }] },
          {
            routes: [
              { target: { kind: 'natGateway', id: 'nat-nat' } },
              { destination: '::/0', target: { kind: 'egressOnlyInternetGateway' } },
              { target: { kind: 'vpcPeering', id: 'pcx-peer' } },
            ],
          },
        ],
        vpcPeerings: [{ vpcId: 'vpc-vpc', peerVpcId: 'vpc-other' }],
        vpcEndpoints: [
          { type: 'Gateway', routeTableIds: ['rtb-privateroutes'], policy: { Statement: [] } },
          {
            type: 'Interface',
            subnetIds: ['subnet-private'],
            securityGroupIds: ['sg-1'],
            privateDnsEnabled: true,
          },
        ],
      },
    },
  },

  'security groups and network ACLs': {
    resources: `
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      VpcId: vpc-1
      SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8 }]
      SecurityGroupEgress: [{ IpProtocol: '-1', CidrIpv6: '::/0' }]
  Other: { Type: AWS::EC2::SecurityGroup, Properties: { VpcId: vpc-1 } }
  In: { Type: AWS::EC2::SecurityGroupIngress, Properties: { GroupId: !GetAtt Group.GroupId, IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !Ref Other } }
  Out: { Type: AWS::EC2::SecurityGroupEgress, Properties: { GroupId: !Ref Group, IpProtocol: udp, FromPort: 53, ToPort: 53, DestinationPrefixListId: pl-1 } }
  Acl: { Type: AWS::EC2::NetworkAcl, Properties: { VpcId: vpc-1 } }
  Deny: { Type: AWS::EC2::NetworkAclEntry, Properties: { NetworkAclId: !Ref Acl, RuleNumber: 200, Egress: true, RuleAction: deny, Protocol: 6, CidrBlock: 0.0.0.0/0, PortRange: { From: 1, To: 99 } } }
  Allow: { Type: AWS::EC2::NetworkAclEntry, Properties: { NetworkAclId: !Ref Acl, RuleNumber: 100, RuleAction: allow, Protocol: -1, CidrBlock: 0.0.0.0/0 } }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: vpc-1, CidrBlock: 10.0.0.0/24 } }
  ForSubnet: { Type: AWS::EC2::SubnetNetworkAclAssociation, Properties: { SubnetId: !Ref Subnet, NetworkAclId: !Ref Acl } }`,
    model: {
      resources: {
        securityGroups: [
          {
            id: 'sg-group',
            ingress: [
              { protocol: 'tcp', fromPort: 443, toPort: 443, peer: { kind: 'cidr', cidr: '10.0.0.0/8' } },
              { fromPort: 5432, peer: { kind: 'securityGroup', id: 'sg-other' }, logicalId: 'In' },
            ],
            egress: [
              { protocol: '-1', peer: { kind: 'cidr', cidr: '::/0' } },
              { peer: { kind: 'prefixList', id: 'pl-1' } },
            ],
          },
          { id: 'sg-other', ingress: [], egress: [] },
        ],
        networkAcls: [
          {
            entries: [
              { ruleNumber: 100, direction: 'ingress', allow: true },
              { ruleNumber: 200, direction: 'egress', allow: false, protocol: '6', fromPort: 1, toPort: 99 },
            ],
          },
        ],
        subnets: [{ networkAclId: 'acl-acl' }],
      },
    },
  },

  'databases, caches, balancers and files': {
    resources: `
  Group: { Type: AWS::RDS::DBSubnetGroup, Properties: { SubnetIds: [subnet-a, subnet-b] } }
  Db: { Type: AWS::RDS::DBInstance, Properties: { Engine: postgres, DBSubnetGroupName: !Ref Group, VPCSecurityGroups: [sg-1], PubliclyAccessible: true } }
  Cluster: { Type: AWS::RDS::DBCluster, Properties: { Engine: aurora-mysql, VpcSecurityGroupIds: [sg-2] } }
  Cache: { Type: AWS::ElastiCache::ReplicationGroup, Properties: { SecurityGroupIds: [sg-3] } }
  Balancer: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Scheme: internal, Subnets: [subnet-a], SecurityGroups: [sg-4] } }
  Files: { Type: AWS::EFS::FileSystem }
  Mount: { Type: AWS::EFS::MountTarget, Properties: { FileSystemId: !Ref Files, SubnetId: subnet-a, SecurityGroups: [sg-5] } }
  Access: { Type: AWS::EFS::AccessPoint, Properties: { FileSystemId: !Ref Files } }
  Hello:
    Type: AWS::Lambda::Function
    Properties: { Handler: index.handler, Runtime: nodejs24.x, Environment: { Variables: { DB: !GetAtt Db.Endpoint.Address, PORT: !GetAtt Db.Endpoint.Port } } }`,
    model: {
      functions: [{ environment: { DB: 'db.instance.us-east-1.rds.amazonaws.com', PORT: '5432' } }],
      resources: {
        networkServices: [
          {
            kind: 'database',
            host: 'db.instance.us-east-1.rds.amazonaws.com',
            port: 5432,
            subnetIds: ['subnet-a', 'subnet-b'],
            securityGroupIds: ['sg-1'],
            publiclyAccessible: true,
          },
          { kind: 'database', port: 3306, securityGroupIds: ['sg-2'], publiclyAccessible: false },
          { kind: 'cache', port: 6379, securityGroupIds: ['sg-3'] },
          { kind: 'loadBalancer', subnetIds: ['subnet-a'], publiclyAccessible: false },
        ],
        fileSystems: [
          {
            accessPointArns: ['arn:aws:elasticfilesystem:us-east-1:000000000000:access-point/fsap-access'],
            mountTargets: [{ subnetId: 'subnet-a', securityGroupIds: ['sg-5'] }],
          },
        ],
      },
    },
  },
});
