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
