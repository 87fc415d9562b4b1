import type { TfResource } from '../tfResource.ts';
import { type Convert, named, to } from './conversion.ts';

function cors(resource: TfResource) {
  const own = (name: string) => resource.get('cors_configuration', name);
  return (
    resource.get('cors_configuration', 'allow_origins') &&
    resource.build.map({
      AllowOrigins: own('allow_origins'),
      AllowMethods: own('allow_methods'),
      AllowHeaders: own('allow_headers'),
      ExposeHeaders: own('expose_headers'),
      MaxAge: own('max_age'),
      AllowCredentials: own('allow_credentials'),
    })
  );
}

/** An integration of a REST API is a resource of its own here, and a part of its method there. */
const restIntegration: Convert = to('Terraform::RestIntegration', {
  RestApiId: 'rest_api_id',
  ResourceId: 'resource_id',
  HttpMethod: 'http_method',
  Integration: resource =>
    resource.build.map({
      Type: resource.get('type'),
      Uri: resource.get('uri'),
      TimeoutInMillis: resource.get('timeout_milliseconds'),
    }),
});

export const httpConversions: Readonly<Record<string, Convert>> = {
  aws_apigatewayv2_api: to('AWS::ApiGatewayV2::Api', {
    Name: named('name'),
    ProtocolType: 'protocol_type',
    RouteSelectionExpression: 'route_selection_expression',
    CorsConfiguration: cors,
    Target: 'target',
    RouteKey: 'route_key',
    Body: resource => resource.json('body'),
  }),
  aws_apigatewayv2_stage: to('AWS::ApiGatewayV2::Stage', {
    ApiId: 'api_id',
    StageName: 'name',
    StageVariables: 'stage_variables',
  }),
  aws_apigatewayv2_route: to('AWS::ApiGatewayV2::Route', {
    ApiId: 'api_id',
    RouteKey: 'route_key',
    Target: 'target',
    AuthorizationType: 'authorization_type',
    AuthorizerId: 'authorizer_id',
    AuthorizationScopes: 'authorization_scopes',
    ApiKeyRequired: 'api_key_required',
  }),
  aws_apigatewayv2_integration: to('AWS::ApiGatewayV2::Integration', {
    ApiId: 'api_id',
    IntegrationType: 'integration_type',
    IntegrationUri: 'integration_uri',
    PayloadFormatVersion: 'payload_format_version',
    TimeoutInMillis: 'timeout_milliseconds',
  }),
  aws_apigatewayv2_authorizer: to('AWS::ApiGatewayV2::Authorizer', {
    ApiId: 'api_id',
    Name: named('name'),
    AuthorizerType: 'authorizer_type',
    AuthorizerUri: 'authorizer_uri',
    IdentitySource: 'identity_sources',
    AuthorizerPayloadFormatVersion: 'authorizer_payload_format_version',
    EnableSimpleResponses: 'enable_simple_responses',
    AuthorizerResultTtlInSeconds: 'authorizer_result_ttl_in_seconds',
    JwtConfiguration: resource => {
      const issuer = resource.get('jwt_configuration', 'issuer');
      const audience = resource.get('jwt_configuration', 'audience');
      return issuer || audience ? resource.build.map({ Issuer: issuer, Audience: audience }) : undefined;
    },
  }),
  aws_api_gateway_rest_api: to('AWS::ApiGateway::RestApi', {
    Name: named('name'),
    BinaryMediaTypes: 'binary_media_types',
    Body: resource => resource.json('body'),
  }),
  aws_api_gateway_resource: to('AWS::ApiGateway::Resource', {
    RestApiId: 'rest_api_id',
    ParentId: 'parent_id',
    PathPart: 'path_part',
  }),
  aws_api_gateway_method: to('AWS::ApiGateway::Method', {
    RestApiId: 'rest_api_id',
    ResourceId: 'resource_id',
    HttpMethod: 'http_method',
    AuthorizationType: 'authorization',
    AuthorizerId: 'authorizer_id',
    AuthorizationScopes: 'authorization_scopes',
    ApiKeyRequired: 'api_key_required',
  }),
  aws_api_gateway_integration: restIntegration,
  aws_api_gateway_deployment: to('AWS::ApiGateway::Deployment', {
    RestApiId: 'rest_api_id',
    StageName: 'stage_name',
  }),
  aws_api_gateway_stage: to('AWS::ApiGateway::Stage', {
    RestApiId: 'rest_api_id',
    StageName: 'stage_name',
    Variables: 'variables',
  }),
  aws_api_gateway_authorizer: to('AWS::ApiGateway::Authorizer', {
    RestApiId: 'rest_api_id',
    Name: named('name'),
    Type: 'type',
    AuthorizerUri: 'authorizer_uri',
    IdentitySource: 'identity_source',
    ProviderARNs: 'provider_arns',
    AuthorizerResultTtlInSeconds: 'authorizer_result_ttl_in_seconds',
  }),
};
