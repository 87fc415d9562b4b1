// Environment variables from files, in the engine as it is built.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { type ServeProcess, startServe } from '../../support/engine/cli.ts';
import { lambdaClient } from '../../support/engine/lambdaClient.ts';
import { createWorkspace, type TestWorkspace } from '../../support/engine/workspace.ts';

const distDirectory = join(import.meta.dirname, '..', '..', '..', 'dist');
const template = `Resources:
  ShowFunction:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: show
      Runtime: nodejs24.x
      Handler: app.handler
      CodeUri: .
      Environment: { Variables: { TABLE: from-template, STAGE: dev } }
`;
const app = `exports.handler = async () => {
  const { TABLE, STAGE, EXTRA, AWS_REGION } = process.env;
  return { TABLE, STAGE, EXTRA, AWS_REGION };
};
`;

suite('environment variables from files', () => {
  let workspace: TestWorkspace;
  let serve: ServeProcess | undefined;

  setup(async () => {
    workspace = await createWorkspace([]);
    await write('template.yaml', template);
    await write('app.js', app);
    await mkdir(join(workspace.root, '.lambda-lens'));
  });
  teardown(async () => {
    await serve?.stop();
    serve = undefined;
    await workspace?.remove();
  });

  const write = (name: string, text: string) => writeFile(join(workspace.root, name), text);
  const start = async (...args: readonly string[]) => {
    serve = await startServe(['--ephemeral', ...args], { distDirectory, workspace });
  };
  const show = async () => {
    assert.ok(serve);
    const client = lambdaClient(serve.line);
    try {
      const { Payload = [] } = await client.send(new InvokeCommand({ FunctionName: 'show' }));
      return JSON.parse(Buffer.from(Payload).toString());
    } finally {
      client.destroy();
    }
  };

  test('take the place of those of the template as with SAM, and add none', async () => {
    const variables = { Parameters: { STAGE: 'all' }, ShowFunction: { TABLE: 'local', EXTRA: 'x' } };
    await write('vars.json', JSON.stringify(variables));
    await start('--env-vars', 'vars.json');
    const seen = await show();
    assert.deepEqual([seen.TABLE, seen.STAGE, seen.EXTRA], ['local', 'all', undefined]);
    assert.match(serve?.output().stderr ?? '', /sets EXTRA for show, which its template does not/);
  });

  test('are those of .lambda-lens/env.json unless told otherwise, as it is at each invocation', async () => {
    await start();
    assert.equal((await show()).TABLE, 'from-template');
    await write('.lambda-lens/env.json', '{ "show": { "TABLE": "first" } }');
    assert.equal((await show()).TABLE, 'first');
    await write('.lambda-lens/env.json', '{ "show": { "TABLE": "second" } }');
    assert.equal((await show()).TABLE, 'second');
  });

  test('are added by a .env file, but for those that are Lambda’s', async () => {
    await write('all.env', 'EXTRA=for all\nSTAGE=from-env\n');
    await write('show.env', '# secrets\nexport EXTRA="for show" # not for all\nAWS_REGION=mars\n');
    await start('--dot-env', 'all.env', '--dot-env', 'show=show.env');
    assert.deepEqual(await show(), {
      TABLE: 'from-template',
      STAGE: 'from-env',
      EXTRA: 'for show',
      AWS_REGION: 'us-east-1',
    });
    assert.match(serve?.output().stderr ?? '', /AWS_REGION in the \.env file of show belongs to Lambda/);
  });

  test('that cannot be read are told with their place and without what is in the file', async () => {
    await write('.lambda-lens/env.json', '{\n  "show": { "TABLE": "secret-1" \n');
    await write('show.env', 'EXTRA=1\nsecret-2\n');
    await start('--dot-env', 'show=show.env');
    await assert.rejects(show(), /env\.json cannot be used: it is not valid JSON at line 3, column 1/);
    await write('.lambda-lens/env.json', '{}');
    await assert.rejects(show(), /show\.env cannot be used: line 2 is not NAME=value/);
    await write('show.env', 'EXTRA=1\n');
    assert.equal((await show()).EXTRA, '1');
    assert.doesNotMatch(serve?.output().stderr ?? '', /secret/);
  });

  test('of a file that is named and not there are told', async () => {
    await start('--env-vars', 'missing.json');
    await assert.rejects(show(), /The variables of functions cannot be read: ENOENT.*missing\.json/);
  });
});
