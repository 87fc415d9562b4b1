import assert from 'node:assert/strict';
import {
  type EnvironmentVariableSources,
  environmentVariables,
} from '../../../../src/engine/runtime/environmentVariables.ts';
import { reservedVariableNames } from '../../../../src/model/reservedVariables.ts';

const sources: EnvironmentVariableSources = {
  initialization: 'on-demand',
  functionName: 'orders',
  version: '$LATEST',
  runtime: 'nodejs24.x',
  handler: 'src/orders.handler',
  memorySizeMb: 256,
  configured: {},
  region: 'eu-west-1',
  endpoint: 'http://127.0.0.1:4000',
  credentials: { accessKeyId: 'ASIA1', secretAccessKey: 'secret', sessionToken: 'token' },
  logStreamName: '2026/11/23/[$LATEST]00',
  runtimeApi: '127.0.0.1:5000',
  taskRoot: '/work/code',
  runtimeDirectory: '/dist',
  workingDirectory: '/project',
  tmpDirectory: '/work/tmp',
  inherited: {},
  platform: 'linux',
};

suite('variables of an execution environment', () => {
  test('are those that Lambda sets', () =>
    assert.deepEqual(environmentVariables(sources), {
      _HANDLER: 'src/orders.handler',
      AWS_ACCESS_KEY_ID: 'ASIA1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4000',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_LAMBDA_FUNCTION_NAME: 'orders',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/orders',
      AWS_LAMBDA_LOG_STREAM_NAME: '2026/11/23/[$LATEST]00',
      AWS_LAMBDA_RUNTIME_API: '127.0.0.1:5000',
      AWS_REGION: 'eu-west-1',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'token',
      AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
      HOME: '/work/tmp',
      LAMBDA_RUNTIME_DIR: '/dist',
      LAMBDA_TASK_ROOT: '/work/code',
      LANG: 'en_US.UTF-8',
      PWD: '/project',
      SHLVL: '0',
      TMPDIR: '/work/tmp',
      TZ: ':UTC',
    }));

  test('of the engine only the search path is passed on', () => {
    const inherited = {
      PATH: '/usr/bin',
      NODE_OPTIONS: '--inspect',
      ELECTRON_RUN_AS_NODE: '1',
      VSCODE_PID: '1',
      AWS_PROFILE: 'production',
      AWS_ACCESS_KEY_ID: 'AKIA-of-the-user',
      HTTPS_PROXY: 'http://proxy',
    };
    const without = environmentVariables(sources);
    assert.deepEqual(environmentVariables({ ...sources, inherited }), { ...without, PATH: '/usr/bin' });
  });

  test('on Windows what its processes cannot do without is passed on as well', () => {
    const inherited = { Path: 'C:\\bin', SystemRoot: 'C:\\Windows', USERNAME: 'me' };
    const variables = environmentVariables({ ...sources, inherited, platform: 'win32' });
    assert.equal(variables.Path, 'C:\\bin');
    assert.equal(variables.SystemRoot, 'C:\\Windows');
    assert.equal(variables.TEMP, '/work/tmp');
    assert.ok(!('USERNAME' in variables));
  });

  test("the function's own come over presets and below what is reserved", () => {
    const configured = { TZ: 'Europe/Paris', NODE_OPTIONS: '--no-warnings', AWS_REGION: 'mars-1' };
    const variables = environmentVariables({ ...sources, configured });
    assert.equal(variables.TZ, 'Europe/Paris');
    assert.equal(variables.NODE_OPTIONS, '--no-warnings');
    assert.equal(variables.AWS_REGION, 'eu-west-1');
  });

  test('keys without a session token set none', () => {
    const credentials = { accessKeyId: 'AKIA1', secretAccessKey: 'secret' };
    assert.ok(!('AWS_SESSION_TOKEN' in environmentVariables({ ...sources, credentials })));
  });

  test('every reserved name that is set here is one that CreateFunction rejects', () => {
    const presets = new Set(['LANG', 'TZ', 'HOME', 'TMPDIR', 'PWD', 'SHLVL', 'AWS_ENDPOINT_URL']);
    const others = Object.keys(environmentVariables(sources)).filter(
      name => !presets.has(name) && name !== 'AWS_XRAY_CONTEXT_MISSING',
    );
    assert.deepEqual(
      others.filter(name => !reservedVariableNames.has(name)),
      [],
    );
  });
});
