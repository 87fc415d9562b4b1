import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { UserError } from '../../shared/errors.ts';

/**
 * Where debuggers come in to an environment: a loopback port that stays the same while the processes behind it
 * come and go, and that knows whether anybody is attached.
 */
export class DebugDoor {
  readonly #onDidChange: () => void;
  readonly #debuggers = new Set<Socket>();
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port: number | undefined;
  #target: number | undefined;
  #isAwaited = true;

  /** @param onDidChange called when {@link stopsTime} may have changed */
  constructor(onDidChange: () => void) {
    this.#onDidChange = onDidChange;
  }

  /**
   * Whether time stands still for the function: somebody is attached, or has still to come before the code of the
   * function is loaded.
   */
  get stopsTime(): boolean {
    return this.#isAwaited || this.#debuggers.size > 0;
  }

  /** Nobody has attached yet to the process that is there now. */
  get isAwaited(): boolean {
    return this.#isAwaited;
  }

  /**
   * @param port 0: the system chooses
   * @throws UserError when the port is taken
   */
  async listen(port: number): Promise<void> {
    if (this.#server !== undefined) return;
    const server = createServer({ noDelay: true }, socket => this.#accept(socket));
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', error => {
        this.#server = undefined;
        reject(listenError(error, port));
      });
      server.listen(port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
  }

  /** A process waits for a debugger, on a port of its own. Returns the port for debuggers. */
  open(target: number): number | undefined {
    this.#target = target;
    this.#await(true);
    return this.#port;
  }

  /** A process is started, which will wait for a debugger. */
  expect(): void {
    this.#target = undefined;
    this.#await(true);
  }

  close(): void {
    this.#server?.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #accept(socket: Socket): void {
    if (this.#target === undefined) {
      socket.destroy();
      return;
    }
    const inner = connect({ port: this.#target, host: '127.0.0.1', noDelay: true });
    this.#sockets.add(socket);
    // Told by 'close'.
    for (const end of [socket, inner]) end.on('error', () => {});
    socket.once('data', first => {
      // Who only asks what there is to debug is no debugger.
      if (first.toString('latin1').startsWith('GET /json')) return;
      this.#debuggers.add(socket);
      this.#await(false);
    });
    socket.on('close', () => {
      inner.destroy();
      this.#sockets.delete(socket);
      if (this.#debuggers.delete(socket)) this.#onDidChange();
    });
    inner.on('close', () => socket.destroy());
    socket.pipe(inner);
    inner.pipe(socket);
  }

  #await(isAwaited: boolean): void {
    this.#isAwaited = isAwaited;
    this.#onDidChange();
  }
}

/** What Node.js itself says of debuggers is no line of the function's log. */
export function withoutDebuggerLines(output: Uint8Array): Uint8Array {
  const text = Buffer.from(output.buffer, output.byteOffset, output.byteLength).toString('latin1');
  return Buffer.from(text.replace(debuggerLine, ''), 'latin1');
}

const debuggerLine =
  /^(?:Debugger (?:attached\.|listening on ws:.*|ending on ws:.*)|For help, see: https:\/\/nodejs\.org\/.*|Waiting for the debugger to disconnect\.\.\.)\n/gm;

function listenError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return error;
  return new UserError(
    error.code === 'EACCES'
      ? `The debugger may not use port ${port}. Choose one above 1023, or leave the port out to have one chosen.`
      : `The debugger cannot use port ${port}, which is taken by another program. Choose another one, or leave the port out to have one chosen.`,
    { cause: error },
  );
}
