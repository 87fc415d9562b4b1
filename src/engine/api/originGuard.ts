import type { HttpHead } from './http.ts';

/**
 * Keeps web pages out. A browser sends an `Origin` with every cross-site request that could do harm, and a
 * page that rebinds its own name to 127.0.0.1 still sends that name as the `Host`.
 *
 * @returns what is wrong with the request, or undefined.
 */
export function originRefusal(head: Pick<HttpHead, 'headers'>, port: number): string | undefined {
  if (head.headers.origin !== undefined) {
    return 'Requests with an Origin header are refused: web pages must not call this endpoint.';
  }
  const host = head.headers.host;
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) {
    return `Requests for another host are refused: the Host header must be 127.0.0.1:${port} or localhost:${port}.`;
  }
  return undefined;
}
