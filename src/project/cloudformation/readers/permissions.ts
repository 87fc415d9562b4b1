import type { InlinePolicy } from '../../../model/permissions.ts';
import { defined } from '../../defined.ts';
import { items, property, text, type Value, whereIs } from '../../intrinsics/value.ts';
import { amend, type ReadResource } from './collected.ts';
import type { Facts } from './facts.ts';
import { namesOf } from './messaging.ts';
import { readPolicyDocument } from './policyDocument.ts';

/** AWS::IAM::Role. */
export const readRole: ReadResource = (facts, { resources }) => {
  facts.place('name', facts.value('RoleName'));
  const boundary = facts.text('PermissionsBoundary', 'permissionsBoundaryArn');
  resources.roles.push({
    ...namesOf(facts),
    trust: readPolicyDocument(facts.value('AssumeRolePolicyDocument')),
    inlinePolicies: items(facts.value('Policies')).map(inlinePolicy),
    managedPolicyArns: facts.texts('ManagedPolicyArns'),
    ...defined({ permissionsBoundaryArn: boundary }),
    ...facts.definition(),
  });
};

function inlinePolicy(policy: Value): InlinePolicy {
  return {
    name: text(property(policy, 'PolicyName')) ?? '',
    document: readPolicyDocument(property(policy, 'PolicyDocument')),
    definedAt: whereIs(policy),
  };
}

/** AWS::IAM::Policy and AWS::IAM::RolePolicy: read once all roles are, which it adds to. */
export const attachPolicy: ReadResource = (facts, { resources }) => {
  const name = facts.text('PolicyName') ?? facts.logicalId;
  const document = readPolicyDocument(facts.value('PolicyDocument'));
  const { definedAt } = facts.definition();
  for (const role of [...facts.texts('Roles'), ...facts.texts('RoleName')]) {
    amend(
      resources.roles,
      known => known.name === role || known.arn === role,
      known => ({ ...known, inlinePolicies: [...known.inlinePolicies, { name, document, definedAt }] }),
    );
  }
};

/** AWS::IAM::ManagedPolicy; one that lists roles is attached to them. */
export const readManagedPolicy: ReadResource = (facts, { resources }) => {
  const policy = {
    ...namesOf(facts),
    document: readPolicyDocument(facts.value('PolicyDocument')),
    ...facts.definition(),
  };
  resources.managedPolicies.push(policy);
  for (const role of facts.texts('Roles')) {
    amend(
      resources.roles,
      known => known.name === role,
      known => ({ ...known, managedPolicyArns: [...known.managedPolicyArns, policy.arn] }),
    );
  }
};

/** Policies of queues, topics, buckets and the like, with what each says what it is attached to. */
export const readQueuePolicy: ReadResource = (facts, { resources }) => {
  const urls = facts.texts('Queues', 'resourceArns');
  // Queues are named by their URLs: https://sqs.<region>.amazonaws.com/<account>/<name>.
  const arns = urls.map(url => {
    const [, region, account, name] = /^https:\/\/sqs\.([^.]+)\.[^/]+\/([^/]+)\/(.+)$/.exec(url) ?? [];
    return name === undefined ? url : `arn:aws:sqs:${region}:${account}:${name}`;
  });
  resources.resourcePolicies.push(resourcePolicy(facts, arns));
};

export const readTopicPolicy: ReadResource = (facts, { resources }) => {
  resources.resourcePolicies.push(resourcePolicy(facts, facts.texts('Topics', 'resourceArns')));
};

export const readBucketPolicy: ReadResource = (facts, { resources }) => {
  const bucket = facts.text('Bucket', 'resourceArns');
  resources.resourcePolicies.push(
    resourcePolicy(facts, bucket === undefined ? [] : [`arn:aws:s3:::${bucket}`]),
  );
};

function resourcePolicy(facts: Facts, resourceArns: readonly string[]) {
  return { resourceArns, document: readPolicyDocument(facts.value('PolicyDocument')), ...facts.definition() };
}
