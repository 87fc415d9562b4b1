import type { Json, ResourceDefinition } from './resource.ts';

/** Something of a VPC, known by an id such as `subnet-...`. */
export interface NetworkResource extends ResourceDefinition {
  /** What `Ref` returns. Ids that the template takes from elsewhere are used as they are. */
  readonly id: string;
}

export interface VpcDefinition extends NetworkResource {
  readonly cidrBlocks: readonly string[];
  readonly ipv6CidrBlocks: readonly string[];
  readonly enableDnsSupport: boolean;
  readonly enableDnsHostnames: boolean;
}

export interface SubnetDefinition extends NetworkResource {
  readonly vpcId: string;
  readonly cidrBlock?: string;
  readonly ipv6CidrBlock?: string;
  readonly availabilityZone?: string;
  readonly mapPublicIpOnLaunch: boolean;
  /** Absent: the main route table of the VPC. */
  readonly routeTableId?: string;
  /** Absent: the default network ACL of the VPC, which lets everything through. */
  readonly networkAclId?: string;
}

export interface RouteTableDefinition extends NetworkResource {
  readonly vpcId: string;
  /** Those that are written; the local route is not. */
  readonly routes: readonly RouteEntry[];
}

export interface RouteEntry extends ResourceDefinition {
  /** A CIDR block of either family, or a prefix list. */
  readonly destination: string;
  readonly target: RouteTarget;
}

export interface RouteTarget {
  readonly kind:
    | 'internetGateway'
    | 'natGateway'
    | 'egressOnlyInternetGateway'
    | 'vpcPeering'
    | 'transitGateway'
    | 'vpcEndpoint'
    | 'networkInterface'
    | 'instance'
    | 'vpnGateway'
    | 'unknown';
  readonly id: string;
}

export interface InternetGatewayDefinition extends NetworkResource {
  /** The VPC that it is attached to. */
  readonly vpcId?: string;
  readonly egressOnly: boolean;
}

export interface NatGatewayDefinition extends NetworkResource {
  readonly subnetId: string;
  readonly connectivity: 'public' | 'private';
  /** A public one needs an elastic address. */
  readonly hasAddress: boolean;
}

export interface VpcEndpointDefinition extends NetworkResource {
  readonly vpcId: string;
  /** For example `com.amazonaws.us-east-1.sqs`. */
  readonly serviceName: string;
  readonly type: 'Gateway' | 'Interface' | 'GatewayLoadBalancer' | 'Resource' | 'ServiceNetwork';
  readonly routeTableIds: readonly string[];
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly privateDnsEnabled: boolean;
  /** Absent: full access. */
  readonly policy?: Json;
}

export interface SecurityGroupDefinition extends NetworkResource {
  readonly vpcId?: string;
  readonly ingress: readonly SecurityGroupRule[];
  /** A group without rules of its own lets everything out. */
  readonly egress: readonly SecurityGroupRule[];
}

export interface SecurityGroupRule extends ResourceDefinition {
  /** `-1` for all, else `tcp`, `udp`, `icmp` or a number. */
  readonly protocol: string;
  /** Absent: all ports. */
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly peer: SecurityGroupPeer;
}

export type SecurityGroupPeer =
  | { readonly kind: 'cidr'; readonly cidr: string }
  | { readonly kind: 'securityGroup'; readonly id: string }
  | { readonly kind: 'prefixList'; readonly id: string };

export interface NetworkAclDefinition extends NetworkResource {
  readonly vpcId: string;
  /** In the order of their numbers, which decides. */
  readonly entries: readonly NetworkAclEntry[];
}

export interface NetworkAclEntry extends ResourceDefinition {
  readonly ruleNumber: number;
  readonly direction: 'ingress' | 'egress';
  readonly allow: boolean;
  readonly protocol: string;
  readonly cidr: string;
  readonly fromPort?: number;
  readonly toPort?: number;
}

export interface VpcPeeringDefinition extends NetworkResource {
  readonly vpcId: string;
  readonly peerVpcId: string;
}

/** An EFS access point with what is needed to reach it. */
export interface FileSystemDefinition extends NetworkResource {
  readonly accessPointArns: readonly string[];
  readonly mountTargets: readonly {
    readonly subnetId: string;
    readonly securityGroupIds: readonly string[];
  }[];
}

/** A database, a cache or a load balancer inside of a VPC that code may connect to. */
export interface NetworkServiceDefinition extends NetworkResource {
  readonly kind: 'database' | 'cache' | 'loadBalancer';
  /** The host name that `Fn::GetAtt` gives, and the template passes on to functions. */
  readonly host: string;
  readonly port?: number;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly publiclyAccessible: boolean;
}
