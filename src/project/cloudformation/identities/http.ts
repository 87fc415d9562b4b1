import { type Identify, physicalId } from './identity.ts';

const restApi: Identify = ({ logicalId, settings: { region } }) => {
  const id = physicalId('', logicalId);
  return {
    ref: id,
    arn: `arn:aws:apigateway:${region}::/restapis/${id}`,
    attributes: { RestApiId: id, RootResourceId: `${id}root` },
  };
};

const httpApi: Identify = ({ logicalId, settings: { region } }) => {
  const id = physicalId('', logicalId);
  return {
    ref: id,
    arn: `arn:aws:apigateway:${region}::/apis/${id}`,
    attributes: { ApiId: id, ApiEndpoint: `https://${id}.execute-api.${region}.amazonaws.com` },
  };
};

const named =
  (property: string): Identify =>
  ({ name }) => ({ ref: name(property), attributes: {} });

const identified =
  (...attributes: readonly string[]): Identify =>
  ({ logicalId }) => ({
    ref: logicalId,
    attributes: Object.fromEntries(attributes.map(attribute => [attribute, logicalId])),
  });

export const httpIdentities: Readonly<Record<string, Identify>> = {
  'AWS::ApiGateway::RestApi': restApi,
  'AWS::Serverless::Api': restApi,
  'AWS::ApiGatewayV2::Api': httpApi,
  'AWS::Serverless::HttpApi': httpApi,
  'AWS::Serverless::WebSocketApi': httpApi,
  'AWS::ApiGateway::Stage': named('StageName'),
  'AWS::ApiGatewayV2::Stage': named('StageName'),
  'AWS::ApiGateway::Resource': identified('ResourceId'),
  'AWS::ApiGateway::Authorizer': identified('AuthorizerId'),
  'AWS::ApiGatewayV2::Authorizer': identified('AuthorizerId'),
  'AWS::ApiGatewayV2::Integration': identified('IntegrationId'),
  'AWS::ApiGatewayV2::Route': identified('RouteId'),
  'AWS::ApiGateway::Deployment': identified('DeploymentId'),
};
