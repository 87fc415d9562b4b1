// HTTP/2 on the engine's port, as SDKs speak it with Kinesis.
import assert from 'node:assert/strict';
import { type ClientHttp2Session, connect } from 'node:http2';
import { connect as connectSocket } from 'node:net';
import { text } from 'node:stream/consumers';
import { fakeEngineBundles } from '../../support/engine/bundles.ts';
import { type ServeProcess, startServe } from '../../support/engine/cli.ts';
import { createWorkspace, type TestWorkspace } from '../../support/engine/workspace.ts';

suite('HTTP/2', () => {
  let workspace: TestWorkspace;
  let serve: ServeProcess;
  const sessions: ClientHttp2Session[] = [];
  setup(async () => {
    workspace = await createWorkspace();
    serve = await startServe(['--ephemeral'], { distDirectory: await fakeEngineBundles(), workspace });
  });
  teardown(async () => {
    for (const session of sessions.splice(0)) session.destroy();
    await serve?.stop();
    await workspace?.remove();
  });

  const ask = async (headers: Readonly<Record<string, string>> = {}, authority = serve.line.endpoint) => {
    const session = connect(serve.line.endpoint);
    session.on('error', () => {});
    sessions.push(session);
    const stream = session.request({ ':path': '/', ':authority': new URL(authority).host, ...headers });
    const { promise, resolve, reject } = Promise.withResolvers<Readonly<Record<string, unknown>>>();
    stream.on('response', resolve);
    stream.on('error', reject);
    const answered = await promise;
    return { status: answered[':status'], requestId: answered['x-amzn-requestid'], body: await text(stream) };
  };

  test('is answered as HTTP/1.1 is', async () => {
    const { status, requestId, body } = await ask();
    assert.equal(status, 403);
    assert.match(String(requestId), /^[0-9a-f-]{36}$/);
    assert.match(body, /Missing Authentication Token/);
  });

  test('keeps web pages and foreign hosts out', async () => {
    assert.match((await ask({ origin: 'http://evil.example' })).body, /web pages must not call/);
    assert.match((await ask({}, 'http://evil.example')).body, /Requests for another host are refused/);
  });

  test('that is none ends its connection and nothing else', async () => {
    const { port } = new URL(serve.line.endpoint);
    for (const garbage of ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'PRI * nonsense']) {
      const socket = connectSocket(Number(port), '127.0.0.1');
      socket.on('error', () => {});
      socket.write(garbage);
      socket.end(Buffer.alloc(100, 0xff));
      await new Promise(resolve => socket.on('close', resolve).resume());
    }
    assert.equal((await ask()).status, 403);
  });

  test('does not keep the engine from ending', async () => {
    await ask();
    assert.equal((await serve.stop()).code, 0);
  });
});
