import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { until } from '../../support/until.ts';
import { removeDist, withRuntime } from './support.ts';

const debug = { environment: { kind: 'debug', client: 'test', port: 0 } } as const;
const version = /\d+\.\d+/.exec(spawnSync('python3', ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[0];
const python = { runtime: `python${version}`, handler: 'app.handler', entryFile: 'app.py' };
const app = 'loaded = True\ndef handler(event, context):\n  return loaded\n';

/** Does what debugpy does as far as a runtime sees it: listens, and waits until somebody has come. */
const standIn = `
import socket
server = socket.socket()
def listen(address):
    server.bind(address)
    server.listen()
    return server.getsockname()
def wait_for_client():
    connection, _ = server.accept()
    connection.recv(1)
`;

suite('debugging what is not Node.js', () => {
  suiteTeardown(removeDist);

  test('a Python function waits for debugpy before its module is loaded', () =>
    withRuntime([python], { 'app.py': app, 'debugpy/__init__.py': standIn }, async ({ invoke, events }) => {
      const invoking = invoke('fn', {}, debug);
      const port = () => {
        const event = events.find(({ type }) => type === 'debuggerListening');
        return event?.type === 'debuggerListening' ? event.port : 0;
      };
      await until('the debugger to be awaited', () => port() > 0);
      const client = connect(port(), '127.0.0.1');
      client.write('x');
      assert.equal((await invoking).payload, true);
      client.destroy();
    }));

  test('a Python without debugpy is named', () =>
    withRuntime(
      [python],
      { 'app.py': app, 'debugpy.py': 'raise ImportError("not here")' },
      async ({ invoke }) => {
        await assert.rejects(
          invoke('fn', {}, debug),
          /fn cannot be debugged: debugpy is not installed in .*python/,
        );
      },
    ));

  test('a runtime that is a program of its own is refused by name', () =>
    withRuntime([{ runtime: 'provided.al2023' }], { bootstrap: '' }, async ({ invoke }) => {
      await assert.rejects(invoke('fn', {}, debug), /fn cannot be debugged here: .* provided\.al2023/);
    }));
});
