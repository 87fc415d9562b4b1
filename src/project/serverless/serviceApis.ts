import { type DocNode, descendant, type MapEntry, textOf } from '../document/sourceDocument.ts';
import { expandApi } from '../sam/api/expandApis.ts';
import { expandWebSocketApi } from '../sam/api/webSocketApi.ts';
import type { Expansion } from '../sam/expansion.ts';
import { functionId } from './names.ts';
import type { TranslatedEvent } from './translatedEvent.ts';

export const restApiId = 'ApiGatewayRestApi';
export const httpApiId = 'HttpApi';
const webSocketApiId = 'WebsocketsApi';

/** The one REST API and the one HTTP API that the functions of a service share. */
export class ServiceApis {
  readonly #expansion: Expansion;
  readonly #service: DocNode;
  readonly #stage: string;
  /** Authorizers that routes of the REST API name, in SAM's terms. */
  readonly #restAuthorizers = new Map<string, DocNode>();
  readonly #webSocketRoutes = new Map<string, DocNode>();
  #webSocketAuth: DocNode | undefined;

  constructor(service: DocNode, stage: string, expansion: Expansion) {
    this.#expansion = expansion;
    this.#service = service;
    this.#stage = stage;
  }

  /** `GET path`, or a map. https://www.serverless.com/framework/docs/providers/aws/events/apigateway */
  restRoute(value: DocNode): readonly TranslatedEvent[] {
    const build = this.#expansion.build(value);
    const [written = '', path = ''] = this.#expansion.text(value)?.split(/\s+/) ?? [];
    const methodNode = descendant(value, 'method') ?? build.scalar(written);
    const pathText = this.#expansion.text(descendant(value, 'path')) ?? path;
    const ownApi = descendant(this.#provider(), 'apiGateway', 'restApiId');
    return [
      {
        type: 'Api',
        properties: {
          RestApiId: ownApi ?? build.scalar(restApiId),
          Method: methodNode,
          Path: build.scalar(`/${pathText.replace(/^\//, '')}`),
          Auth: this.#restAuth(value),
        },
      },
    ];
  }

  /** `GET /path`, `*`, or a map. https://www.serverless.com/framework/docs/providers/aws/events/http-api */
  httpRoute(value: DocNode): readonly TranslatedEvent[] {
    const build = this.#expansion.build(value);
    const written = this.#expansion.text(value) ?? '';
    const [method = '*', path = method === '*' ? '*' : ''] = written === '' ? [] : written.split(/\s+/);
    const methodText = this.#expansion.text(descendant(value, 'method')) ?? method;
    const pathText = this.#expansion.text(descendant(value, 'path')) ?? path;
    const authorizer = descendant(value, 'authorizer');
    const name = descendant(authorizer, 'name') ?? descendant(authorizer, 'type') ?? authorizer;
    const isIam = this.#expansion.text(name)?.toLowerCase() === 'aws_iam';
    const auth = name && {
      Authorizer: isIam ? build.scalar('AWS_IAM') : name,
      AuthorizationScopes: descendant(authorizer, 'scopes'),
    };
    const isDefault = methodText === '*' && pathText === '*';
    return [
      {
        type: 'HttpApi',
        properties: {
          ApiId: descendant(this.#provider(), 'httpApi', 'id') ?? build.scalar(httpApiId),
          Method: isDefault ? undefined : build.scalar(methodText === '*' ? 'ANY' : methodText),
          Path: isDefault ? undefined : build.scalar(pathText),
          PayloadFormatVersion: descendant(this.#provider(), 'httpApi', 'payload'),
          Auth: auth && build.map(auth),
        },
      },
    ];
  }

  /** `$connect`, or a map. https://www.serverless.com/framework/docs/providers/aws/events/websocket */
  webSocketRoute(value: DocNode, functionArn: DocNode): void {
    const build = this.#expansion.build(value);
    const key = this.#expansion.text(descendant(value, 'route') ?? value) ?? '';
    this.#webSocketRoutes.set(key, build.map({ FunctionArn: functionArn }));
    const authorizer = descendant(value, 'authorizer');
    const name = textOf(descendant(authorizer, 'name')) ?? textOf(authorizer);
    const arn = descendant(authorizer, 'arn') ?? (name?.startsWith('arn:') ? authorizer : undefined);
    if (name?.toLowerCase() === 'aws_iam') this.#webSocketAuth = build.map({ AuthType: 'AWS_IAM' });
    else if (authorizer) {
      this.#webSocketAuth = build.map({
        AuthType: 'CUSTOM',
        Name: name,
        AuthArn: arn ?? (name === undefined ? undefined : build.attribute(functionId(name), 'Arn')),
        IdentitySource: descendant(authorizer, 'identitySource'),
      });
    }
  }

  /** Writes the APIs out, once every function has said its routes. */
  write(): void {
    const name = textOf(descendant(this.#service, 'service')) ?? '';
    const kinds = [
      [restApiId, 'REST', this.#restProperties(name)],
      [httpApiId, 'HTTP', this.#httpProperties(name)],
    ] as const;
    for (const [logicalId, kind, properties] of kinds) {
      const place = this.#expansion.routes.get(logicalId)?.[0]?.place;
      if (!place) continue;
      const build = this.#expansion.build(place);
      const entry: MapEntry = { key: build.scalar(logicalId), value: build.map({}) };
      this.#expansion.implicit.add(logicalId);
      expandApi(kind, logicalId, entry, build.map(properties), this.#expansion);
    }
    this.#writeWebSockets(name);
  }

  #writeWebSockets(name: string): void {
    const [place] = this.#webSocketRoutes.values();
    if (!place) return;
    const build = this.#expansion.build(place);
    const own = (key: string) => descendant(this.#provider(), key);
    const properties = build.map({
      Name: own('websocketsApiName') ?? `${this.#stage}-${name}-websockets`,
      StageName: this.#stage,
      RouteSelectionExpression: own('websocketsApiRouteSelectionExpression') ?? '$request.body.action',
      Auth: this.#webSocketAuth,
      Routes: build.map(Object.fromEntries(this.#webSocketRoutes)),
    });
    const entry: MapEntry = { key: build.scalar(webSocketApiId), value: build.map({}) };
    expandWebSocketApi(webSocketApiId, entry, properties, this.#expansion);
    this.#expansion.implicit.add(webSocketApiId);
  }

  #provider(): DocNode | undefined {
    return descendant(this.#service, 'provider');
  }

  #restProperties(name: string): Record<string, DocNode | string | undefined> {
    const build = this.#expansion.build(this.#service);
    const authorizers = Object.fromEntries(this.#restAuthorizers);
    return {
      Name: descendant(this.#provider(), 'apiName') ?? `${this.#stage}-${name}`,
      StageName: this.#stage,
      OpenApiVersion: '3.0.1',
      BinaryMediaTypes: descendant(this.#provider(), 'apiGateway', 'binaryMediaTypes'),
      Auth: build.map({ Authorizers: build.map(authorizers) }),
    };
  }

  #httpProperties(name: string): Record<string, DocNode | string | undefined> {
    const build = this.#expansion.build(this.#service);
    const own = (key: string) => descendant(this.#provider(), 'httpApi', key);
    return {
      Name: own('name') ?? `${this.#stage}-${name}`,
      CorsConfiguration: this.#cors(own('cors')),
      Auth: build.map({ Authorizers: build.map(this.#httpAuthorizers(own('authorizers'))) }),
    };
  }

  /** `true` stands for a set of defaults. */
  #cors(written: DocNode | undefined): DocNode | undefined {
    if (written?.kind !== 'map') {
      if (this.#expansion.flag(written) !== true || !written) return undefined;
      const build = this.#expansion.build(written);
      const list = (...texts: readonly string[]) => build.seq(texts.map(text => build.scalar(text)));
      return build.map({
        AllowOrigins: list('*'),
        AllowHeaders: list(
          'Content-Type',
          'X-Amz-Date',
          'Authorization',
          'X-Api-Key',
          'X-Amz-Security-Token',
          'X-Amz-User-Agent',
          'X-Amzn-Trace-Id',
        ),
        AllowMethods: list('OPTIONS', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
      });
    }
    const build = this.#expansion.build(written);
    return build.map({
      AllowOrigins: descendant(written, 'allowedOrigins'),
      AllowHeaders: descendant(written, 'allowedHeaders'),
      AllowMethods: descendant(written, 'allowedMethods'),
      AllowCredentials: descendant(written, 'allowCredentials'),
      ExposeHeaders: descendant(written, 'exposedResponseHeaders'),
      MaxAge: descendant(written, 'maxAge'),
    });
  }

  #httpAuthorizers(written: DocNode | undefined): Record<string, DocNode> {
    const authorizers: Record<string, DocNode> = {};
    for (const [name, { key, value }] of this.#expansion.shapes(written)) {
      const build = this.#expansion.build(key);
      const own = (property: string) => descendant(value, property);
      const functionName = textOf(own('functionName'));
      authorizers[name] =
        textOf(own('type')) === 'request'
          ? build.map({
              FunctionArn:
                own('functionArn') ?? (functionName && build.attribute(functionId(functionName), 'Arn')),
              AuthorizerPayloadFormatVersion: own('payloadVersion') ?? '2.0',
              EnableSimpleResponses: own('enableSimpleResponses'),
              EnableFunctionDefaultPermissions: true,
              Identity: build.map({ ReauthorizeEvery: own('resultTtlInSeconds') }),
            })
          : build.map({
              IdentitySource: own('identitySource'),
              JwtConfiguration: build.map({ issuer: own('issuerUrl'), audience: own('audience') }),
            });
    }
    return authorizers;
  }

  /** `authorizer` names IAM, a function of the service, an ARN, or a user pool. */
  #restAuth(event: DocNode): DocNode | undefined {
    const build = this.#expansion.build(event);
    const keyRequired = descendant(event, 'private');
    const written = descendant(event, 'authorizer');
    if (!written) return keyRequired && build.map({ ApiKeyRequired: keyRequired });
    const own = (property: string) => descendant(written, property);
    const arn = own('arn') ?? (this.#expansion.text(written)?.startsWith('arn:') ? written : undefined);
    const name =
      textOf(own('name')) ??
      textOf(written) ??
      this.#expansion.text(arn)?.split(':').at(-1)?.split('/').at(-1) ??
      'authorizer';
    if (name.toLowerCase() === 'aws_iam' || textOf(own('type'))?.toLowerCase() === 'aws_iam') {
      return build.map({ Authorizer: 'AWS_IAM', ApiKeyRequired: keyRequired });
    }
    const isPool = arn && this.#expansion.text(arn)?.includes(':userpool/');
    const header = /header\.([\w-]+)/.exec(textOf(own('identitySource')) ?? '')?.[1];
    this.#restAuthorizers.set(
      name,
      build.map({
        UserPoolArn: isPool ? arn : undefined,
        FunctionArn: isPool ? undefined : (arn ?? build.attribute(functionId(name), 'Arn')),
        FunctionPayloadType: textOf(own('type'))?.toUpperCase() === 'REQUEST' ? 'REQUEST' : undefined,
        Identity: build.map({ Header: header, ReauthorizeEvery: own('resultTtlInSeconds') }),
      }),
    );
    return build.map({ Authorizer: name, AuthorizationScopes: own('scopes'), ApiKeyRequired: keyRequired });
  }
}
