import type { ApiDefinition, RouteAuthorization } from '../../../model/http.ts';
import { defined } from '../../defined.ts';
import { descendant } from '../../document/sourceDocument.ts';
import { booleanOf, items, property, text } from '../../intrinsics/value.ts';
import { isStreamingUri, parseFunctionReference } from '../functionReference.ts';
import { addTrigger, amend, type ReadResource } from './collected.ts';
import type { Facts } from './facts.ts';
import { addMock, mockResponse } from './mockMethods.ts';
import {
  addAuthorizer,
  authorizerDetails,
  authorizerKind,
  inheritedAuthorization,
  readOpenApi,
} from './openApi.ts';
import { corsOf } from './versions.ts';

/** AWS::ApiGateway::RestApi. */
export const readRestApi: ReadResource = (facts, collected) => {
  const body = facts.value('Body');
  const apiId = facts.identity?.ref ?? facts.logicalId;
  const written = property(body, 'x-amazon-apigateway-cors');
  const cors = corsOf(written);
  const isGuarded = booleanOf(property(written, 'asksDefaultAuthorizer')) === true;
  const corsAuthorization = isGuarded ? inheritedAuthorization(body) : undefined;
  collected.resources.apis.push({
    apiId,
    name: facts.text('Name') ?? text(property(body, 'info', 'title')) ?? facts.logicalId,
    protocol: 'REST',
    stages: [],
    stageVariables: {},
    ...defined({ cors, corsAuthorization }),
    binaryMediaTypes: facts.texts('BinaryMediaTypes').map(type => type.replace('~1', '/')),
    ...facts.definition(),
  });
  if (body) readOpenApi(body, 'REST', apiId, facts, collected);
};

/** AWS::ApiGateway::Stage, AWS::ApiGateway::Deployment with a stage, and AWS::ApiGatewayV2::Stage. */
export const readStage: ReadResource = (facts, { resources }) => {
  const apiId = facts.text('RestApiId') ?? facts.text('ApiId');
  const stage = facts.text('StageName');
  if (stage === undefined) return;
  const variables = facts.value('Variables') ?? facts.value('StageVariables');
  const accessLogFormat = text(
    facts.value('AccessLogSetting', 'Format') ?? facts.value('AccessLogSettings', 'Format'),
  );
  const stageVariables: Record<string, string> = {};
  if (variables?.kind === 'map') {
    for (const [name, entry] of variables.entries) stageVariables[name] = text(entry.value) ?? '';
  }
  amend(
    resources.apis,
    api => api.apiId === apiId,
    api => ({
      ...api,
      stages: api.stages.includes(stage) ? api.stages : [...api.stages, stage],
      stageVariables: { ...api.stageVariables, ...stageVariables },
      ...ofStages(api, stage, stageVariables),
      ...defined({ accessLogFormat }),
    }),
  );
};

/** An API with one stage needs no more than its variables. */
function ofStages(
  { stages, stageVariables, variablesOfStages }: ApiDefinition,
  stage: string,
  variables: Readonly<Record<string, string>>,
): Pick<ApiDefinition, 'variablesOfStages'> {
  const [other] = stages.filter(each => each !== stage);
  const hasAny = Object.keys({ ...stageVariables, ...variables }).length > 0;
  if (other === undefined || !hasAny) return {};
  return { variablesOfStages: { ...(variablesOfStages ?? { [other]: stageVariables }), [stage]: variables } };
}

/** AWS::ApiGateway::Method with a Lambda proxy integration. */
export const readMethod: ReadResource = (facts, collected) => {
  const uri = text(facts.value('Integration', 'Uri'));
  const target = parseFunctionReference(uri);
  const type = text(facts.value('Integration', 'Type'));
  const apiId = facts.text('RestApiId');
  if (!target || apiId === undefined || (type !== 'AWS_PROXY' && type !== 'AWS')) return;
  const method = facts.text('HttpMethod', 'method')?.toUpperCase() ?? 'ANY';
  const path = pathOf(facts.text('ResourceId', 'path'), facts);
  const timeoutMs = facts.number('Integration.TimeoutInMillis', 'timeoutMs');
  const definition = {
    apiId,
    method,
    path,
    ...target,
    ...(type === 'AWS' && { integration: 'AWS' as const }),
    ...(isStreamingUri(uri) && { streams: true as const }),
    payloadFormat: '1.0' as const,
    ...defined({ timeoutMs }),
    authorization: authorizationOf(facts),
    apiKeyRequired: facts.flag('ApiKeyRequired') ?? false,
    ...facts.definition(),
  };
  collected.resources.routes.push(definition);
  addTrigger(collected, 'restApi', `${method} ${path}`, target, definition);
};

/** AWS::ApiGateway::Method with a mock integration; the API is known by then. */
export const attachMockMethod: ReadResource = (facts, collected) => {
  const apiId = facts.text('RestApiId');
  if (apiId === undefined || text(facts.value('Integration', 'Type')) !== 'MOCK') return;
  const [first] = items(facts.value('Integration', 'IntegrationResponses'));
  addMock(
    apiId,
    {
      method: facts.text('HttpMethod')?.toUpperCase() ?? 'ANY',
      path: pathOf(facts.text('ResourceId'), facts),
      ...mockResponse(text(property(first, 'StatusCode')), property(first, 'ResponseParameters')),
    },
    collected,
  );
};

/** `AuthorizationType` with, for all but IAM, the authorizer that it means. */
export function authorizationOf(facts: Facts): RouteAuthorization {
  const type = facts.text('AuthorizationType');
  if (type === 'AWS_IAM') return { kind: 'iam' };
  const name = facts.text('AuthorizerId');
  if (type === undefined || type === 'NONE' || name === undefined) return { kind: 'none' };
  return {
    kind: 'authorizer',
    name: authorizerName(name, facts),
    scopes: facts.texts('AuthorizationScopes'),
  };
}

/** An authorizer is referred to by its id, which is its logical id here; routes name it by its name. */
function authorizerName(id: string, { stack }: Facts): string {
  const resource = stack.scope.resources.get(id);
  return text(stack.scope.evaluate(descendant(resource?.node, 'Properties', 'Name'))) ?? id;
}

/** Resources form a tree; its root is the API's `RootResourceId`. */
function pathOf(resourceId: string | undefined, { stack }: Facts): string {
  const parts: string[] = [];
  const seen = new Set<string>();
  for (let at = resourceId; at !== undefined && !seen.has(at); ) {
    seen.add(at);
    const resource = stack.scope.resources.get(at);
    if (resource?.type !== 'AWS::ApiGateway::Resource') break;
    parts.unshift(text(stack.scope.evaluate(descendant(resource.node, 'Properties', 'PathPart'))) ?? '');
    at = text(stack.scope.evaluate(descendant(resource.node, 'Properties', 'ParentId')));
  }
  return `/${parts.join('/')}`;
}

/** AWS::ApiGateway::Authorizer. */
export const readRestAuthorizer: ReadResource = (facts, collected) => {
  const apiId = facts.text('RestApiId');
  if (apiId === undefined) return;
  addAuthorizer(
    {
      apiId,
      name: facts.text('Name') ?? facts.logicalId,
      kind: authorizerKind(facts.text('Type') ?? 'TOKEN'),
      ...authorizerDetails({
        uri: facts.text('AuthorizerUri', 'functionName'),
        identitySource: facts.value('IdentitySource'),
        header: undefined,
        issuer: undefined,
        audience: undefined,
        pools: facts.value('ProviderARNs'),
        format: undefined,
        simple: undefined,
        seconds: facts.number('AuthorizerResultTtlInSeconds', 'cacheSeconds'),
        validation: facts.text('IdentityValidationExpression', 'identityValidation'),
      }),
      ...facts.definition(),
    },
    collected,
  );
};
