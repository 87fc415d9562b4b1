import type { RouteDefinition } from '../../../model/http.ts';
import type { Grant } from '../authorizers/grant.ts';
import type { GatewayRequest, Home } from '../gatewayRequest.ts';

/** What an event of an API tells besides the request itself. */
export interface EventContext {
  readonly home: Home;
  /** Of the API, as its ARN has it; of a function URL, its URL id. */
  readonly apiId: string;
  /** `<id>.execute-api.localhost`, where AWS has `<id>.execute-api.<region>.amazonaws.com`. */
  readonly domainName: string;
  /** What the address calls the API: the first label of the domain name. */
  readonly domainPrefix: string;
  readonly stage: string;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly grant: Grant;
  readonly request: GatewayRequest;
}

/** What an event of an API's route tells. */
export interface RouteContext extends EventContext {
  readonly route: RouteDefinition;
  readonly binaryMediaTypes: readonly string[];
}

/** @returns undefined where there is nothing in it. */
export function nonEmpty<Value extends object>(value: Value): Value | undefined {
  return Object.keys(value).length > 0 ? value : undefined;
}
