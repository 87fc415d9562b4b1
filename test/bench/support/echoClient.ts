import { Agent, request } from 'node:http';
import { signedRequest } from '../../support/engine/requests.ts';
import type { BenchServer } from './servers.ts';

/** Calls a function again and again. */
export interface EchoClient {
  /** One invocation; milliseconds. */
  call(): Promise<number>;
  close(): void;
}

const body = '{"n":3}';

/**
 * The same client for every server: Node's, with connections that stay open. The request is signed once, as a
 * quarter of an hour allows, so that it is the check that is measured and not the signing.
 *
 * @param expected whether an answer is what the function is there for
 * @param invocationType `Event` is answered 202, once the event is safe
 */
export async function createEchoClient(
  { target }: Pick<BenchServer, 'target'>,
  functionName = 'echo',
  expected = (text: string): boolean => text === body,
  invocationType: 'RequestResponse' | 'Event' = 'RequestResponse',
): Promise<EchoClient> {
  const status = invocationType === 'Event' ? 202 : 200;
  const { hostname, port, host } = new URL(target.endpoint);
  const path = `/2015-03-31/functions/${functionName}/invocations`;
  const signed = await signedRequest(
    { method: 'POST', target: path, headers: { host }, body },
    { credentials: target, region: target.region, at: Date.now() },
  );
  const agent = new Agent({ keepAlive: true, maxSockets: 10 });
  const headers = {
    ...signed.headers,
    'content-length': body.length,
    'x-amz-invocation-type': invocationType,
  };
  return {
    call: () =>
      new Promise((resolve, reject) => {
        const start = performance.now();
        const sent = request({ agent, hostname, port, method: 'POST', path, headers }, response => {
          response.setEncoding('utf8');
          let text = '';
          response.on('data', chunk => {
            text += chunk;
          });
          response.on('end', () => {
            if (response.statusCode === status && expected(text)) resolve(performance.now() - start);
            else reject(new Error(`${target.endpoint} answered ${response.statusCode}: ${text}`));
          });
        });
        sent.on('error', reject);
        sent.end(body);
      }),
    close: () => agent.destroy(),
  };
}
