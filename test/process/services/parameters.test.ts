// SSM parameters and Secrets Manager, answered from files of the workspace.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  BatchGetSecretValueCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import {
  GetParameterCommand,
  GetParametersCommand,
  PutParameterCommand,
  paginateGetParametersByPath,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { type ServedWorkspace, serveWorkspace } from './support.ts';

const parameters = {
  '/shop/currency': 'EUR',
  '/shop/key': { type: 'SecureString', value: 'hidden' },
  '/shop/hosts': ['a', 'b'],
  ...Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => [`/shop/deep/p${10 + index}`, String(index)]),
  ),
};
const secrets = { 'shop/database': { user: 'me', password: 'hidden' }, token: 'plain' };

suite('parameters and secrets', () => {
  let served: ServedWorkspace;
  let ssm: SSMClient;
  let secretsManager: SecretsManagerClient;
  setup(async () => {
    served = await serveWorkspace({
      '.lambda-lens/parameters.json': JSON.stringify(parameters, undefined, 2),
      '.lambda-lens/secrets.json': JSON.stringify(secrets),
    });
    ssm = new SSMClient(served.client);
    secretsManager = new SecretsManagerClient(served.client);
  });
  teardown(async () => {
    ssm?.destroy();
    secretsManager?.destroy();
    await served?.remove();
  });

  const parameter = async (Name: string, more: object = {}) =>
    (await ssm.send(new GetParameterCommand({ Name, ...more }))).Parameter;
  const secret = (SecretId: string) => secretsManager.send(new GetSecretValueCommand({ SecretId }));

  test('a parameter is read by name, version and ARN', async () => {
    const read = await parameter('/shop/currency');
    assert.deepEqual(
      [read?.Value, read?.Type, read?.Version, read?.ARN],
      ['EUR', 'String', 1, 'arn:aws:ssm:us-east-1:000000000000:parameter/shop/currency'],
    );
    assert.ok(read?.LastModifiedDate instanceof Date);
    assert.equal((await parameter('/shop/currency:1'))?.Value, 'EUR');
    assert.equal((await parameter(read?.ARN ?? ''))?.Value, 'EUR');
    assert.equal((await parameter('/shop/hosts'))?.Value, 'a,b');
    await assert.rejects(parameter('/shop/currency:2'), { name: 'ParameterVersionNotFound' });
  });

  test('a SecureString is shown only to who asks for its decryption', async () => {
    assert.equal((await parameter('/shop/key', { WithDecryption: true }))?.Value, 'hidden');
    assert.match((await parameter('/shop/key'))?.Value ?? '', /^AQICAH/);
  });

  test('several parameters are read at once, with those that are not there', async () => {
    const { Parameters, InvalidParameters } = await ssm.send(
      new GetParametersCommand({ Names: ['/shop/currency', '/shop/none'] }),
    );
    assert.deepEqual([Parameters?.map(({ Value }) => Value), InvalidParameters], [['EUR'], ['/shop/none']]);
  });

  test('the parameters below a path come page by page', async () => {
    const names = async (Recursive: boolean) => {
      const all: (string | undefined)[] = [];
      let pages = 0;
      for await (const { Parameters = [] } of paginateGetParametersByPath(
        { client: ssm },
        { Path: '/shop', Recursive },
      )) {
        pages++;
        all.push(...Parameters.map(({ Name }) => Name));
      }
      return { all, pages };
    };
    assert.deepEqual((await names(false)).all, ['/shop/currency', '/shop/hosts', '/shop/key']);
    const { all, pages } = await names(true);
    assert.deepEqual([all.length, pages, new Set(all).size], [15, 2, 15]);
  });

  test('a secret is read by name and ARN, a text as it is and an object as JSON', async () => {
    const { ARN, SecretString, VersionStages } = await secret('shop/database');
    assert.deepEqual(JSON.parse(SecretString ?? ''), secrets['shop/database']);
    assert.deepEqual(VersionStages, ['AWSCURRENT']);
    assert.equal(ARN, 'arn:aws:secretsmanager:us-east-1:000000000000:secret:shop/database-AbCdEf');
    assert.equal((await secret(ARN ?? '')).SecretString, SecretString);
    assert.equal((await secret('token')).SecretString, 'plain');
    const { Name, VersionIdsToStages } = await secretsManager.send(
      new DescribeSecretCommand({ SecretId: 'token' }),
    );
    assert.deepEqual([Name, Object.values(VersionIdsToStages ?? {})], ['token', [['AWSCURRENT']]]);
    const { SecretValues, Errors } = await secretsManager.send(
      new BatchGetSecretValueCommand({ SecretIdList: ['token', 'none'] }),
    );
    assert.deepEqual(
      [SecretValues?.map(value => value.SecretString), Errors?.map(error => error.ErrorCode)],
      [['plain'], ['ResourceNotFoundException']],
    );
  });

  test('what is not there is an error of the service that names the file', async () => {
    await assert.rejects(parameter('/none'), {
      name: 'ParameterNotFound',
      message: '.lambda-lens/parameters.json has no parameter "/none".',
    });
    await assert.rejects(secret('none'), {
      name: 'ResourceNotFoundException',
      message: /secrets\.json has no "none"/,
    });
  });

  test('a file is read again when it has changed', async () => {
    await parameter('/shop/currency');
    await served.write('.lambda-lens/parameters.json', '{ "/shop/currency": "Swiss francs" }');
    assert.equal((await parameter('/shop/currency'))?.Value, 'Swiss francs');
  });

  test('a file that is wrong is an error that names the place', async () => {
    const path = join(served.workspace.root, '.lambda-lens/parameters.json');
    await served.write('.lambda-lens/parameters.json', '{\n  "/a": "b",\n  "/c" 1\n}');
    await assert.rejects(parameter('/a'), { message: new RegExp(`^${path}:3:\\d+ is no JSON: `) });
    await served.write('.lambda-lens/parameters.json', '{\n  "/a": "b",\n  "/c": 1\n}');
    await assert.rejects(parameter('/a'), {
      message: `${path}:3:3: "/c" has to be a text, a list of texts, or an object such as { "type": "SecureString", "value": "..." }.`,
    });
  });

  test('writing is refused by name: the files are the user’s', async () => {
    await assert.rejects(ssm.send(new PutParameterCommand({ Name: '/a', Value: 'b', Type: 'String' })), {
      message:
        /UnsupportedByLambdaLens: ssm:PutParameter is refused: \.lambda-lens\/parameters\.json is yours/,
    });
    await assert.rejects(
      secretsManager.send(new PutSecretValueCommand({ SecretId: 'token', SecretString: 'x' })),
      { message: /UnsupportedByLambdaLens: secretsmanager:PutSecretValue is refused/ },
    );
  });

  test('both files are kept out of version control, unless the user wants it otherwise', async () => {
    const ignored = () => readFile(join(served.workspace.root, '.lambda-lens/.gitignore'), 'utf8');
    await parameter('/shop/currency');
    assert.match(await ignored(), /^parameters\.json\nsecrets\.json\n/m);
    await served.write('.lambda-lens/.gitignore', '');
    await secret('token');
    assert.equal(await ignored(), '');
  });
});
