import type { Clock } from '../../shared/clock.ts';
import type { Ids } from '../ports.ts';
import { withForwarded } from './events/requestHeaders.ts';
import { type GatewayRequest, type HeaderList, headerOf } from './gatewayRequest.ts';

/** A request as a client has sent it. */
export interface ClientRequest {
  readonly method: string;
  /** Percent-encoded, beginning with a slash. */
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query: string;
  readonly headers: HeaderList;
  readonly body: Uint8Array;
  readonly protocol: string;
  readonly sourceIp: string;
}

/** @param path what of the client's path the API sees. */
export function gatewayRequest(
  client: ClientRequest,
  path: string,
  { clock, ids }: { readonly clock: Pick<Clock, 'now'>; readonly ids: Ids },
): GatewayRequest {
  const receivedAt = clock.now();
  const root = `1-${Math.floor(receivedAt / 1000)
    .toString(16)
    .padStart(8, '0')}-${ids.hex(12)}`;
  return {
    method: client.method,
    path,
    query: client.query,
    headers: withForwarded(client.headers, client.sourceIp, `Root=${root}`),
    body: client.body,
    protocol: client.protocol,
    sourceIp: client.sourceIp,
    requestId: ids.uuid(),
    extendedRequestId: `${Buffer.from(ids.hex(11), 'hex').toString('base64url').slice(0, 15)}=`,
    receivedAt,
  };
}

/** The trace that the request belongs to. */
export function traceOf(request: GatewayRequest): string {
  return headerOf(request.headers, 'x-amzn-trace-id') ?? '';
}
