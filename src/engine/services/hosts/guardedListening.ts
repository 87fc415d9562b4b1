import { Server, type Socket } from 'node:net';
import { keyLength } from './hostProtocol.ts';

/**
 * From now on every server of this process listens on 127.0.0.1, on a port that the system chooses, and takes
 * only connections that begin with the key. The services themselves would listen for the whole network, and
 * they check no signature: what reaches them has to come through the engine, which does.
 *
 * @param listening called for each server with the port that was asked for and the one that it got.
 */
export function guardListening(key: Buffer, listening: (asked: unknown, port: number) => void): void {
  const { listen, emit } = Server.prototype;

  Server.prototype.listen = function (this: Server, ...args: unknown[]) {
    const [first] = args;
    const asked = typeof first === 'object' && first !== null && 'port' in first ? first.port : first;
    const callback = args.find(arg => typeof arg === 'function') as (() => void) | undefined;
    this.once('listening', () => {
      const address = this.address();
      if (address !== null && typeof address === 'object') listening(asked, address.port);
    });
    return listen.call(this, { port: 0, host: '127.0.0.1' }, callback);
  };

  Server.prototype.emit = function (this: Server, ...event: unknown[]) {
    const pass = () => Reflect.apply(emit, this, event) as boolean;
    if (event[0] !== 'connection') return pass();
    admit(event[1] as Socket, key, pass);
    return true;
  } as typeof emit;
}

function admit(socket: Socket, key: Buffer, pass: () => void): void {
  const read = () => {
    const start = socket.read(keyLength) as Buffer | null;
    if (start === null) return;
    socket.off('readable', read);
    if (start.equals(key)) {
      socket.off('error', ignore);
      pass();
    } else socket.destroy();
  };
  socket.on('error', ignore);
  socket.on('readable', read);
}

/** A connection that breaks before it is admitted is nobody's. */
function ignore(): void {}
