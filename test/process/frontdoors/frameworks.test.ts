// Web frameworks as they come from npm, behind every kind of front door.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type ServeProcess, startServe } from '../../support/engine/cli.ts';
import { createWorkspace, type TestWorkspace } from '../../support/engine/workspace.ts';
import { until } from '../../support/until.ts';

const repository = join(import.meta.dirname, '..', '..', '..');

suite('a web framework', () => {
  let workspace: TestWorkspace;
  let serve: ServeProcess;
  let endpoint: string;

  suiteSetup(async () => {
    // In the repository, so that the functions find the frameworks; its user's state is elsewhere.
    workspace = {
      ...(await createWorkspace()),
      root: join(repository, 'test', 'fixtures', 'frontdoors'),
    };
    serve = await startServe(['--ephemeral'], { distDirectory: join(repository, 'dist'), workspace });
    const found = () => /http:\/\/127\.0\.0\.1:\d+(?=\/execute-api)/.exec(serve.output().stderr)?.[0];
    await until('the addresses', () => found() !== undefined);
    endpoint = found() ?? '';
  });
  suiteTeardown(async () => {
    await serve?.stop();
    await workspace?.remove();
  });

  const doors = {
    'a REST API': () => '/execute-api/serverlessrestapi/Prod',
    'an HTTP API': () => '/execute-api/serverlesshttpapi',
    'a function URL': (name: string) => `/lambda-url/${name}`,
  };
  for (const [name, library, cookies] of [
    ['express', 'Express with serverless-http', ['a=1', 'b=2']],
    ['fastify', 'Fastify with @fastify/aws-lambda', ['a=1', 'b=2']],
    ['powertools', "Powertools' event handler", ['a=1']],
  ] as const) {
    for (const [door, base] of Object.entries(doors)) {
      test(`${library} answers behind ${door}`, async () => {
        const at = `${endpoint}${base(name)}/${name}`;
        const response = await fetch(`${at}/orders/7?q=caf%C3%A9%20x`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"prints":[3]}',
        });
        const text = await response.text();
        assert.equal(response.status, 201, text);
        assert.deepEqual(JSON.parse(text), { id: '7', query: 'café x', body: { prints: [3] } });
        assert.deepEqual(
          response.headers.getSetCookie().map(cookie => cookie.split(';')[0]),
          cookies,
        );
        const bytes = await fetch(`${at}/bytes`);
        assert.equal(bytes.headers.get('content-type'), 'image/png');
        assert.deepEqual([...new Uint8Array(await bytes.arrayBuffer())], [137, 80, 78, 71, 0, 255]);
        assert.equal((await fetch(`${at}/nothing`)).status, 404);
      });
    }
  }
});
