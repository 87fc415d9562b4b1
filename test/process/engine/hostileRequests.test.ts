// What must not reach the engine as it is built, or must do it no harm: the next invocation is answered.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { type ServeProcess, startServe } from '../../support/engine/cli.ts';
import { lambdaClient } from '../../support/engine/lambdaClient.ts';
import { send, sendBytes, sendSigned } from '../../support/engine/rawHttp.ts';
import { createWorkspace, type TestWorkspace } from '../../support/engine/workspace.ts';

const repository = join(import.meta.dirname, '..', '..', '..');
const target = '/2015-03-31/functions/greeter/invocations';
const invocation = { method: 'POST', target, body: '{}' };

suite('requests that mean harm', () => {
  let workspace: TestWorkspace;
  let serve: ServeProcess;
  let client: LambdaClient;

  suiteSetup(async () => {
    workspace = {
      ...(await createWorkspace()),
      root: join(repository, 'test', 'fixtures', 'engine', 'workspace'),
    };
    serve = await startServe(['--ephemeral'], { distDirectory: join(repository, 'dist'), workspace });
    client = lambdaClient(serve.line);
  });
  suiteTeardown(async () => {
    client?.destroy();
    await serve?.stop();
    await workspace?.remove();
  });

  const greetings = async (): Promise<number> => {
    const { Payload, FunctionError } = await client.send(
      new InvokeCommand({ FunctionName: 'greeter', Payload: Buffer.from('{"name":"A"}') }),
    );
    assert.equal(FunctionError, undefined);
    return (JSON.parse(Buffer.from(Payload ?? []).toString()) as { count: number }).count;
  };

  const check = (name: string, attack: () => Promise<unknown>, expected: unknown) =>
    test(`${name}, and the function answers as before`, async () => {
      const before = await greetings();
      assert.deepEqual(await attack(), expected);
      assert.equal(await greetings(), before + 1);
    });
  const statusOf = async (bytes: string) => (await sendBytes(serve.line.endpoint, bytes)).slice(9, 12);

  check(
    'a wrong signature is refused',
    async () =>
      (await sendSigned(serve.line.endpoint, { ...serve.line, secretAccessKey: 'wrong' }, invocation)).status,
    403,
  );
  check(
    'a web page is refused',
    async () =>
      (
        await sendSigned(serve.line.endpoint, serve.line, {
          ...invocation,
          headers: { origin: 'http://evil.example' },
        })
      ).status,
    403,
  );
  check(
    'a foreign host is refused',
    async () =>
      (
        await sendSigned(serve.line.endpoint, serve.line, {
          ...invocation,
          headers: { host: 'evil.example' },
        })
      ).status,
    403,
  );
  check('garbage is refused', () => statusOf('\u0000\u0001 garbage \u0002\r\n\r\n'), '400');
  check('a TLS handshake is refused', () => statusOf('\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n'), '400');
  check(
    'two lengths are refused',
    () => statusOf(`POST ${target} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab`),
    '400',
  );
  check(
    'a length and chunks together are refused',
    () =>
      statusOf(
        `POST ${target} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      ),
    '400',
  );

  check('a body of 100 MB is refused, and not kept', async () => {
    const body = Buffer.alloc(100 * 1024 * 1024, 'x');
    const { status, headers } = await sendSigned(serve.line.endpoint, serve.line, { ...invocation, body });
    const memory = readFileSync(`/proc/${serve.pid}/status`, 'utf8');
    const peakMb = Number(/VmHWM:\s+(\d+)/.exec(memory)?.[1]) / 1024;
    assert.ok(peakMb < 250, `${peakMb} MB`);
    return [status, headers['x-amzn-errortype']];
  }, [413, 'RequestTooLargeException']);
  check(
    'a large body without a signature is refused',
    async () => (await send(serve.line.endpoint, { ...invocation, body: Buffer.alloc(1024 * 1024) })).status,
    403,
  );
  check(
    'connections that begin a request and go away do no harm',
    async () => {
      const { hostname, port } = new URL(serve.line.endpoint);
      await Promise.all(
        Array.from(
          { length: 50 },
          () =>
            new Promise<void>(resolve => {
              const socket = connect(Number(port), hostname, () => {
                socket.write(
                  `POST ${target} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Length: 10\r\n\r\nhalf`,
                );
                setTimeout(() => socket.destroy(), 10);
              });
              socket.on('close', () => resolve());
            }),
        ),
      );
    },
    undefined,
  );
});
