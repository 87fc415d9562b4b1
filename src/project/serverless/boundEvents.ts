import { type DocNode, descendant, entriesOf } from '../document/sourceDocument.ts';
import { addNotifications, addPoolTriggers } from '../sam/events/pushEvents.ts';
import { permit, type SamEvent } from '../sam/events/samEvent.ts';
import { alphanumeric } from './names.ts';
import type { ServiceContext } from './serviceContext.ts';

type Bind = (value: DocNode, event: SamEvent, context: ServiceContext) => void;

/** Events that are said of another resource, which the framework makes where the service does not. */
export const bindings: Readonly<Record<string, Bind>> = {
  s3: bindBucket,
  cognitoUserPool: bindUserPool,
  alb: bindTargetGroup,
  websocket: (value, event, { apis }) => apis.webSocketRoute(value, event.target.arn),
  alexaSmartHome: (value, event) => {
    const token = descendant(value, 'appId') ?? value;
    permit(event, 'alexa-connectedhome.amazon.com', { EventSourceToken: token });
  },
};

/** The framework makes the bucket, unless one of the service's own resources has the name. */
function bindBucket(value: DocNode, event: SamEvent, { service }: ServiceContext): void {
  const { expansion, build } = event;
  const written = descendant(value, 'bucket') ?? value;
  const key = expansion.text(written) ?? '';
  // The provider may say more of a bucket, its name included.
  const settings = descendant(service, 'provider', 's3', key);
  const nameNode = descendant(settings, 'name') ?? written;
  const name = expansion.text(nameNode) ?? '';
  const known = [...expansion.scope.resources.values()].find(
    ({ type, logicalId, node }) =>
      type === 'AWS::S3::Bucket' &&
      (expansion.text(descendant(node, 'Properties', 'BucketName')) === name ||
        `S3Bucket${alphanumeric(key)}` === logicalId),
  );
  const bucketId = known?.logicalId ?? `S3Bucket${alphanumeric(key)}`;
  if (!expansion.resources.has(bucketId)) {
    const properties: Record<string, DocNode> = {};
    for (const [property, entry] of entriesOf(settings)) {
      properties[property.charAt(0).toUpperCase() + property.slice(1)] = entry.value;
    }
    delete properties.Name;
    expansion.add(bucketId, 'AWS::S3::Bucket', build.map({ ...properties, BucketName: nameNode }), nameNode);
  }
  const rules = expansion
    .items(descendant(value, 'rules'))
    .flatMap(rule =>
      expansion
        .shapes(rule)
        .map(([ruleName, written]) => build.map({ Name: ruleName, Value: written.value })),
    );
  const properties: Record<string, DocNode | undefined> = {
    Events: descendant(value, 'event') ?? build.scalar('s3:ObjectCreated:*'),
    Filter: rules.length > 0 ? build.map({ S3Key: build.map({ Rules: build.seq(rules) }) }) : undefined,
  };
  permit(event, 's3.amazonaws.com', { SourceAccount: build.ref('AWS::AccountId') });
  addNotifications({ ...event, own: property => properties[property] }, bucketId);
}

function bindUserPool(value: DocNode, event: SamEvent): void {
  const { expansion, build } = event;
  const nameNode = descendant(value, 'pool') ?? value;
  const name = expansion.text(nameNode) ?? '';
  const ownId = `CognitoUserPool${alphanumeric(name)}`;
  const known = [...expansion.scope.resources.values()].find(
    ({ type, logicalId, node }) =>
      type === 'AWS::Cognito::UserPool' &&
      (logicalId === ownId || expansion.text(descendant(node, 'Properties', 'UserPoolName')) === name),
  );
  const poolId = known?.logicalId ?? ownId;
  if (!expansion.resources.has(poolId)) {
    expansion.add(poolId, 'AWS::Cognito::UserPool', build.map({ UserPoolName: nameNode }), nameNode);
  }
  permit(event, 'cognito-idp.amazonaws.com', { SourceArn: build.attribute(poolId, 'Arn') });
  addPoolTriggers(event, poolId, expansion.items(descendant(value, 'trigger')));
}

function bindTargetGroup(_value: DocNode, event: SamEvent): void {
  const { expansion, build, target, place, logicalId } = event;
  expansion.add(
    `${logicalId}TargetGroup`,
    'AWS::ElasticLoadBalancingV2::TargetGroup',
    build.map({ TargetType: 'lambda', Targets: build.seq([build.map({ Id: target.arn })]) }),
    place,
  );
  permit(event, 'elasticloadbalancing.amazonaws.com', { SourceArn: build.ref(`${logicalId}TargetGroup`) });
}
