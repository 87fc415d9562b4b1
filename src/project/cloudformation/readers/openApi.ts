import type { AuthorizerDefinition, RouteAuthorization } from '../../../model/http.ts';
import { defined } from '../../defined.ts';
import {
  booleanOf,
  entries,
  items,
  numberOf,
  property,
  text,
  texts,
  type Value,
  whereIs,
} from '../../intrinsics/value.ts';
import { isStreamingUri, parseFunctionReference } from '../functionReference.ts';
import { addTrigger, type Collected } from './collected.ts';
import type { Facts } from './facts.ts';
import { addMock, mockResponse } from './mockMethods.ts';

const methods = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);
const anyMethod = 'x-amazon-apigateway-any-method';

/**
 * The routes and authorizers of an API's OpenAPI definition, as API Gateway imports it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 */
export function readOpenApi(
  body: Value,
  kind: 'REST' | 'HTTP',
  apiId: string,
  facts: Facts,
  collected: Collected,
): void {
  const schemes = property(body, 'securityDefinitions') ?? property(body, 'components', 'securitySchemes');
  readAuthorizers(schemes, apiId, facts, collected);
  const inherited = property(body, 'security');
  for (const [path, operations] of entries(property(body, 'paths'))) {
    for (const [method, operation] of entries(operations)) {
      if (!methods.has(method.toLowerCase()) && method !== anyMethod) continue;
      readOperation(path, method, operation, inherited);
    }
  }

  function readOperation(path: string, method: string, operation: Value, security: Value | undefined): void {
    const integration = property(operation, 'x-amazon-apigateway-integration');
    const type = text(property(integration, 'type'))?.toLowerCase();
    const verb = method === anyMethod ? 'ANY' : method.toUpperCase();
    if (type === 'mock') {
      const [first] = entries(property(integration, 'responses'));
      const response = first?.[1];
      const headers = property(response, 'responseParameters');
      addMock(
        apiId,
        { method: verb, path, ...mockResponse(text(property(response, 'statusCode')), headers) },
        collected,
      );
    }
    if (type !== 'aws_proxy' && type !== 'aws') return;
    const uri = text(property(integration, 'uri'));
    const target = parseFunctionReference(uri);
    if (!target) return;
    const timeoutMs = numberOf(property(integration, 'timeoutInMillis'));
    const { authorization, apiKeyRequired } = requirementsOf(
      property(operation, 'security') ?? security,
      schemes,
    );
    const { logicalId, stackId } = facts.definition();
    const definition = {
      logicalId,
      stackId,
      definedAt: whereIs(operation),
      apiId,
      ...(path !== '$default' && { method: verb }),
      path,
      ...target,
      ...(type === 'aws' && { integration: 'AWS' as const }),
      ...(kind === 'REST' && isStreamingUri(uri) && { streams: true as const }),
      payloadFormat: payloadFormatOf(kind, text(property(integration, 'payloadFormatVersion'))),
      ...defined({ timeoutMs }),
      authorization,
      apiKeyRequired,
    };
    collected.resources.routes.push(definition);
    const label = path === '$default' ? '$default' : `${verb} ${path}`;
    addTrigger(collected, kind === 'REST' ? 'restApi' : 'httpApi', label, target, definition);
  }
}

/** HTTP APIs have 2.0 unless they say otherwise; a definition that says nothing gets 1.0. */
export function payloadFormatOf(
  kind: 'REST' | 'HTTP' | 'WEBSOCKET',
  written: string | undefined,
): '1.0' | '2.0' {
  return kind === 'HTTP' && written?.startsWith('2') ? '2.0' : '1.0';
}

/** What every operation asks for that says nothing else. */
export function inheritedAuthorization(body: Value | undefined): RouteAuthorization {
  const schemes = property(body, 'securityDefinitions') ?? property(body, 'components', 'securitySchemes');
  return requirementsOf(property(body, 'security'), schemes).authorization;
}

function requirementsOf(
  security: Value | undefined,
  schemes: Value | undefined,
): { authorization: RouteAuthorization; apiKeyRequired: boolean } {
  let authorization: RouteAuthorization = { kind: 'none' };
  let apiKeyRequired = false;
  for (const requirement of items(security)) {
    for (const [name, scopes] of entries(requirement)) {
      const scheme = property(schemes, name);
      const authtype = text(property(scheme, 'x-amazon-apigateway-authtype'));
      if (authtype === 'awsSigv4' || (name === 'AWS_IAM' && !scheme)) authorization = { kind: 'iam' };
      else if (name === 'api_key' || isApiKey(scheme)) apiKeyRequired = true;
      else if (name !== 'NONE') authorization = { kind: 'authorizer', name, scopes: texts(scopes) };
    }
  }
  return { authorization, apiKeyRequired };
}

function isApiKey(scheme: Value | undefined): boolean {
  const header = text(property(scheme, 'name'))?.toLowerCase();
  return header === 'x-api-key' && !property(scheme, 'x-amazon-apigateway-authorizer');
}

function readAuthorizers(
  schemes: Value | undefined,
  apiId: string,
  facts: Facts,
  collected: Collected,
): void {
  for (const [name, scheme] of entries(schemes)) {
    const authorizer = property(scheme, 'x-amazon-apigateway-authorizer');
    const type = text(property(authorizer, 'type'));
    if (!authorizer || type === undefined) continue;
    const { logicalId, stackId } = facts.definition();
    addAuthorizer(
      {
        logicalId: `${logicalId}.${name}`,
        stackId,
        definedAt: whereIs(scheme),
        apiId,
        name,
        kind: authorizerKind(type),
        ...authorizerDetails({
          uri: text(property(authorizer, 'authorizerUri')),
          identitySource: property(authorizer, 'identitySource'),
          header:
            type === 'token' || type === 'cognito_user_pools' ? text(property(scheme, 'name')) : undefined,
          issuer: text(property(authorizer, 'jwtConfiguration', 'issuer')),
          audience: property(authorizer, 'jwtConfiguration', 'audience'),
          pools: property(authorizer, 'providerARNs'),
          format: text(property(authorizer, 'authorizerPayloadFormatVersion')),
          simple: booleanOf(property(authorizer, 'enableSimpleResponses')),
          seconds: numberOf(property(authorizer, 'authorizerResultTtlInSeconds')),
          validation: text(property(authorizer, 'identityValidationExpression')),
        }),
      },
      collected,
    );
  }
}

export function addAuthorizer(definition: AuthorizerDefinition, collected: Collected): void {
  collected.resources.authorizers.push(definition);
  const { functionName, qualifier, name } = definition;
  if (functionName === undefined) return;
  const target = { functionName, ...(qualifier !== undefined && { qualifier }) };
  addTrigger(collected, 'authorizer', name, target, definition);
}

export function authorizerKind(type: string): AuthorizerDefinition['kind'] {
  switch (type.toLowerCase()) {
    case 'request':
      return 'request';
    case 'jwt':
      return 'jwt';
    case 'cognito_user_pools':
      return 'cognito';
    default:
      return 'token';
  }
}

interface AuthorizerFacts {
  readonly uri: string | undefined;
  /** A list, or one text of parts between commas. */
  readonly identitySource: Value | undefined;
  /** The header that carries the token. */
  readonly header: string | undefined;
  readonly issuer: string | undefined;
  readonly audience: Value | undefined;
  readonly pools: Value | undefined;
  readonly format: string | undefined;
  readonly simple: boolean | undefined;
  readonly seconds: number | undefined;
  readonly validation: string | undefined;
}

export function authorizerDetails(facts: AuthorizerFacts) {
  const written = texts(facts.identitySource).flatMap(source => source.split(',').map(part => part.trim()));
  const fromHeader = facts.header === undefined ? [] : [`method.request.header.${facts.header}`];
  return {
    ...parseFunctionReference(facts.uri),
    identitySources: written.length > 0 ? written : fromHeader,
    ...(facts.issuer !== undefined && { issuer: facts.issuer }),
    audiences: texts(facts.audience),
    userPoolArns: texts(facts.pools),
    ...defined({
      payloadFormat: facts.format === '1.0' || facts.format === '2.0' ? facts.format : undefined,
    }),
    ...(facts.simple !== undefined && { simpleResponses: facts.simple }),
    ...(facts.seconds !== undefined && { cacheSeconds: facts.seconds }),
    ...(facts.validation !== undefined && { identityValidation: facts.validation }),
  } satisfies Partial<AuthorizerDefinition>;
}
