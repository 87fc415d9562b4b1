import { suiteOfTemplates } from './support/templates.ts';

const hello = `
  Hello: { Type: AWS::Lambda::Function, Properties: { Handler: index.handler, Runtime: nodejs24.x, Code: . } }`;
const uri = (name = 'Hello') =>
  `!Sub 'arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${name}.Arn}/invocations'`;

suiteOfTemplates('APIs of SAM', {
  'authorizers of a REST API': {
    resources: `
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: v1
      Variables: { color: red }
      AccessLogSetting: { DestinationArn: !GetAtt Logs.Arn, Format: $context.requestId }
      Cors: { AllowOrigin: "'https://a.example'", AllowMethods: "'GET,POST'", MaxAge: "'600'" }
      BinaryMediaTypes: [image~1png]
      OpenApiVersion: 3.0.1
      Auth:
        DefaultAuthorizer: Token
        Authorizers:
          Token: { FunctionArn: !GetAtt Hello.Arn, Identity: { Header: X-Token, ReauthorizeEvery: 60 } }
          Request: { FunctionArn: !GetAtt Hello.Arn, FunctionPayloadType: REQUEST, Identity: { QueryStrings: [q] } }
          Pool: { UserPoolArn: !GetAtt Pool.Arn }
          Nobody: {}
#         ^^^^^^ error: names neither a function
  Pool: { Type: AWS::Cognito::UserPool }
  Logs: { Type: AWS::Logs::LogGroup }
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      CodeUri: .
      Events:
        A: { Type: Api, Properties: { RestApiId: !Ref Api, Path: /a, Method: get, ResponseTransferMode: RESPONSE_STREAM } }
        B: { Type: Api, Properties: { RestApiId: !Ref Api, Path: /b, Method: any, Auth: { Authorizer: NONE } } }
        C: { Type: Api, Properties: { RestApiId: !Ref Api, Path: /c, Method: post, Auth: { Authorizer: Pool, AuthorizationScopes: [s] } } }
        D: { Type: Api, Properties: { RestApiId: !Ref Api, Path: /d, Method: put, Auth: { Authorizer: AWS_IAM } } }`,
    model: {
      resources: {
        apis: [
          {
            apiId: 'api',
            stages: ['v1'],
            stageVariables: { color: 'red' },
            accessLogFormat: '$context.requestId',
            corsAuthorization: { kind: 'authorizer', name: 'Token', scopes: [] },
            binaryMediaTypes: ['image/png'],
            cors: { allowOrigins: ['https://a.example'], allowMethods: ['GET', 'POST'], maxAgeSeconds: 600 },
          },
        ],
        authorizers: [
          {
            name: 'Token',
            kind: 'token',
            functionName: 'Hello',
            identitySources: ['method.request.header.X-Token'],
            cacheSeconds: 60,
          },
          { name: 'Request', kind: 'request', identitySources: ['method.request.querystring.q'] },
          {
            name: 'Pool',
            kind: 'cognito',
            userPoolArns: ['arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_pool'],
          },
        ],
        routes: [
          { path: '/a', streams: true, authorization: { kind: 'authorizer', name: 'Token', scopes: [] } },
          { path: '/b', method: 'ANY', authorization: { kind: 'none' } },
          { path: '/c', authorization: { kind: 'authorizer', name: 'Pool', scopes: ['s'] } },
          { path: '/d', authorization: { kind: 'iam' } },
        ],
      },
    },
  },

  'authorizers of an HTTP API': {
    resources: `
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      Name: shop
      StageName: !Ref AWS::StackName
      CorsConfiguration: true
      Auth:
        DefaultAuthorizer: Jwt
        EnableIamAuthorizer: true
        Authorizers:
          Jwt: { JwtConfiguration: { issuer: 'https://i', audience: [a] }, IdentitySource: $request.header.Authorization, AuthorizationScopes: [s] }
          Own: { FunctionArn: !GetAtt Hello.Arn, AuthorizerPayloadFormatVersion: '2.0', EnableSimpleResponses: true, EnableFunctionDefaultPermissions: true, Identity: { Headers: [X] } }
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      CodeUri: .
      Events:
        A: { Type: HttpApi, Properties: { ApiId: !Ref Api, Path: /a, Method: get, PayloadFormatVersion: '1.0', TimeoutInMillis: 100 } }
        B: { Type: HttpApi, Properties: { ApiId: !Ref Api, Path: /b, Method: get, Auth: { Authorizer: Own } } }
        C: { Type: HttpApi, Properties: { ApiId: !Ref Api, Path: /c, Method: get, Auth: { Authorizer: AWS_IAM } } }`,
    model: {
      resources: {
        apis: [{ name: 'shop', protocol: 'HTTP', stages: ['project'], cors: { allowOrigins: ['*'] } }],
        authorizers: [
          { name: 'Jwt', kind: 'jwt', issuer: 'https://i', audiences: ['a'] },
          {
            name: 'Own',
            kind: 'request',
            payloadFormat: '2.0',
            simpleResponses: true,
            identitySources: ['$request.header.X'],
          },
        ],
        routes: [
          {
            path: '/a',
            payloadFormat: '1.0',
            timeoutMs: 100,
            authorization: { kind: 'authorizer', name: 'Jwt', scopes: ['s'] },
          },
          {
            path: '/b',
            payloadFormat: '2.0',
            authorization: { kind: 'authorizer', name: 'Own', scopes: [] },
          },
          { path: '/c', authorization: { kind: 'iam' } },
        ],
        functionPermissions: [{}, {}, {}, { logicalId: 'ApiOwnAuthorizerPermission' }],
      },
    },
  },

  'a WebSocket API': {
    resources: `${hello}
  Chat:
    Type: AWS::Serverless::WebSocketApi
    Properties:
      RouteSelectionExpression: $request.body.action
      StageName: live
      Auth: { AuthType: CUSTOM, AuthArn: !GetAtt Hello.Arn, Name: keeper }
      Routes:
        $connect: { FunctionArn: !GetAtt Hello.Arn }
        send: { FunctionArn: !GetAtt Hello.Arn, IntegrationTimeout: 900 }
        nobody: {}
#       ^^^^^^ error: The route nobody has no FunctionArn`,
    model: {
      resources: {
        apis: [{ protocol: 'WEBSOCKET', stages: ['live'], routeSelectionExpression: '$request.body.action' }],
        routes: [
          {
            path: '$connect',
            payloadFormat: '1.0',
            authorization: { kind: 'authorizer', name: 'keeper', scopes: [] },
          },
          { path: 'send', timeoutMs: 900, authorization: { kind: 'none' } },
        ],
        authorizers: [{ name: 'keeper', kind: 'request', functionName: 'Hello' }],
      },
      triggers: [
        { kind: 'authorizer' },
        { kind: 'webSocket', label: '$connect' },
        { kind: 'webSocket', label: 'send' },
      ],
    },
  },
});

suiteOfTemplates('APIs of CloudFormation', {
  'the variables of several stages': {
    resources: `
  Api: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: shop, ProtocolType: HTTP } }
  Dev: { Type: AWS::ApiGatewayV2::Stage, Properties: { ApiId: !Ref Api, StageName: dev, StageVariables: { a: d, b: d } } }
  Prod: { Type: AWS::ApiGatewayV2::Stage, Properties: { ApiId: !Ref Api, StageName: prod, StageVariables: { a: p } } }
  Plain: { Type: AWS::ApiGatewayV2::Stage, Properties: { ApiId: !Ref Api, StageName: plain } }`,
    model: {
      resources: {
        apis: [
          {
            stages: ['dev', 'prod', 'plain'],
            stageVariables: { a: 'p', b: 'd' },
            variablesOfStages: { dev: { a: 'd', b: 'd' }, prod: { a: 'p' }, plain: {} },
          },
        ],
      },
    },
  },

  'a REST API by resources and methods': {
    resources: `${hello}
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: shop } }
  Orders: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: orders } }
  Order: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Api, ParentId: !Ref Orders, PathPart: '{id}' } }
  Get:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref Order
      HttpMethod: GET
      ApiKeyRequired: true
      AuthorizationType: CUSTOM
      AuthorizerId: !Ref Keeper
      Integration: { Type: AWS_PROXY, Uri: ${uri()}, TimeoutInMillis: 700 }
  Mock: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref Api, ResourceId: !Ref Order, HttpMethod: OPTIONS, Integration: { Type: MOCK, IntegrationResponses: [{ StatusCode: 204, ResponseParameters: { method.response.header.Access-Control-Allow-Origin: "'*'", method.response.header.X: context.requestId } }] } } }
  Root: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref Api, ResourceId: !GetAtt Api.RootResourceId, HttpMethod: ANY, AuthorizationType: AWS_IAM, Integration: { Type: AWS_PROXY, Uri: ${uri()} } } }
  Keeper: { Type: AWS::ApiGateway::Authorizer, Properties: { RestApiId: !Ref Api, Name: keeper, Type: TOKEN, IdentitySource: method.request.header.A, AuthorizerUri: ${uri()}, AuthorizerResultTtlInSeconds: 9, IdentityValidationExpression: 't-.*' } }
  Deployment: { Type: AWS::ApiGateway::Deployment, Properties: { RestApiId: !Ref Api } }
  Stage: { Type: AWS::ApiGateway::Stage, Properties: { RestApiId: !Ref Api, DeploymentId: !Ref Deployment, StageName: v2, Variables: { a: b } } }`,
    model: {
      resources: {
        apis: [
          {
            name: 'shop',
            stages: ['v2'],
            stageVariables: { a: 'b' },
            mocks: [
              {
                method: 'OPTIONS',
                path: '/orders/{id}',
                status: 204,
                headers: { 'Access-Control-Allow-Origin': '*' },
              },
            ],
          },
        ],
        routes: [
          {
            logicalId: 'Get',
            method: 'GET',
            path: '/orders/{id}',
            timeoutMs: 700,
            apiKeyRequired: true,
            authorization: { kind: 'authorizer', name: 'keeper', scopes: [] },
          },
          { method: 'ANY', path: '/', authorization: { kind: 'iam' } },
        ],
        authorizers: [
          {
            name: 'keeper',
            cacheSeconds: 9,
            identitySources: ['method.request.header.A'],
            identityValidation: 't-.*',
          },
        ],
      },
    },
  },

  'an HTTP API by routes and integrations': {
    resources: `${hello}
  Api: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: shop, ProtocolType: HTTP, CorsConfiguration: { AllowOrigins: ['*'] } } }
  ToHello: { Type: AWS::ApiGatewayV2::Integration, Properties: { ApiId: !Ref Api, IntegrationType: AWS_PROXY, IntegrationUri: !GetAtt Hello.Arn, PayloadFormatVersion: '2.0', TimeoutInMillis: 5000 } }
  Get: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Api, RouteKey: 'GET /orders/{id}', Target: !Sub 'integrations/\${ToHello}', AuthorizationType: JWT, AuthorizerId: !Ref Jwt, AuthorizationScopes: [read] } }
  Rest: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Api, RouteKey: $default, Target: !Join [/, [integrations, !Ref ToHello]] } }
  Jwt: { Type: AWS::ApiGatewayV2::Authorizer, Properties: { ApiId: !Ref Api, Name: jwt, AuthorizerType: JWT, IdentitySource: [$request.header.Authorization], JwtConfiguration: { Issuer: 'https://i', Audience: [a] } } }
  Stage: { Type: AWS::ApiGatewayV2::Stage, Properties: { ApiId: !Ref Api, StageName: $default, AutoDeploy: true } }
  Quick: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: quick, ProtocolType: HTTP, Target: !GetAtt Hello.Arn, RouteKey: 'POST /q' } }`,
    model: {
      resources: {
        apis: [
          { name: 'shop', stages: ['$default'], cors: { allowOrigins: ['*'] } },
          { name: 'quick', stages: ['$default'] },
        ],
        routes: [
          { apiId: 'quick', method: 'POST', path: '/q', payloadFormat: '2.0' },
          {
            apiId: 'api',
            method: 'GET',
            path: '/orders/{id}',
            payloadFormat: '2.0',
            timeoutMs: 5000,
            authorization: { kind: 'authorizer', name: 'jwt', scopes: ['read'] },
          },
          { path: '$default' },
        ],
        authorizers: [{ name: 'jwt', kind: 'jwt', issuer: 'https://i', audiences: ['a'] }],
      },
    },
  },

  'a load balancer': {
    resources: `${hello}
  Group: { Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: { Name: hellos, TargetType: lambda, Targets: [{ Id: !GetAtt Hello.Arn }] } }`,
    model: { triggers: [{ kind: 'loadBalancer', label: 'hellos', functionName: 'Hello' }] },
  },
});
