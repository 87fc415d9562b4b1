import { secretLiteral } from '../../../../src/analyzer/rules/secret-literal.ts';
import { check } from './check.ts';

const reports = (name: string, text: string) => test(name, () => check(secretLiteral, text));
const key = `AK${'IA'}QRSTUVWXYZ234567`;
const secret = 'aB3/'.repeat(10);

suite('secret-literal reports', () => {
  reports(
    'access keys, wherever they stand',
    `
// template: handler
import { S3Client } from '@aws-sdk/client-s3';
const s3 = new S3Client({ credentials: { accessKeyId: '${key}', secretAccessKey: '${secret}' } });
//                                                    ^ An access key
//                                                                                             ^ An access key
export const handler = async () => [s3, \`${key}\`];
//                                      ^ An access key`,
  );

  reports(
    'private keys and tokens of services',
    `
// template: handler
export const handler = async () => [
  '-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC',
//^ A secret
  'gh${'p_'}${'a1B2'.repeat(9)}',
//^ A secret
];`,
  );
});

suite('secret-literal is silent about', () => {
  reports(
    'examples, other texts, and code that nothing reaches',
    `
// template: handler
const marker = '-----BEGIN PRIVATE KEY-----';
const secretAccessKey = process.env.SECRET;
export const handler = async () => ['AKIAIOSFODNN7EXAMPLE', 'AKIA', 'sk_live_', marker, secretAccessKey];
export const unused = () => '${key}';`,
  );
});

suite('secret-literal and passwords', () => {
  reports(
    'passwords and keys that are named, and credentials in URLs, are reported',
    `
// template: handler
const password = 'Tr0ub4dor&3';
//               ^ A secret is written
const options = { host: 'db', apiKey: 'k8Jx02mNq7', DB_PASSWORD: 'pa55word' };
//                                    ^ A secret is written
//                                                               ^ A secret is written
const url = 'postgres://shop:s3cret9@db.example.org:5432/shop';
//          ^ A secret is written
const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
//                          ^ An access key is written
//                                                                   ^ An access key is written
export const handler = async () => [password, options, url, keys];`,
  );

  reports(
    'names of secrets, placeholders, and what is read from elsewhere, are not',
    `
// template: handler
const password = process.env.PASSWORD ?? 'changeme1';
const names = { secret: 'shop/prod/database1', apiKey: 'x-api-key2', token: 'next-token', password: 'prompt' };
const secretName = 'orders-db-2';
const local = 'postgres://postgres:postgres1@localhost:5432/shop';
const header = { apiKey: 'X-Api-Key' };
export const handler = async ({ password: given = '' }) => [password, names, secretName, local, header, given];`,
  );
});
