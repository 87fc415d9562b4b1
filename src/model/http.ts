import type { ResourceDefinition } from './resource.ts';
import type { CorsDefinition } from './versions.ts';

/** AWS::ApiGateway::RestApi or AWS::ApiGatewayV2::Api. */
export interface ApiDefinition extends ResourceDefinition {
  /** What `Ref` returns, and what stands in the API's host name. */
  readonly apiId: string;
  readonly name: string;
  readonly protocol: 'REST' | 'HTTP' | 'WEBSOCKET';
  readonly stages: readonly string[];
  /** Those of all stages together. */
  readonly stageVariables: Readonly<Record<string, string>>;
  /** Present where one of several stages has variables: those of each stage that has any. */
  readonly variablesOfStages?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** HTTP APIs answer preflight requests themselves by this. */
  readonly cors?: CorsDefinition;
  /** REST APIs: what SAM's OPTIONS for CORS asks of its caller; absent: nothing. */
  readonly corsAuthorization?: RouteAuthorization;
  /** What a line of the access log is made of, with `$context` variables; absent: the Common Log Format. */
  readonly accessLogFormat?: string;
  /** REST APIs: content types that are passed on as bytes. */
  readonly binaryMediaTypes: readonly string[];
  /** REST APIs: methods that answer without a function, as OPTIONS does for CORS. */
  readonly mocks?: readonly MockMethod[];
  /** WebSocket APIs: the expression that picks the route. */
  readonly routeSelectionExpression?: string;
}

/** A method with a mock integration. */
export interface MockMethod {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** One route of an API to a function, whichever way it was defined. */
export interface RouteDefinition extends ResourceDefinition {
  readonly apiId: string;
  /** Upper case; `ANY` for all of them. Absent for WebSocket routes and `$default`. */
  readonly method?: string;
  /** For example `/orders/{orderId}` or `/{proxy+}`; a route key such as `$connect` for WebSocket APIs. */
  readonly path: string;
  readonly functionName: string;
  /** Absent: `$LATEST`. */
  readonly qualifier?: string;
  /** Present where the integration is no proxy: mapping templates make the event and the response. */
  readonly integration?: 'AWS';
  /** REST APIs: the function's response is passed on as it is written. */
  readonly streams?: true;
  /** `1.0` for REST APIs. */
  readonly payloadFormat: '1.0' | '2.0';
  readonly timeoutMs?: number;
  /** The logical id of an authorizer of the API, or how else the caller is checked. */
  readonly authorization: RouteAuthorization;
  readonly apiKeyRequired: boolean;
}

export type RouteAuthorization =
  | { readonly kind: 'none' }
  | { readonly kind: 'iam' }
  | { readonly kind: 'authorizer'; readonly name: string; readonly scopes: readonly string[] };

/** AWS::ApiGateway::Authorizer or AWS::ApiGatewayV2::Authorizer. */
export interface AuthorizerDefinition extends ResourceDefinition {
  readonly apiId: string;
  readonly name: string;
  readonly kind: 'token' | 'request' | 'jwt' | 'cognito';
  /** Lambda authorizers: the function that decides. */
  readonly functionName?: string;
  readonly qualifier?: string;
  readonly identitySources: readonly string[];
  /** A regular expression that a token has to match before the function is asked. */
  readonly identityValidation?: string;
  readonly issuer?: string;
  readonly audiences: readonly string[];
  readonly userPoolArns: readonly string[];
  readonly payloadFormat?: '1.0' | '2.0';
  readonly simpleResponses?: boolean;
  readonly cacheSeconds?: number;
}
