import { type DocNode, descendant, textOf } from '../document/sourceDocument.ts';
import type { Expansion } from '../sam/expansion.ts';
import type { InvokingRole, PolledSource } from '../sam/invokingRole.ts';

const pollingActions: Readonly<Record<PolledSource, readonly string[]>> = {
  SQS: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  Kinesis: [
    'kinesis:GetRecords',
    'kinesis:GetShardIterator',
    'kinesis:DescribeStreamSummary',
    'kinesis:ListShards',
  ],
  DynamoDB: [
    'dynamodb:GetRecords',
    'dynamodb:GetShardIterator',
    'dynamodb:DescribeStream',
    'dynamodb:ListStreams',
  ],
  MSK: ['kafka:DescribeCluster', 'kafka:GetBootstrapBrokers'],
};

/** The logical id of the role that all functions of a service share. */
export const sharedRoleId = 'IamRoleLambdaExecution';

/**
 * The one role that the framework makes for every function that names none.
 * https://www.serverless.com/framework/docs/providers/aws/guide/iam
 */
export class SharedRole implements InvokingRole {
  readonly #expansion: Expansion;
  readonly #provider: DocNode | undefined;
  readonly #statements: DocNode[] = [];
  readonly #managed: DocNode[] = [];
  readonly #place: DocNode;
  readonly #prefix: string;

  constructor(provider: DocNode | undefined, place: DocNode, prefix: string, expansion: Expansion) {
    this.#expansion = expansion;
    this.#provider = provider;
    this.#place = place;
    this.#prefix = prefix;
    const logs = (actions: readonly string[], tail: string) =>
      this.#add(
        actions,
        [
          expansion
            .build(place)
            .sub(
              `arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:/aws/lambda/${prefix}*${tail}`,
            ),
        ],
        place,
      );
    logs(['logs:CreateLogStream', 'logs:CreateLogGroup', 'logs:TagResource'], ':*');
    logs(['logs:PutLogEvents'], ':*:*');
    this.#statements.push(
      ...this.#written('statements'),
      ...expansion.items(descendant(provider, 'iamRoleStatements')),
    );
    this.#managed.push(...this.#written('managedPolicies'));
  }

  allowPolling(source: PolledSource, arn: DocNode, place: DocNode): void {
    this.#add(pollingActions[source], [arn], place);
    if (source === 'MSK') this.allowNetwork(place);
  }

  allow(_name: string, actions: readonly string[], resources: readonly DocNode[], place: DocNode): void {
    this.#add(actions, resources, place);
  }

  addInline(_name: string, document: DocNode): void {
    this.#statements.push(...this.#expansion.items(descendant(document, 'Statement')));
  }

  /** A function in a VPC needs network interfaces. */
  allowNetwork(place: DocNode): void {
    const arn = this.#expansion
      .build(place)
      .scalar('arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole');
    const isThere = this.#managed.some(known => textOf(known) === textOf(arn));
    if (!isThere) this.#managed.push(arn);
  }

  write(name: string): void {
    const build = this.#expansion.build(this.#place);
    const trust = build.map({
      Effect: 'Allow',
      Principal: build.map({ Service: build.seq([build.scalar('lambda.amazonaws.com')]) }),
      Action: build.seq([build.scalar('sts:AssumeRole')]),
    });
    const policy = build.map({
      PolicyName: `${this.#prefix}-lambda`,
      PolicyDocument: build.map({ Version: '2012-10-17', Statement: build.seq(this.#statements) }),
    });
    const own = (property: string) => descendant(this.#provider, 'iam', 'role', property);
    this.#expansion.add(
      sharedRoleId,
      'AWS::IAM::Role',
      build.map({
        RoleName: own('name') ?? name,
        Path: own('path') ?? '/',
        AssumeRolePolicyDocument: build.map({ Version: '2012-10-17', Statement: build.seq([trust]) }),
        Policies: build.seq([policy]),
        ManagedPolicyArns: build.seq(this.#managed),
        PermissionsBoundary: own('permissionsBoundary') ?? own('permissionBoundary'),
      }),
      this.#place,
    );
  }

  #written(name: string): readonly DocNode[] {
    return this.#expansion.items(descendant(this.#provider, 'iam', 'role', name));
  }

  #add(actions: readonly string[], resources: readonly DocNode[], place: DocNode): void {
    const build = this.#expansion.build(place);
    this.#statements.push(
      build.map({
        Effect: 'Allow',
        Action: build.seq(actions.map(action => build.scalar(action))),
        Resource: build.seq(resources),
      }),
    );
  }
}
