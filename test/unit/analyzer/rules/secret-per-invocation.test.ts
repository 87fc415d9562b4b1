import { secretPerInvocation } from '../../../../src/analyzer/rules/secret-per-invocation.ts';
import { check } from './check.ts';

const reports = (name: string, text: string) => test(name, () => check(secretPerInvocation, text));

suite('secret-per-invocation reports', () => {
  reports(
    'secrets, parameters, credentials and configurations that the handler fetches',
    `
// template: handler
import { GetSecretValueCommand as Get, SecretsManager, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as ssm from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
const secrets = new SecretsManagerClient({});
const manager = new SecretsManager({});
const parameters = new ssm.SSMClient({});
const sts = new STSClient({});
const kms = new KMSClient({});
export const handler = async event => {
  await secrets.send(new Get({ SecretId: process.env.SECRET }));
  //                 ^ A secret is fetched
  const command = new ssm.GetParametersByPathCommand({ Path: '/shop/' });
  //              ^ A parameter is fetched
  await parameters.send(command);
  await manager.getSecretValue({ SecretId: 'db' });
//      ^ A secret is fetched
  await sts.send(new AssumeRoleCommand({ RoleArn: process.env.ROLE, RoleSessionName: 'x' }));
  //             ^ A set of credentials is fetched
  await kms.send(new DecryptCommand({ CiphertextBlob: Buffer.from(process.env.KEY, 'base64') }));
  //             ^ A decrypted variable is fetched
  await fetch('https://example.com/.well-known/jwks.json');
//      ^ A key set is fetched
  return event;
};`,
  );

  reports(
    'those of a helper to which the handler passes the same name each time',
    `
// template: handler
import { secretOf } from './secrets';
const name = process.env.SECRET;
export const handler = async event => {
  const { password } = await secretOf(name);
  return { password: password.length, event };
};
// @file secrets.ts
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
const client = new SecretsManagerClient({});
export async function secretOf(id) {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: id }));
  //                                         ^ A secret is fetched
  return JSON.parse(SecretString);
}`,
  );
});

suite('secret-per-invocation is silent about', () => {
  reports(
    'what is kept, in whichever way',
    `
// template: handler
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
const client = new SecretsManagerClient({});
const ssm = new SSMClient({});
const first = await client.send(new GetSecretValueCommand({ SecretId: 'a' }));
let second, third, thirdAt = 0;
const cache = new Map();
async function load(name) {
  if (cache.has(name)) return cache.get(name);
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: name }));
  const value = JSON.parse(SecretString);
  cache.set(name, value);
  return value;
}
async function fetchParameter(name) {
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name }));
  return Parameter.Value;
}
const kept = {};
async function parameter(name) {
  kept[name] = kept[name] ?? (await fetchParameter(name));
  return kept[name];
}
export const handler = async event => {
  if (!second) second = await client.send(new GetSecretValueCommand({ SecretId: 'b' }));
  if (!third || Date.now() - thirdAt > 60_000) {
    third = await client.send(new GetSecretValueCommand({ SecretId: 'c' }));
    thirdAt = Date.now();
  }
  return [first, second, third, await load('d'), await parameter('/e'), event];
};`,
  );

  reports(
    'what depends on the event, and what is fetched again after a failure',
    `
// template: handler
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { getSecret } from '@aws-lambda-powertools/parameters/secrets';
const client = new SecretsManagerClient({});
const kms = new KMSClient({});
const tenantSecret = id => client.send(new GetSecretValueCommand({ SecretId: \`tenants/\${id}\` }));
export const handler = async event => {
  await client.send(new GetSecretValueCommand({ SecretId: event.secret }));
  await tenantSecret(event.tenant);
  await kms.send(new DecryptCommand({ CiphertextBlob: event.cipher }));
  await getSecret('x');
  try {
    await fetch('https://example.com');
  } catch {
    await client.send(new GetSecretValueCommand({ SecretId: 'rotated' }));
  }
};`,
  );
});
