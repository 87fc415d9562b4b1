import { type DocNode, descendant, type MapEntry, textOf } from '../document/sourceDocument.ts';
import type { Expansion } from './expansion.ts';
import type { InvokingRole, PolledSource } from './invokingRole.ts';
import { managedPolicyArn } from './managedPolicyNames.ts';
import { expandPolicyTemplate, isPolicyTemplate } from './policyTemplates.ts';

/** AWS's managed policy for each source. */
const pollingPolicies: Readonly<Record<PolledSource, string>> = {
  SQS: 'AWSLambdaSQSQueueExecutionRole',
  Kinesis: 'AWSLambdaKinesisExecutionRole',
  DynamoDB: 'AWSLambdaDynamoDBExecutionRole',
  MSK: 'AWSLambdaMSKExecutionRole',
};

interface InlinePolicy {
  readonly name: string;
  readonly document: DocNode;
}

/**
 * The role that SAM makes for a function that names none, as it grows with what the function needs.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html
 */
export class ExecutionRole implements InvokingRole {
  readonly #logicalId: string;
  readonly #entry: MapEntry;
  readonly #properties: DocNode;
  readonly #expansion: Expansion;
  readonly #managed: DocNode[] = [];
  readonly #inline: InlinePolicy[] = [];

  constructor(functionId: string, entry: MapEntry, properties: DocNode, expansion: Expansion) {
    this.#logicalId = `${functionId}Role`;
    this.#entry = entry;
    this.#properties = properties;
    this.#expansion = expansion;
    this.#addManaged('AWSLambdaBasicExecutionRole', entry.key);
    const tracing = this.#own('Tracing');
    if (tracing && expansion.text(tracing) !== 'Disabled')
      this.#addManaged('AWSXrayWriteOnlyAccess', tracing);
    const vpc = this.#own('VpcConfig');
    if (vpc) this.#addManaged('AWSLambdaVPCAccessExecutionRole', vpc);
    const deadLetters = this.#own('DeadLetterQueue');
    if (deadLetters) this.#addDeadLetterPolicy(deadLetters);
  }

  allowPolling(source: PolledSource, _arn: DocNode, place: DocNode): void {
    this.#addManaged(pollingPolicies[source], place);
  }

  #addManaged(name: string, place: DocNode): void {
    this.#addManagedArn(this.#expansion.build(place).scalar(managedPolicyArn(name)));
  }

  allow(
    name: string,
    actions: readonly string[],
    resources: readonly DocNode[],
    place: DocNode,
    version?: string,
  ): void {
    const build = this.#expansion.build(place);
    const one = (nodes: readonly DocNode[]) => (nodes.length === 1 && nodes[0] ? nodes[0] : build.seq(nodes));
    const statement = build.map({
      Effect: 'Allow',
      Action: one(actions.map(action => build.scalar(action))),
      Resource: one(resources),
    });
    this.addInline(name, build.map({ Version: version, Statement: build.seq([statement]) }));
  }

  addInline(name: string, document: DocNode): void {
    this.#inline.push({ name, document });
  }

  /** The `Policies` of the function: names, ARNs, documents and SAM's policy templates, one or a list. */
  addPolicies(policies: DocNode | undefined): void {
    this.#expansion.items(policies).forEach((policy, index) => {
      const name = `${this.#logicalId}Policy${index}`;
      if (policy.kind === 'scalar') {
        const written = String(policy.value);
        if (written.startsWith('arn:')) this.#addManagedArn(policy);
        else this.#addManaged(written, policy);
      } else if (descendant(policy, 'Statement')) this.addInline(name, policy);
      else if (isPolicyTemplate(policy)) {
        const document = expandPolicyTemplate(policy, this.#expansion);
        if (document) this.addInline(name, document);
      } else if (isCall(policy)) this.#addManagedArn(policy);
      else {
        this.#expansion.error(
          'This is neither a managed policy, nor a policy document, nor one of SAM’s policy templates. Correct its name.',
          policy,
        );
      }
    });
  }

  /** Writes the role out, unless nothing refers to it. */
  write(): void {
    const build = this.#expansion.build(this.#entry.key);
    const inline = this.#inline.map(({ name, document }) => {
      const own = this.#expansion.build(document);
      return own.map({ PolicyName: name, PolicyDocument: document });
    });
    this.#expansion.add(
      this.#logicalId,
      'AWS::IAM::Role',
      build.map({
        AssumeRolePolicyDocument: this.#own('AssumeRolePolicyDocument') ?? this.#trustInLambda(),
        ManagedPolicyArns: build.seq(this.#managed),
        Policies: inline.length > 0 ? build.seq(inline) : undefined,
        Path: this.#own('RolePath'),
        PermissionsBoundary: this.#own('PermissionsBoundary'),
      }),
      this.#entry.key,
    );
  }

  #own(name: string): DocNode | undefined {
    return this.#expansion.shape(descendant(this.#properties, name));
  }

  #addManagedArn(arn: DocNode): void {
    const written = this.#expansion.text(arn);
    if (!this.#managed.some(known => this.#expansion.text(known) === written)) this.#managed.push(arn);
  }

  #addDeadLetterPolicy(config: DocNode): void {
    const type = this.#expansion.text(descendant(config, 'Type'));
    const target = descendant(config, 'TargetArn');
    if ((type !== 'SQS' && type !== 'SNS') || !target) {
      this.#expansion.error('DeadLetterQueue needs a Type of SQS or SNS, and a TargetArn.', config);
    } else {
      const action = type === 'SQS' ? 'sqs:SendMessage' : 'sns:Publish';
      this.allow('DeadLetterQueuePolicy', [action], [target], config, '2012-10-17');
    }
  }

  #trustInLambda(): DocNode {
    const build = this.#expansion.build(this.#entry.key);
    const statement = build.map({
      Effect: 'Allow',
      Action: build.seq([build.scalar('sts:AssumeRole')]),
      Principal: build.map({ Service: build.seq([build.scalar('lambda.amazonaws.com')]) }),
    });
    return build.map({ Version: '2012-10-17', Statement: build.seq([statement]) });
  }
}

function isCall(node: DocNode): boolean {
  if (node.kind !== 'map' || node.entries.size !== 1) return false;
  const [name] = node.entries.keys();
  return name === 'Ref' || name?.startsWith('Fn::') === true || textOf(descendant(node, 'Ref')) !== undefined;
}
