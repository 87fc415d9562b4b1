import { Agent, request } from 'node:http';

/** Sends one request after the other to an address. */
export interface HttpLoad {
  /** Requests a second over that many connections. */
  rate(connections: number, requests: number): Promise<number>;
  /** Milliseconds to the first byte of an answer's body. */
  firstByte(): Promise<number>;
  close(): void;
}

/** @param expected whether an answer is what the function is there for */
export function createHttpLoad(url: string, expected: (text: string) => boolean): HttpLoad {
  const { hostname, port, pathname } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const get = () =>
    new Promise<{ firstMs: number }>((resolve, reject) => {
      const start = performance.now();
      let firstMs: number | undefined;
      const sent = request({ agent, hostname, port, path: pathname }, response => {
        response.setEncoding('utf8');
        let text = '';
        response.on('data', chunk => {
          firstMs ??= performance.now() - start;
          text += chunk;
        });
        response.on('end', () => {
          if (response.statusCode === 200 && expected(text)) resolve({ firstMs: firstMs ?? Number.NaN });
          else reject(new Error(`${url} answered ${response.statusCode}: ${text}`));
        });
      });
      sent.on('error', reject);
      sent.end();
    });
  return {
    async rate(connections, requests) {
      const start = performance.now();
      await Promise.all(
        Array.from({ length: connections }, async () => {
          for (let sent = 0; sent < requests / connections; sent++) await get();
        }),
      );
      return (requests * 1000) / (performance.now() - start);
    },
    firstByte: async () => (await get()).firstMs,
    close: () => agent.destroy(),
  };
}
