import type { AuthorizerDefinition } from '../../../model/http.ts';
import type { Json } from '../../../model/resource.ts';
import { event2 } from '../events/event2.ts';
import type { RouteContext } from '../events/eventContext.ts';
import { httpEvent1, restEvent } from '../events/proxyEvent1.ts';

/** What an authorizer is asked about. */
export interface AuthorizerQuestion {
  readonly api: 'restApi' | 'httpApi';
  readonly authorizer: AuthorizerDefinition;
  readonly context: RouteContext;
  readonly routeKey: string;
  /** As the event of the integration has it. */
  readonly path: string;
  /** The values of the identity sources. */
  readonly identity: readonly string[];
}

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html#http-api-lambda-authorizer.payload-format
 */
export function authorizerEvent(question: AuthorizerQuestion): Json {
  const { api, authorizer, context, identity, routeKey, path } = question;
  const arn = methodArn(context);
  if (authorizer.kind === 'token') {
    return { type: 'TOKEN', methodArn: arn, authorizationToken: identity[0] ?? '' };
  }
  if (api === 'restApi') {
    return { type: 'REQUEST', methodArn: arn, ...emptied(withoutBody(restEvent(context))) };
  }
  if (authorizer.payloadFormat === '1.0') {
    const { version, ...event } = withoutBody(httpEvent1(context, path));
    const joined = identity.join(',');
    return {
      version: version ?? '1.0',
      type: 'REQUEST',
      methodArn: arn,
      identitySource: joined,
      authorizationToken: joined,
      ...emptied(event),
    };
  }
  const { version, ...event } = withoutBody(event2(context, routeKey, path));
  return {
    version: version ?? '2.0',
    type: 'REQUEST',
    routeArn: arn,
    identitySource: identity.length > 0 ? identity : null,
    ...event,
  };
}

/** The method of a stage of an API that a request is for. */
export function methodArn({ home, apiId, stage, request }: RouteContext): string {
  const { region, accountId } = home;
  return `arn:aws:execute-api:${region}:${accountId}:${apiId}/${stage}/${request.method}${request.path}`;
}

function withoutBody(event: Json): Readonly<Record<string, Json>> {
  const { body: _body, isBase64Encoded: _encoded, ...rest } = event as Readonly<Record<string, Json>>;
  return rest;
}

/** An authorizer sees empty maps where an integration sees null. */
function emptied(event: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  return Object.fromEntries(Object.entries(event).map(([name, value]) => [name, value ?? {}]));
}
