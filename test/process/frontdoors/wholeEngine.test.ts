// The engine as it is built, with the APIs of templates.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSignedHttp } from '../../../src/client/signedHttp.ts';
import type { EngineAttachment } from '../../../src/model/engineAttachment.ts';
import type { HttpAddress } from '../../../src/model/httpAddress.ts';
import { runCli, type ServeProcess, startServe } from '../../support/engine/cli.ts';
import { createWorkspace, type TestWorkspace } from '../../support/engine/workspace.ts';
import { until } from '../../support/until.ts';

const repository = join(import.meta.dirname, '..', '..', '..');
const distDirectory = join(repository, 'dist');

const template = `
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: { Runtime: nodejs24.x, CodeUri: . }
Resources:
  Shop:
    Type: AWS::Serverless::Api
    Properties:
      StageName: v1
      Cors: { AllowOrigin: "'https://shop.example'", AllowHeaders: "'x-custom'" }
      Variables: { color: red }
      BinaryMediaTypes: [image~1png]
      Auth:
        Authorizers:
          Guard: { FunctionArn: !GetAtt GuardFunction.Arn, Identity: { ValidationExpression: "t-.*" } }
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      FunctionUrlConfig: { AuthType: NONE, Cors: { AllowOrigins: ["*"] } }
      Events:
        Open: { Type: Api, Properties: { RestApiId: !Ref Shop, Path: "/open/{id}", Method: get } }
        Guarded:
          Type: Api
          Properties: { RestApiId: !Ref Shop, Path: /guarded, Method: any, Auth: { Authorizer: Guard } }
        Implicit: { Type: HttpApi }
  GuardFunction:
    Type: AWS::Serverless::Function
    Properties: { Handler: index.guard }
`;
const code = `
exports.handler = async event => ({ statusCode: 200, body: JSON.stringify(event) });
exports.guard = async event => ({
  principalId: 'ann',
  policyDocument: { Statement: [{ Action: '*', Effect: 'Allow', Resource: '*' }] },
  context: { token: event.authorizationToken },
});
`;

suite('the APIs of a template', () => {
  let workspace: TestWorkspace;
  let serve: ServeProcess | undefined;

  setup(async () => {
    workspace = await createWorkspace();
    await writeFile(join(workspace.root, 'template.yaml'), template);
    await writeFile(join(workspace.root, 'index.js'), code);
  });
  teardown(async () => {
    await serve?.stop();
    serve = undefined;
    await workspace?.remove();
  });
  const start = async (...args: readonly string[]) => {
    serve = await startServe(args, { distDirectory, workspace });
    return serve;
  };
  const addressesOf = async ({ line }: ServeProcess) => {
    const { status, body } = await createSignedHttp(line as unknown as EngineAttachment).read('GET', {
      path: '/_lens/http',
    });
    assert.equal(status, 200);
    return JSON.parse(body) as { endpoint: string; addresses: readonly HttpAddress[] };
  };

  test('answer where serve and the engine say', async () => {
    const { endpoint, addresses } = await addressesOf(await start('--ephemeral'));
    const urls = new Map(addresses.map(({ label, url }) => [label, url.slice(endpoint.length)]));
    assert.deepEqual([...urls].sort(), [
      ['$default', '/execute-api/serverlesshttpapi/'],
      ['ANY /guarded', '/execute-api/shop/v1/guarded'],
      ['Function URL', '/lambda-url/fn/'],
      ['GET /open/{id}', '/execute-api/shop/v1/open/{id}'],
    ]);
    await until('the addresses', () =>
      (serve?.output().stderr ?? '').includes(`  ANY /guarded    ${endpoint}/execute-api/shop/v1/guarded\n`),
    );
    const open = await fetch(`${endpoint}/execute-api/shop/v1/open/7`);
    const event = (await open.json()) as { pathParameters: unknown; stageVariables: unknown };
    assert.deepEqual([event.pathParameters, event.stageVariables], [{ id: '7' }, { color: 'red' }]);
    await until('the access log', () =>
      /"GET \/open\/\{id\} HTTP\/1\.1" 200 /.test(serve?.output().stderr ?? ''),
    );
    const implicit = (await (await fetch(`${endpoint}/execute-api/serverlesshttpapi/x`)).json()) as {
      version: string;
      rawPath: string;
    };
    assert.deepEqual([implicit.version, implicit.rawPath], ['2.0', '/x']);
    const url = await fetch(`${endpoint}/lambda-url/fn/`, { headers: { origin: 'https://a.example' } });
    assert.equal(url.headers.get('access-control-allow-origin'), '*');
  });

  test('of the REST kind have their authorizer, and the OPTIONS of SAM', async () => {
    const { endpoint } = await addressesOf(await start('--ephemeral'));
    const guarded = `${endpoint}/execute-api/shop/v1/guarded`;
    const status = async (authorization?: string) => {
      const response = await fetch(guarded, { headers: authorization ? { authorization } : {} });
      return [response.status, await response.json()] as const;
    };
    assert.equal((await status())[0], 401);
    assert.equal((await status('x'))[0], 401);
    const [code, event] = (await status('t-1')) as [
      number,
      { requestContext: { authorizer: { token: string } } },
    ];
    assert.deepEqual([code, event.requestContext.authorizer.token], [200, 't-1']);
    const preflight = await fetch(guarded, { method: 'OPTIONS' });
    assert.deepEqual(
      ['origin', 'headers', 'methods'].map(name => preflight.headers.get(`access-control-allow-${name}`)),
      ['https://shop.example', 'x-custom', 'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT'],
    );
  });

  test('keep their port from one engine to the next, and take the one that is asked for', async () => {
    const first = await addressesOf(await start('--state', workspace.stateDirectory));
    await serve?.stop();
    const second = await addressesOf(await start('--state', workspace.stateDirectory));
    assert.equal(second.endpoint, first.endpoint);
    const other = { distDirectory, workspace };
    const { port } = new URL(second.endpoint);
    const refused = await runCli(
      ['serve', '--root', workspace.root, '--ephemeral', '--http-port', port],
      other,
    );
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, new RegExp(`The APIs cannot be served on port ${port} of 127\\.0\\.0\\.1`));
  });

  test('follow the template', async () => {
    const running = await start('--ephemeral');
    await writeFile(join(workspace.root, 'template.yaml'), template.replaceAll('/guarded', '/secret'));
    await until('the route', async () =>
      (await addressesOf(running)).addresses.some(({ label }) => label === 'ANY /secret'),
    );
  });
});
