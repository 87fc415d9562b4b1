import type { Clock } from '../../shared/clock.ts';
import type { Ids } from '../ports.ts';
import type { AuthorizerAnswer } from './authorizers/authorizerAnswer.ts';
import type { AuthorizerCache } from './authorizers/authorizerCache.ts';
import type { ClientRequest } from './clientRequest.ts';
import type { GatewayReply, Home } from './gatewayRequest.ts';
import type { IntegrationPorts } from './integration.ts';
import type { Signer } from './signer.ts';

/** What every kind of door needs to answer requests. */
export interface GatewayPorts extends IntegrationPorts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly home: Home;
  readonly cache: AuthorizerCache<AuthorizerAnswer>;
  /** The JSON Web Key Set; undefined where signatures of tokens are not to be checked. */
  keySet(): Promise<unknown>;
  signerOf(client: ClientRequest, service: 'execute-api' | 'lambda'): Signer;
}

/** What one request came to. */
export interface Answered {
  readonly reply: GatewayReply;
  /** Of the API's request; sent back as a header. */
  readonly requestId: string;
  /** For the access log: the route, or else the path. */
  readonly resourcePath: string;
  /** The function that was invoked. */
  readonly functionName?: string;
  /** The invocation of that. */
  readonly invocationId?: string;
  readonly caller?: string;
  /** Why the client did not get what the function meant to answer, or was not let through; for the log. */
  readonly problem?: string;
}

/** Answers the requests to one API or function URL. */
export interface Gateway {
  /** @param path what of the client's path the API sees, percent-encoded. */
  handle(client: ClientRequest, path: string): Promise<Answered>;
}
