import type { HttpReply, HttpRequest } from '../../api/http.ts';
import type { ServiceError } from '../../invoke/invocation.ts';

/** What a front needs to know of the engine. */
export interface Home {
  readonly region: string;
  readonly accountId: string;
  /** The engine's own endpoint, for example `http://127.0.0.1:40123`. */
  readonly endpoint: string;
}

/** What is done with a request before the embedded service has it, and with its answer. */
export type FrontStep =
  | { readonly kind: 'refused'; readonly error: ServiceError }
  | {
      readonly kind: 'passed';
      readonly request: HttpRequest;
      /** Absent: the answer is passed on as it comes. */
      readonly change?: (reply: HttpReply) => HttpReply;
    };

/**
 * Stands in front of an embedded service: refuses by name what the service would ignore, and translates what
 * it sees differently from AWS.
 *
 * @param region of the caller, from the credential scope.
 */
export type Front = (request: HttpRequest, home: Home, region: string) => FrontStep;

export function refused(error: ServiceError): FrontStep {
  return { kind: 'refused', error };
}

export function passed(request: HttpRequest): FrontStep {
  return { kind: 'passed', request };
}
