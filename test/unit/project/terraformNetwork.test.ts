import { arn, type Configuration, checkConfiguration, functionOf as fn } from './support/terraform.ts';

const cases: Readonly<Record<string, Configuration>> = {
  'HTTP and REST APIs': {
    tf: `${fn('orders')}
resource "aws_apigatewayv2_api" "http" {
  name          = "http"
  protocol_type = "HTTP"
  cors_configuration { allow_origins = ["*"] }
}
resource "aws_apigatewayv2_integration" "i" {
  api_id                 = aws_apigatewayv2_api.http.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.orders.invoke_arn
  payload_format_version = "2.0"
}
resource "aws_apigatewayv2_authorizer" "jwt" {
  api_id           = aws_apigatewayv2_api.http.id
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]
  jwt_configuration {
    issuer   = "https://i"
    audience = ["a"]
  }
}
resource "aws_apigatewayv2_route" "r" {
  api_id             = aws_apigatewayv2_api.http.id
  route_key          = "GET /a"
  target             = "integrations/\${aws_apigatewayv2_integration.i.id}"
  authorization_type = "JWT"
  authorizer_id      = aws_apigatewayv2_authorizer.jwt.id
}
resource "aws_apigatewayv2_stage" "s" {
  api_id = aws_apigatewayv2_api.http.id
  name   = "$default"
}
resource "aws_api_gateway_rest_api" "rest" { name = "rest" }
resource "aws_api_gateway_resource" "b" {
  rest_api_id = aws_api_gateway_rest_api.rest.id
  parent_id   = aws_api_gateway_rest_api.rest.root_resource_id
  path_part   = "b"
}
resource "aws_api_gateway_method" "b" {
  rest_api_id   = aws_api_gateway_rest_api.rest.id
  resource_id   = aws_api_gateway_resource.b.id
  http_method   = "POST"
  authorization = "AWS_IAM"
}
resource "aws_api_gateway_integration" "b" {
  rest_api_id             = aws_api_gateway_rest_api.rest.id
  resource_id             = aws_api_gateway_resource.b.id
  http_method             = aws_api_gateway_method.b.http_method
  integration_http_method = "POST"
  type                    = "AWS_PROXY"
  uri                     = aws_lambda_function.orders.invoke_arn
}
resource "aws_lambda_permission" "p" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.orders.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "\${aws_apigatewayv2_api.http.execution_arn}/*/*"
}`,
    model: {
      resources: {
        apis: [
          { apiId: 'http', protocol: 'HTTP', cors: { allowOrigins: ['*'] }, stages: ['$default'] },
          { apiId: 'rest', protocol: 'REST' },
        ],
        routes: [
          { method: 'POST', path: '/b', authorization: { kind: 'iam' }, payloadFormat: '1.0' },
          {
            method: 'GET',
            path: '/a',
            authorization: { kind: 'authorizer', name: 'jwt', scopes: [] },
            payloadFormat: '2.0',
          },
        ],
        authorizers: [{ name: 'jwt', kind: 'jwt', issuer: 'https://i' }],
        functionPermissions: [{ sourceArn: arn('execute-api', 'http/*/*') }],
      },
    },
  },
  'a network': {
    tf: `resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "private_a" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}
resource "aws_internet_gateway" "gateway" { vpc_id = aws_vpc.main.id }
resource "aws_eip" "nat" {}
resource "aws_nat_gateway" "out" {
  subnet_id     = aws_subnet.private_a.id
  allocation_id = aws_eip.nat.id
}
resource "aws_route_table" "private" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.out.id
  }
}
resource "aws_route" "v6" {
  route_table_id              = aws_route_table.private.id
  destination_ipv6_cidr_block = "::/0"
  gateway_id                  = aws_internet_gateway.gateway.id
}
resource "aws_route_table_association" "a" {
  subnet_id      = aws_subnet.private_a.id
  route_table_id = aws_route_table.private.id
}
resource "aws_vpc_endpoint" "s3" {
  vpc_id          = aws_vpc.main.id
  service_name    = "com.amazonaws.us-east-1.s3"
  route_table_ids = [aws_route_table.private.id]
}
resource "aws_security_group" "fn" {
  vpc_id = aws_vpc.main.id
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_security_group_rule" "in" {
  security_group_id        = aws_security_group.fn.id
  type                     = "ingress"
  protocol                 = "tcp"
  from_port                = 443
  to_port                  = 443
  source_security_group_id = aws_security_group.fn.id
}
resource "aws_db_instance" "db" {
  identifier             = "db"
  engine                 = "postgres"
  vpc_security_group_ids = [aws_security_group.fn.id]
}
${fn('orders', 'vpc_config {\n    subnet_ids = [aws_subnet.private_a.id]\n    security_group_ids = [aws_security_group.fn.id]\n  }\n  environment { variables = { DB = aws_db_instance.db.address } }')}`,
    model: {
      functions: [
        {
          vpc: { subnetIds: ['subnet-privatea'], securityGroupIds: ['sg-fn'] },
          environment: { DB: 'db.instance.us-east-1.rds.amazonaws.com' },
        },
      ],
      resources: {
        vpcs: [{ id: 'vpc-main' }],
        subnets: [{ id: 'subnet-privatea', routeTableId: 'rtb-private' }],
        internetGateways: [{ vpcId: 'vpc-main' }],
        natGateways: [{ hasAddress: true }],
        routeTables: [
          {
            routes: [
              { destination: '0.0.0.0/0', target: { kind: 'natGateway' } },
              { destination: '::/0', target: { kind: 'internetGateway' } },
            ],
          },
        ],
        vpcEndpoints: [{ type: 'Gateway', routeTableIds: ['rtb-private'] }],
        securityGroups: [
          {
            ingress: [{ fromPort: 443, peer: { kind: 'securityGroup', id: 'sg-fn' } }],
            egress: [{ protocol: '-1' }],
          },
        ],
        networkServices: [{ kind: 'database', port: 5432, securityGroupIds: ['sg-fn'] }],
      },
    },
  },
};

suite('APIs and networks of Terraform configurations', () => {
  for (const [name, configuration] of Object.entries(cases)) {
    test(name, () => checkConfiguration(configuration));
  }
});
