import assert from 'node:assert/strict';
import { isSecret } from '../../../../src/vscode/templates/secrets.ts';

suite('an environment variable', () => {
  const check = (name: string, value: string, expected: boolean) =>
    test(`${name}=${value.slice(0, 30)} ${expected ? 'may be a secret' : 'is none'}`, () => {
      assert.equal(isSecret(name, value), expected);
    });
  for (const name of [
    'DB_PASSWORD',
    'dbPassword',
    'PWD',
    'API_KEY',
    'apiKey',
    'STRIPE_SECRET',
    'GITHUB_TOKEN',
    'PRIVATE_PEM',
    'SENTRY_DSN',
    'AUTH',
    'SLACK_WEBHOOK',
    'KEY',
  ]) {
    check(name, 'x', true);
  }
  check('URL', 'postgres://shop:hunter2@db.example/orders', true);
  check('CONFIG', 'AKIAIOSFODNN7EXAMPLE', true);
  check('CONFIG', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc', true);
  check('CONFIG', '-----BEGIN RSA PRIVATE KEY-----', true);
  check('CONFIG', `ghp_${'a1B2'.repeat(9)}`, true);
  check('CONFIG', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c', true);
  check('CONFIG', 'wJalrXUtnFEMI7K7MDENGbPxRfiCYEXAMPLE', true);

  check('STAGE', 'dev', false);
  check('LOG_LEVEL', 'DEBUG', false);
  check('ORDERS_TABLE', 'orders', false);
  check('WAREHOUSE_URL', 'http://warehouse.internal/stock', false);
  check('QUEUE', 'https://sqs.us-east-1.amazonaws.com/000000000000/fulfilment', false);
  check('POWERTOOLS_SERVICE_NAME', 'print-shop-orders-2026', false);
  check('CLIENT_ID', '0f8fad5b-d9cb-469f-a165-70867728950e', false);
  check('MONKEYS', '3', false);
});
