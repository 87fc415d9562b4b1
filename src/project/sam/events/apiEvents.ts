import { type DocNode, textOf } from '../../document/sourceDocument.ts';
import type { ApiRoute } from '../api/apiRoute.ts';
import { has, permit, type SamEvent } from './samEvent.ts';

/** The API that an event without one of its own belongs to. */
export const implicitRestApi = 'ServerlessRestApi';
export const implicitHttpApi = 'ServerlessHttpApi';

/** A route of a REST API. */
export function expandRestApiEvent(event: SamEvent): void {
  if (!has(event, 'Path', 'Method')) return;
  const api = apiOf(event, 'RestApiId', implicitRestApi);
  const { path, method } = addRoute(event, api.logicalId);
  const stage = stageSuffix(event, api.resourceId);
  permit(
    event,
    'apigateway.amazonaws.com',
    { SourceArn: routeArn(event, api.node, method === 'any' ? '*' : method.toUpperCase(), path) },
    `${event.logicalId}Permission${stage}`,
  );
}

/** A route of an HTTP API; without path and method it is the `$default` route. */
export function expandHttpApiEvent(event: SamEvent): void {
  const api = apiOf(event, 'ApiId', implicitHttpApi);
  const { path, method } = addRoute(event, api.logicalId);
  const isDefault = path === '$default';
  const verb = method === 'any' || method === 'x-amazon-apigateway-any-method' ? '*' : method.toUpperCase();
  permit(event, 'apigateway.amazonaws.com', {
    SourceArn: routeArn(event, api.node, verb, isDefault ? '' : path),
  });
}

interface EventApi {
  /** The API that takes the route; undefined where that is said elsewhere. */
  readonly logicalId: string | undefined;
  /** The API, where it is of this template. */
  readonly resourceId: string | undefined;
  readonly node: DocNode;
}

function apiOf({ own, build, expansion }: SamEvent, property: string, implicit: string): EventApi {
  const written = own(property);
  if (!written) return { logicalId: implicit, resourceId: implicit, node: build.ref(implicit) };
  const named = textOf(written);
  if (named !== undefined && expansion.impliedApis.has(named)) {
    return { logicalId: named, resourceId: named, node: build.ref(named) };
  }
  const logicalId = expansion.resourceOf(written);
  const type = logicalId === undefined ? undefined : expansion.scope.resources.get(logicalId)?.type;
  if (type === undefined) {
    expansion.info(
      'This API is not of this template, so its route to the function is not known here.',
      written,
    );
    return { logicalId: undefined, resourceId: undefined, node: written };
  }
  // A plain API of CloudFormation's has its routes in its own definition.
  const ownsRoutes = type.startsWith('AWS::Serverless::');
  const node = textOf(written) === undefined ? written : build.ref(logicalId ?? '');
  return { logicalId: ownsRoutes ? logicalId : undefined, resourceId: logicalId, node };
}

function addRoute(event: SamEvent, apiId: string | undefined): { path: string; method: string } {
  const { own, expansion, target, place } = event;
  const path = expansion.text(own('Path')) ?? '$default';
  const method = expansion.text(own('Method'))?.toLowerCase() ?? 'x-amazon-apigateway-any-method';
  if (apiId === undefined) return { path, method };
  const auth = own('Auth');
  const timeout = own('TimeoutInMillis');
  const payloadFormat = own('PayloadFormatVersion');
  const route: ApiRoute = {
    path,
    method,
    functionArn: target.arn,
    ...(auth && { auth }),
    ...(timeout && { timeout }),
    ...(payloadFormat && { payloadFormat }),
    streaming: expansion.text(own('ResponseTransferMode')) === 'RESPONSE_STREAM',
    place,
  };
  const routes = expansion.routes.get(apiId) ?? [];
  if (routes.some(other => other.path === path && other.method === method)) {
    expansion.error(
      `${method.toUpperCase()} ${path} is already a route of this API. Change one of the two.`,
      place,
    );
  } else expansion.routes.set(apiId, [...routes, route]);
  return { path, method };
}

/** Every stage may call; path parameters and a trailing slash are not part of the ARN. */
function routeArn({ build }: SamEvent, api: DocNode, method: string, path: string): DocNode {
  const plain = path.replace(/^(.+)\/$/, '$1').replace(/\{[^{}]+\}/g, '*');
  const pattern = `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${p_Api}/*/${method}${plain}`;
  return build.sub(pattern, { p_Api: api });
}

/** SAM names the permission after the stage, where that is plain text. */
function stageSuffix({ expansion }: SamEvent, apiId: string | undefined): string {
  if (apiId !== undefined && expansion.impliedApis.has(apiId)) return 'Prod';
  const api = apiId === undefined ? undefined : expansion.scope.resources.get(apiId);
  if (!api) return 'AllStages';
  const properties = api.node.kind === 'map' ? api.node.entries.get('Properties')?.value : undefined;
  const stage = properties?.kind === 'map' ? properties.entries.get('StageName')?.value : undefined;
  const name = textOf(stage);
  return name !== undefined && /^[0-9A-Za-z]+$/.test(name) ? name : 'Stage';
}
