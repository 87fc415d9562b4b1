import { type DocNode, descendant, type MapEntry } from '../../document/sourceDocument.ts';
import type { Expansion } from '../expansion.ts';

/** AWS::Serverless::WebSocketApi: a route, an integration and a permission for each of its `Routes`. */
export function expandWebSocketApi(
  logicalId: string,
  entry: MapEntry,
  properties: DocNode,
  expansion: Expansion,
): void {
  const own = (name: string) => expansion.shape(descendant(properties, name));
  const build = expansion.build(entry.key);
  const stage = own('StageName') ?? build.scalar('default');
  expansion.replace(
    logicalId,
    entry,
    'AWS::ApiGatewayV2::Api',
    build.map({
      Name: own('Name') ?? logicalId,
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: own('RouteSelectionExpression'),
      Description: own('Description'),
    }),
  );
  expansion.add(
    `${logicalId}Stage`,
    'AWS::ApiGatewayV2::Stage',
    build.map({
      ApiId: build.ref(logicalId),
      StageName: stage,
      StageVariables: own('StageVariables'),
      AutoDeploy: true,
    }),
    entry.key,
  );
  expansion.generated.set(`${logicalId}.Stage`, `${logicalId}Stage`);
  const authorization = connectAuthorization(logicalId, own('Auth'), expansion);
  for (const [routeKey, { key, value }] of expansion.shapes(own('Routes'))) {
    addRoute(logicalId, routeKey, key, value, stage, routeKey === '$connect' ? authorization : {}, expansion);
  }
}

function addRoute(
  apiId: string,
  routeKey: string,
  place: DocNode,
  route: DocNode,
  stage: DocNode,
  authorization: Readonly<Record<string, DocNode | string>>,
  expansion: Expansion,
): void {
  const build = expansion.build(place);
  const functionArn = descendant(route, 'FunctionArn');
  if (!functionArn) {
    expansion.error(`The route ${routeKey} has no FunctionArn. Say which function it is for.`, place);
    return;
  }
  const letters = routeKey.replace(/[^0-9A-Za-z]/g, '');
  const id = `${apiId}${letters.charAt(0).toUpperCase()}${letters.slice(1)}`;
  expansion.add(
    `${id}Integration`,
    'AWS::ApiGatewayV2::Integration',
    build.map({
      ApiId: build.ref(apiId),
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: build.sub(
        `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${p_Function}/invocations`,
        { p_Function: functionArn },
      ),
      TimeoutInMillis: descendant(route, 'IntegrationTimeout'),
    }),
    place,
  );
  expansion.add(
    `${id}Route`,
    'AWS::ApiGatewayV2::Route',
    build.map({
      ApiId: build.ref(apiId),
      RouteKey: routeKey,
      ApiKeyRequired: descendant(route, 'ApiKeyRequired'),
      Target: build.sub(`integrations/\${p_Integration}`, { p_Integration: build.ref(`${id}Integration`) }),
      ...authorization,
    }),
    place,
  );
  const pattern = `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${p_Api}/\${p_Stage}/${routeKey}`;
  expansion.add(
    `${id}Permission`,
    'AWS::Lambda::Permission',
    build.map({
      Action: 'lambda:InvokeFunction',
      FunctionName: functionArn,
      Principal: 'apigateway.amazonaws.com',
      SourceArn: build.sub(pattern, { p_Api: build.ref(apiId), p_Stage: stage }),
    }),
    place,
  );
}

/** Only `$connect` can be authorized. */
function connectAuthorization(
  apiId: string,
  auth: DocNode | undefined,
  expansion: Expansion,
): Readonly<Record<string, DocNode | string>> {
  const type = expansion.text(descendant(auth, 'AuthType'))?.toUpperCase();
  if (!auth || type === undefined) return {};
  if (type !== 'CUSTOM') return { AuthorizationType: type };
  const build = expansion.build(auth);
  const functionArn = descendant(auth, 'AuthArn');
  if (!functionArn) {
    expansion.error('An authorizer of type CUSTOM needs an AuthArn. Add it.', auth);
    return {};
  }
  const authorizerId = `${apiId}ConnectAuthorizer`;
  expansion.add(
    authorizerId,
    'AWS::ApiGatewayV2::Authorizer',
    build.map({
      ApiId: build.ref(apiId),
      AuthorizerType: 'REQUEST',
      Name: descendant(auth, 'Name') ?? authorizerId,
      IdentitySource: descendant(auth, 'IdentitySource'),
      AuthorizerUri: build.sub(
        `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${p_Function}/invocations`,
        { p_Function: functionArn },
      ),
    }),
    auth,
  );
  if (!descendant(auth, 'InvokeRole')) {
    const pattern = `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${p_Api}/authorizers/*`;
    expansion.add(
      `${apiId}AuthorizerPermission`,
      'AWS::Lambda::Permission',
      build.map({
        Action: 'lambda:InvokeFunction',
        FunctionName: functionArn,
        Principal: 'apigateway.amazonaws.com',
        SourceArn: build.sub(pattern, { p_Api: build.ref(apiId) }),
      }),
      auth,
    );
  }
  return { AuthorizationType: 'CUSTOM', AuthorizerId: build.ref(authorizerId) };
}
