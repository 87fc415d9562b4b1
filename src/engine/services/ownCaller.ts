import type { HttpReply, HttpRequest } from '../api/http.ts';
import type { Credentials } from '../ports.ts';
import { signRequest } from './configured/signRequest.ts';
import { readReply, send } from './upstream.ts';

/**
 * Calls services as every client does: at the engine's endpoint, with a signature, so that a call goes where the
 * user's settings say.
 */
export function createOwnCaller(endpoint: string, credentials: Credentials) {
  const address = new URL(endpoint);
  return async (call: {
    readonly service: string;
    readonly region: string;
    readonly request: HttpRequest;
  }): Promise<HttpReply> => {
    const { service, region, request } = call;
    const signed = await signRequest(request, address, { service, region, credentials });
    return readReply(await send({ address }, signed));
  };
}
