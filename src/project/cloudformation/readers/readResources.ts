import type { Template } from '../template.ts';
import { type Collected, createCollected, type ReadResource } from './collected.ts';
import { readEventSourceMapping } from './eventSourceMappings.ts';
import { Facts, type StackContext } from './facts.ts';
import { addNetworkAclEntry, addSecurityGroupRule, readNetworkAcl, readSecurityGroup } from './firewalls.ts';
import { readFunction } from './functions.ts';
import { readApi, readHttpAuthorizer, readRoute } from './httpApis.ts';
import { readEventBus, readQueue, readRule, readSchedule, readSubscription, readTopic } from './messaging.ts';
import {
  addAccessPoint,
  addMountTarget,
  readCache,
  readDatabase,
  readFileSystem,
  readLoadBalancer,
} from './networkServices.ts';
import {
  readSkill,
  readSubscriptionFilter,
  readTargetGroup,
  readTopicRule,
  readUserPool,
} from './otherTriggers.ts';
import {
  attachPolicy,
  readBucketPolicy,
  readManagedPolicy,
  readQueuePolicy,
  readRole,
  readTopicPolicy,
} from './permissions.ts';
import { attachMockMethod, readMethod, readRestApi, readRestAuthorizer, readStage } from './restApis.ts';
import { readBucket, readBucketNotifications, readStream, readTable } from './storage.ts';
import {
  readAlias,
  readEventInvokeConfig,
  readFunctionPermission,
  readFunctionUrl,
  readVersion,
} from './versions.ts';
import {
  addCidrBlock,
  addRoute,
  associateNetworkAcl,
  associateRouteTable,
  attachGateway,
  readInternetGateway,
  readNatGateway,
  readPeering,
  readRouteTable,
  readSubnet,
  readVpc,
  readVpcEndpoint,
} from './vpc.ts';

/** What defines something by itself. */
const definitions: Readonly<Record<string, ReadResource>> = {
  'AWS::Lambda::Function': readFunction,
  'AWS::Lambda::Version': readVersion,
  'AWS::Lambda::Alias': readAlias,
  'AWS::Lambda::EventInvokeConfig': readEventInvokeConfig,
  'AWS::Lambda::Url': readFunctionUrl,
  'AWS::Lambda::Permission': (facts, collected) => {
    readFunctionPermission(facts, collected);
    readSkill(facts, collected);
  },
  'AWS::Lambda::EventSourceMapping': readEventSourceMapping,
  'AWS::SQS::Queue': readQueue,
  'AWS::SQS::QueuePolicy': readQueuePolicy,
  'AWS::SNS::Topic': readTopic,
  'AWS::SNS::TopicPolicy': readTopicPolicy,
  'AWS::SNS::Subscription': readSubscription,
  'AWS::Events::EventBus': readEventBus,
  'AWS::Events::Rule': readRule,
  'AWS::Scheduler::Schedule': readSchedule,
  'AWS::S3::Bucket': readBucket,
  'Custom::S3BucketNotifications': readBucketNotifications,
  'AWS::S3::BucketPolicy': readBucketPolicy,
  'AWS::Kinesis::Stream': readStream,
  'AWS::DynamoDB::Table': readTable,
  'AWS::DynamoDB::GlobalTable': readTable,
  'AWS::ApiGateway::RestApi': readRestApi,
  'AWS::ApiGateway::Method': readMethod,
  'AWS::ApiGateway::Authorizer': readRestAuthorizer,
  'AWS::ApiGatewayV2::Api': readApi,
  'AWS::ApiGatewayV2::Authorizer': readHttpAuthorizer,
  'AWS::IAM::Role': readRole,
  'AWS::Logs::SubscriptionFilter': readSubscriptionFilter,
  'AWS::IoT::TopicRule': readTopicRule,
  'AWS::Cognito::UserPool': readUserPool,
  'AWS::ElasticLoadBalancingV2::TargetGroup': readTargetGroup,
  'AWS::EC2::VPC': readVpc,
  'AWS::EC2::Subnet': readSubnet,
  'AWS::EC2::RouteTable': readRouteTable,
  'AWS::EC2::InternetGateway': readInternetGateway,
  'AWS::EC2::EgressOnlyInternetGateway': readInternetGateway,
  'AWS::EC2::NatGateway': readNatGateway,
  'AWS::EC2::VPCEndpoint': readVpcEndpoint,
  'AWS::EC2::VPCPeeringConnection': readPeering,
  'AWS::EC2::SecurityGroup': readSecurityGroup,
  'AWS::EC2::NetworkAcl': readNetworkAcl,
  'AWS::EFS::FileSystem': readFileSystem,
  'AWS::RDS::DBInstance': readDatabase,
  'AWS::RDS::DBCluster': readDatabase,
  'AWS::RDS::DBProxy': readDatabase,
  'AWS::DocDB::DBCluster': readDatabase,
  'AWS::ElastiCache::CacheCluster': readCache,
  'AWS::ElastiCache::ReplicationGroup': readCache,
  'AWS::ElastiCache::ServerlessCache': readCache,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': readLoadBalancer,
};

/** What says something of another resource, and so is read after all of the above. */
const attachments: Readonly<Record<string, ReadResource>> = {
  'AWS::IAM::Policy': attachPolicy,
  'AWS::IAM::RolePolicy': attachPolicy,
  'AWS::IAM::ManagedPolicy': readManagedPolicy,
  'AWS::ApiGateway::Method': attachMockMethod,
  'AWS::ApiGateway::Stage': readStage,
  'AWS::ApiGateway::Deployment': readStage,
  'AWS::ApiGatewayV2::Stage': readStage,
  'AWS::ApiGatewayV2::Route': readRoute,
  'AWS::EC2::VPCCidrBlock': addCidrBlock,
  'AWS::EC2::SubnetRouteTableAssociation': associateRouteTable,
  'AWS::EC2::SubnetNetworkAclAssociation': associateNetworkAcl,
  'AWS::EC2::Route': addRoute,
  'AWS::EC2::VPCGatewayAttachment': attachGateway,
  'AWS::EC2::SecurityGroupIngress': addSecurityGroupRule,
  'AWS::EC2::SecurityGroupEgress': addSecurityGroupRule,
  'AWS::EC2::NetworkAclEntry': addNetworkAclEntry,
  'AWS::EFS::MountTarget': addMountTarget,
  'AWS::EFS::AccessPoint': addAccessPoint,
};

export interface OpenStack {
  readonly context: StackContext;
  readonly template: Template;
}

/** Everything that a stack, and those nested in it, define. */
export function readResources(stacks: readonly OpenStack[]): Collected {
  const collected = createCollected();
  for (const readers of [definitions, attachments]) {
    for (const { context, template } of stacks) {
      for (const resource of template.resources.values()) {
        const read = readers[resource.type];
        if (!read || context.ignored.has(resource.logicalId)) continue;
        const facts = new Facts(resource, context);
        read(facts, collected);
        collected.placeholders.push(...facts.placeholders());
      }
    }
  }
  return collected;
}
