import type { ApiDefinition } from '../../../model/http.ts';
import { defined } from '../../defined.ts';
import { descendant } from '../../document/sourceDocument.ts';
import { property, text, type Value } from '../../intrinsics/value.ts';
import { parseFunctionReference } from '../functionReference.ts';
import { addTrigger, type Collected, type ReadResource } from './collected.ts';
import type { Facts } from './facts.ts';
import { addAuthorizer, authorizerDetails, authorizerKind, payloadFormatOf, readOpenApi } from './openApi.ts';
import { authorizationOf } from './restApis.ts';
import { corsOf } from './versions.ts';

/** AWS::ApiGatewayV2::Api: by definition, by routes of its own, or by quick create. */
export const readApi: ReadResource = (facts, collected) => {
  const body = facts.value('Body');
  const apiId = facts.identity?.ref ?? facts.logicalId;
  const protocol = facts.text('ProtocolType', 'protocol') === 'WEBSOCKET' ? 'WEBSOCKET' : 'HTTP';
  const cors = corsOf(facts.value('CorsConfiguration') ?? property(body, 'x-amazon-apigateway-cors'));
  const selection = facts.text('RouteSelectionExpression');
  const api: ApiDefinition = {
    apiId,
    name: facts.text('Name') ?? text(property(body, 'info', 'title')) ?? facts.logicalId,
    protocol,
    stages: facts.value('Target') ? ['$default'] : [],
    stageVariables: {},
    ...defined({ cors }),
    binaryMediaTypes: [],
    ...(protocol === 'WEBSOCKET' && selection !== undefined && { routeSelectionExpression: selection }),
    ...facts.definition(),
  };
  collected.resources.apis.push(api);
  if (body) readOpenApi(body, 'HTTP', apiId, facts, collected);
  addQuickRoute(api, facts, collected);
};

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop.html#http-api-examples.cli.quick-create */
function addQuickRoute(api: ApiDefinition, facts: Facts, collected: Collected): void {
  const target = parseFunctionReference(facts.text('Target'));
  if (!target) return;
  const routeKey = facts.text('RouteKey') ?? '$default';
  addRoute(api.apiId, 'HTTP', routeKey, '2.0', undefined, target, facts, collected);
}

/** AWS::ApiGatewayV2::Route. */
export const readRoute: ReadResource = (facts, collected) => {
  const apiId = facts.text('ApiId');
  const routeKey = facts.text('RouteKey', 'path');
  const integrationId = facts.text('Target')?.replace(/^integrations\//, '');
  const integration =
    integrationId === undefined ? undefined : facts.stack.scope.resources.get(integrationId);
  const own = (name: string): Value | undefined =>
    facts.stack.scope.evaluate(descendant(integration?.node, 'Properties', name));
  const target = parseFunctionReference(text(own('IntegrationUri')));
  if (apiId === undefined || routeKey === undefined || !target) return;
  const api = collected.resources.apis.find(known => known.apiId === apiId);
  const kind = api?.protocol ?? 'HTTP';
  const format = text(own('PayloadFormatVersion'));
  const timeout = Number(text(own('TimeoutInMillis')));
  addRoute(
    apiId,
    kind,
    routeKey,
    format,
    Number.isFinite(timeout) ? timeout : undefined,
    target,
    facts,
    collected,
  );
};

function addRoute(
  apiId: string,
  kind: ApiDefinition['protocol'],
  routeKey: string,
  format: string | undefined,
  timeoutMs: number | undefined,
  target: { readonly functionName: string; readonly qualifier?: string },
  facts: Facts,
  collected: Collected,
): void {
  const [method, path] = kind === 'HTTP' && routeKey.includes(' ') ? routeKey.split(' ') : [];
  const definition = {
    apiId,
    ...(method !== undefined && { method: method.toUpperCase() }),
    path: path ?? routeKey,
    ...target,
    payloadFormat: payloadFormatOf(kind, format),
    ...defined({ timeoutMs }),
    authorization: authorizationOf(facts),
    apiKeyRequired: facts.flag('ApiKeyRequired') ?? false,
    ...facts.definition(),
  };
  collected.resources.routes.push(definition);
  addTrigger(collected, kind === 'WEBSOCKET' ? 'webSocket' : 'httpApi', routeKey, target, definition);
}

/** AWS::ApiGatewayV2::Authorizer. */
export const readHttpAuthorizer: ReadResource = (facts, collected) => {
  const apiId = facts.text('ApiId');
  if (apiId === undefined) return;
  addAuthorizer(
    {
      apiId,
      name: facts.text('Name') ?? facts.logicalId,
      kind: authorizerKind(facts.text('AuthorizerType', 'kind') ?? 'REQUEST'),
      ...authorizerDetails({
        uri: facts.text('AuthorizerUri', 'functionName'),
        identitySource: facts.value('IdentitySource'),
        header: undefined,
        issuer: text(facts.value('JwtConfiguration', 'Issuer')),
        audience: facts.value('JwtConfiguration', 'Audience'),
        pools: undefined,
        format: facts.text('AuthorizerPayloadFormatVersion', 'payloadFormat'),
        simple: facts.flag('EnableSimpleResponses', 'simpleResponses'),
        seconds: facts.number('AuthorizerResultTtlInSeconds', 'cacheSeconds'),
        validation: undefined,
      }),
      ...facts.definition(),
    },
    collected,
  );
};
