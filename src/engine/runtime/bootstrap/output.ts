import { writeSync } from 'node:fs';

const used = new Set<NodeJS.WriteStream>();

/** Notes which of the process's streams are used: asking for one creates it, which takes time at a cold start. */
export function watchOutput(): void {
  for (const name of ['stdout', 'stderr'] as const) {
    const get = Object.getOwnPropertyDescriptor(process, name)?.get;
    if (get === undefined) continue;
    Object.defineProperty(process, name, {
      configurable: true,
      enumerable: true,
      get: () => {
        const stream = get.call(process) as NodeJS.WriteStream;
        used.add(stream);
        return stream;
      },
    });
  }
}

/** Waits until what was written to stdout and stderr has left the process. */
export async function flushOutput(): Promise<void> {
  for (const stream of used) {
    if (stream.writableLength > 0) await new Promise<void>(resolve => stream.write('', () => resolve()));
  }
}

/**
 * Writes a line to the log at once, so that it precedes whatever happens next; behind what the handler has
 * written to stdout and Node.js could not pass on yet.
 */
export function writeLine(line: string): void {
  for (const stream of used) {
    if (stream.writableLength > 0) {
      stream.write(line);
      return;
    }
  }
  const bytes = Buffer.from(line);
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(1, bytes, written);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Nobody reads any more: the engine is gone, and this process ends with its next request.
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw error;
      // A stream of Node's has made the pipe non-blocking, and it is full.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
