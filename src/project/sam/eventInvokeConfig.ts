import { type DocNode, descendant } from '../document/sourceDocument.ts';
import type { Expansion } from './expansion.ts';
import type { InvokingRole } from './invokingRole.ts';

/** The policy that the role gets for each type of destination; a bucket takes more than one action. */
const permissions: Readonly<Record<string, { readonly suffix: string; readonly action: string }>> = {
  SQS: { suffix: 'SQSPolicy', action: 'sqs:SendMessage' },
  SNS: { suffix: 'SNSPolicy', action: 'sns:publish' },
  EventBridge: { suffix: 'EventBridgePolicy', action: 'events:PutEvents' },
  Lambda: { suffix: 'LambdaPolicy', action: 'lambda:InvokeFunction' },
  S3Bucket: { suffix: 'S3Policy', action: 's3:PutObject' },
};

/** `EventInvokeConfig`: the configuration of the alias or of $LATEST, with destinations that SAM may make itself. */
export function expandEventInvokeConfig(
  properties: DocNode,
  functionId: string,
  alias: DocNode | undefined,
  role: InvokingRole,
  expansion: Expansion,
): void {
  const config = expansion.shape(descendant(properties, 'EventInvokeConfig'));
  if (!config) return;
  const build = expansion.build(config);
  const logicalId = `${functionId}EventInvokeConfig`;
  const destinations = expansion.shape(descendant(config, 'DestinationConfig'));
  const destination = (outcome: 'OnSuccess' | 'OnFailure') => {
    const written = expansion.shape(descendant(destinations, outcome));
    const arn = written && destinationArn(written, functionId, `${logicalId}${outcome}`, role, expansion);
    return arn && expansion.build(arn).map({ Destination: arn });
  };
  expansion.add(
    logicalId,
    'AWS::Lambda::EventInvokeConfig',
    build.map({
      FunctionName: build.ref(functionId),
      Qualifier: alias ?? '$LATEST',
      MaximumEventAgeInSeconds: descendant(config, 'MaximumEventAgeInSeconds'),
      MaximumRetryAttempts: descendant(config, 'MaximumRetryAttempts'),
      DestinationConfig: build.map({
        OnSuccess: destination('OnSuccess'),
        OnFailure: destination('OnFailure'),
      }),
    }),
    config,
  );
}

function destinationArn(
  written: DocNode,
  functionId: string,
  logicalId: string,
  role: InvokingRole,
  expansion: Expansion,
): DocNode | undefined {
  const type = expansion.text(descendant(written, 'Type')) ?? '';
  const permission = permissions[type];
  const given = expansion.shape(descendant(written, 'Destination'));
  const arn = given ?? createDestination(type, functionId, logicalId, written, expansion);
  if (!permission || !arn) {
    const types = Object.keys(permissions).join(', ');
    expansion.error(
      `A destination needs a Type (${types}) and, but for SQS and SNS, a Destination.`,
      descendant(written, 'Type') ?? written,
    );
    return undefined;
  }
  const name = `${logicalId}${permission.suffix}`;
  if (type === 'S3Bucket') allowBucket(name, arn, role, expansion);
  else role.allow(name, [permission.action], [arn], arn);
  return arn;
}

/** SAM makes a queue or a topic where none is given. */
function createDestination(
  type: string,
  functionId: string,
  logicalId: string,
  place: DocNode,
  expansion: Expansion,
): DocNode | undefined {
  const build = expansion.build(place);
  if (type === 'SQS') {
    expansion.add(`${logicalId}Queue`, 'AWS::SQS::Queue', build.map({}), place);
    expansion.generated.set(`${functionId}.DestinationQueue`, `${logicalId}Queue`);
    return build.attribute(`${logicalId}Queue`, 'Arn');
  }
  if (type !== 'SNS') return undefined;
  expansion.add(`${logicalId}Topic`, 'AWS::SNS::Topic', build.map({}), place);
  expansion.generated.set(`${functionId}.DestinationTopic`, `${logicalId}Topic`);
  return build.ref(`${logicalId}Topic`);
}

/** Writing a failed event to a bucket takes two permissions, on two ARNs. */
export function allowBucket(
  name: string,
  bucketArn: DocNode,
  role: InvokingRole,
  expansion: Expansion,
): void {
  const build = expansion.build(bucketArn);
  const statement = (action: string, resource: DocNode) =>
    build.map({ Effect: 'Allow', Action: action, Resource: resource });
  const objects = build.map({
    'Fn::Join': build.seq([build.scalar('/'), build.seq([bucketArn, build.scalar('*')])]),
  });
  const statements = build.seq([statement('s3:PutObject', objects), statement('s3:ListBucket', bucketArn)]);
  role.addInline(name, build.map({ Statement: statements }));
}
