import type { AuthorizePorts } from './authorizers/authorize.ts';
import type { ClientRequest } from './clientRequest.ts';
import type { GatewayPorts } from './gateway.ts';
import { callFunction } from './integration.ts';

/** What deciding about a request takes: authorizer functions are invoked as every other function is. */
export function authorizePorts(
  client: ClientRequest,
  ports: GatewayPorts,
  timeoutMs: number,
): AuthorizePorts {
  const { clock, cache, keySet } = ports;
  return {
    clock,
    cache,
    keySet,
    signer: () => ports.signerOf(client, 'execute-api'),
    async invoke({ functionName, qualifier }, event) {
      if (functionName === undefined)
        return { kind: 'rejected', message: 'the authorizer names no function' };
      const call = { functionName, ...(qualifier === undefined ? {} : { qualifier }), event, timeoutMs };
      return (await callFunction(call, ports)).answer;
    },
  };
}
