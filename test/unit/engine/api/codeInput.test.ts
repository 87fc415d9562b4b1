import assert from 'node:assert/strict';
import { type CodeSource, readCode } from '../../../../src/engine/api/operations/functions/codeInput.ts';
import type { CodeArchives } from '../../../../src/engine/code/codeArchives.ts';
import { writeZip } from '../../../../src/engine/code/writeZip.ts';

const kept: Uint8Array[] = [];
const archives: CodeArchives = {
  put: async archive => `sha-${kept.push(archive)}`,
  read: async () => Buffer.alloc(0),
  folderOf: () => '/code',
  unpacked: async () => {},
  keepOnly: async () => {},
};
const zip = () => writeZip([{ name: 'index.js', contents: Buffer.from('code') }]);

suite('the code that a request brings or names', () => {
  const read = (
    members: object,
    source: CodeSource = async () => ({ kind: 'failed', code: 'NoSuchKey', message: 'No.' }),
  ) => readCode(members, source, archives);
  const checkRefused = async (
    members: object,
    status: number,
    message: string | RegExp,
    source?: CodeSource,
  ) => {
    const result = await read(members, source);
    assert.equal(result.kind, 'failed');
    if (result.kind !== 'failed') return;
    assert.equal(result.error.status, status);
    const text = String(result.error.body.message);
    if (typeof message === 'string') assert.equal(text, message);
    else assert.match(text, message);
  };

  test('is kept when it is sound', async () => {
    const ZipFile = await zip();
    const result = await read({ ZipFile });
    assert.deepEqual(result, { kind: 'stored', sha256: `sha-${kept.length}`, size: ZipFile.length });
    assert.deepEqual(kept.at(-1), ZipFile);
  });

  test('may be an object of a bucket, of a version', async () => {
    const bytes = await zip();
    const asked: unknown[] = [];
    const source: CodeSource = async (...object) => {
      asked.push(object);
      return { kind: 'read', bytes };
    };
    const result = await read({ S3Bucket: 'code', S3Key: 'a/b.zip', S3ObjectVersion: '3' }, source);
    assert.equal(result.kind, 'stored');
    assert.deepEqual(asked, [['code', 'a/b.zip', '3']]);
  });

  test('is refused where S3 does not have it', () =>
    checkRefused(
      { S3Bucket: 'code', S3Key: 'none.zip' },
      400,
      'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: No.',
    ));

  test('comes from one place, and from one at least', async () => {
    await checkRefused(
      { ZipFile: await zip(), S3Bucket: 'code', S3Key: 'a.zip' },
      400,
      'Please do not provide other FunctionCode parameters when providing a ZipFile.',
    );
    await checkRefused({}, 400, 'Please provide a source for function code.');
    await checkRefused({ S3Bucket: 'code' }, 400, 'Please provide a source for function code.');
  });

  test('has the limits of Lambda, packed and unpacked', async () => {
    await checkRefused(
      { ZipFile: new Uint8Array(52_428_801) },
      413,
      'Zipped size must be smaller than 52428800 bytes',
    );
    const archive = await zip();
    archive.writeUInt32LE(262_144_001, archive.lastIndexOf('PK\x01\x02', undefined, 'latin1') + 24);
    await checkRefused({ ZipFile: archive }, 400, 'Unzipped size must be smaller than 262144000 bytes');
  });

  test('is refused when it cannot be unpacked, or only in part', async () => {
    const message = 'Could not unzip uploaded file. Please check your file, then try to upload again.';
    await checkRefused({ ZipFile: Buffer.from('no zip') }, 400, message);
    const damaged = await writeZip([{ name: 'a', contents: Buffer.from('x'.repeat(1000)) }]);
    damaged.fill(0, 33, 38);
    await checkRefused({ ZipFile: damaged }, 400, message);
  });

  for (const [member, value] of Object.entries({
    ImageUri: '000000000000.dkr.ecr.us-east-1.amazonaws.com/x:1',
    SourceKMSKeyArn: 'arn:aws:kms:us-east-1:000000000000:key/k',
    S3ObjectStorageMode: 'REFERENCE',
  })) {
    test(`is refused by name with ${member}`, async () =>
      checkRefused(
        { ZipFile: await zip(), [member]: value },
        501,
        new RegExp(`^UnsupportedByLambdaLens: .*${member}`),
      ));
  }
});
