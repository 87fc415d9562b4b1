import type { EventSourceMappingDefinition } from './eventSourceMapping.ts';
import type { ApiDefinition, AuthorizerDefinition, RouteDefinition } from './http.ts';
import type {
  EventBusDefinition,
  QueueDefinition,
  RuleDefinition,
  ScheduleDefinition,
  SubscriptionDefinition,
  TopicDefinition,
} from './messaging.ts';
import type {
  FileSystemDefinition,
  InternetGatewayDefinition,
  NatGatewayDefinition,
  NetworkAclDefinition,
  NetworkServiceDefinition,
  RouteTableDefinition,
  SecurityGroupDefinition,
  SubnetDefinition,
  VpcDefinition,
  VpcEndpointDefinition,
  VpcPeeringDefinition,
} from './network.ts';
import type {
  FunctionPermissionDefinition,
  ManagedPolicyDefinition,
  ResourcePolicyDefinition,
  RoleDefinition,
} from './permissions.ts';
import type {
  BucketDefinition,
  BucketNotificationDefinition,
  StreamDefinition,
  TableDefinition,
} from './storage.ts';
import type {
  AliasDefinition,
  EventInvokeConfigDefinition,
  FunctionUrlDefinition,
  VersionDefinition,
} from './versions.ts';

/**
 * What the functions of a project touch, each kind in the order of its definitions. Definitions name each
 * other by ARN, by function name and by id, so that they can be looked up across stacks.
 */
export interface ProjectResources {
  readonly versions: readonly VersionDefinition[];
  readonly aliases: readonly AliasDefinition[];
  readonly eventInvokeConfigs: readonly EventInvokeConfigDefinition[];
  readonly functionUrls: readonly FunctionUrlDefinition[];
  readonly eventSourceMappings: readonly EventSourceMappingDefinition[];
  readonly functionPermissions: readonly FunctionPermissionDefinition[];
  readonly roles: readonly RoleDefinition[];
  readonly managedPolicies: readonly ManagedPolicyDefinition[];
  readonly resourcePolicies: readonly ResourcePolicyDefinition[];
  readonly queues: readonly QueueDefinition[];
  readonly topics: readonly TopicDefinition[];
  readonly subscriptions: readonly SubscriptionDefinition[];
  readonly eventBuses: readonly EventBusDefinition[];
  readonly rules: readonly RuleDefinition[];
  readonly schedules: readonly ScheduleDefinition[];
  readonly buckets: readonly BucketDefinition[];
  readonly bucketNotifications: readonly BucketNotificationDefinition[];
  readonly streams: readonly StreamDefinition[];
  readonly tables: readonly TableDefinition[];
  readonly apis: readonly ApiDefinition[];
  readonly routes: readonly RouteDefinition[];
  readonly authorizers: readonly AuthorizerDefinition[];
  readonly vpcs: readonly VpcDefinition[];
  readonly subnets: readonly SubnetDefinition[];
  readonly routeTables: readonly RouteTableDefinition[];
  readonly internetGateways: readonly InternetGatewayDefinition[];
  readonly natGateways: readonly NatGatewayDefinition[];
  readonly vpcEndpoints: readonly VpcEndpointDefinition[];
  readonly securityGroups: readonly SecurityGroupDefinition[];
  readonly networkAcls: readonly NetworkAclDefinition[];
  readonly vpcPeerings: readonly VpcPeeringDefinition[];
  readonly fileSystems: readonly FileSystemDefinition[];
  readonly networkServices: readonly NetworkServiceDefinition[];
}
