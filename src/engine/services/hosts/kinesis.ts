// dist/service-kinesis.js: Kinesis Data Streams, in a process of its own.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SecureContextOptions } from 'node:tls';
import { runHost } from './runHost.ts';

const tlsPort = 1;
const plainPort = 2;

runHost(plainPort, async ({ dataDirectory, region, accountId }) => {
  Object.assign(process.env, {
    KINESIS_MOCK_TLS_PORT: String(tlsPort),
    KINESIS_MOCK_PLAIN_PORT: String(plainPort),
    KINESIS_MOCK_CERT_PATH: withoutCertificate(dataDirectory),
    AWS_ACCOUNT_ID: accountId,
    AWS_REGION: region,
    SHOULD_PERSIST_DATA: 'true',
    PERSIST_PATH: dataDirectory,
    PERSIST_INTERVAL: '1s',
    LOG_LEVEL: 'ERROR',
    ...Object.fromEntries(transitions.map(name => [`${name}_DURATION`, '20ms'])),
  });
  await import('kinesis-local');
});

/** What streams take half a second for unless told otherwise. */
const transitions = [
  'CREATE_STREAM',
  'DELETE_STREAM',
  'REGISTER_STREAM_CONSUMER',
  'DEREGISTER_STREAM_CONSUMER',
  'START_STREAM_ENCRYPTION',
  'STOP_STREAM_ENCRYPTION',
  'MERGE_SHARDS',
  'SPLIT_SHARD',
  'UPDATE_SHARD_COUNT',
  'UPDATE_STREAM_MODE',
];

/** It insists on a certificate for TLS, which nobody speaks with it; its private key is not to be shipped. */
function withoutCertificate(directory: string): string {
  const tls = process.getBuiltinModule('node:tls');
  const { createSecureContext } = tls;
  tls.createSecureContext = ({ key: _key, cert: _cert, ...options }: SecureContextOptions = {}) =>
    createSecureContext(options);
  const file = join(directory, 'no-certificate.json');
  writeFileSync(file, JSON.stringify({ server: { key: '', cert: '' } }));
  return file;
}
