import type { GatewayReply } from './gatewayRequest.ts';

/**
 * Where a path leads to the API, the client is told of paths with what stands before them, as a reverse proxy does:
 * a redirect to `/login` would leave the API otherwise, and a cookie be sent to every one.
 */
export function withPrefix(reply: GatewayReply, prefix: string): GatewayReply {
  if (prefix === '') return reply;
  return {
    ...reply,
    headers: reply.headers.map(([name, value]) => {
      switch (name.toLowerCase()) {
        case 'location':
          return [name, /^\/(?!\/)/.test(value) ? `${prefix}${value}` : value];
        case 'set-cookie':
          return [
            name,
            value.replace(/(;\s*path=)(\/[^;]*)/i, (_all, start: string, path: string) =>
              path === '/' ? `${start}${prefix}` : `${start}${prefix}${path}`,
            ),
          ];
        default:
          return [name, value];
      }
    }),
  };
}
