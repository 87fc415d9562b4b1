import { guardListening } from './guardedListening.ts';
import type { HostAnnouncement, HostOptions } from './hostProtocol.ts';

/**
 * Makes this process the host of one service: waits for the engine's word, starts the service, and tells where
 * it listens. It ends with the engine.
 *
 * @param plainPort the port that the service asks for, of those that it listens on, to take plain HTTP.
 */
export function runHost(plainPort: number, start: (options: HostOptions) => Promise<void>): void {
  process.on('disconnect', () => process.exit());
  process.once('message', (options: HostOptions) => {
    guardListening(Buffer.from(options.key, 'hex'), (asked, port) => {
      if (asked === plainPort) process.send?.({ port } satisfies HostAnnouncement);
    });
    start(options).catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : error}\n`, () => process.exit(1));
    });
  });
}
