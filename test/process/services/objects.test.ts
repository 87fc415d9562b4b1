// S3 behind the engine's endpoint, called by the AWS SDK.
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { type ServedWorkspace, serveWorkspace } from './support.ts';

const template = `
Resources:
  Pictures: { Type: AWS::S3::Bucket }
`;
const Bucket = 'pictures';

suite('buckets', () => {
  let served: ServedWorkspace;
  let s3: S3Client;
  suiteSetup(async () => {
    served = await serveWorkspace({ 'template.yaml': template });
    s3 = new S3Client(served.client);
  });
  suiteTeardown(async () => {
    s3?.destroy();
    await served?.remove();
  });

  const read = async (Key: string, more: object = {}) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, ...more }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  };

  test('keep what is put into them, whatever its key, with its metadata', async () => {
    const Key = 'a folder/ü+(1)*&?.txt';
    await s3.send(
      new PutObjectCommand({ Bucket, Key, Body: 'hello', ContentType: 'text/plain', Metadata: { by: 'me' } }),
    );
    assert.equal((await read(Key)).toString(), 'hello');
    assert.equal((await read(Key, { Range: 'bytes=1-2' })).toString(), 'el');
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key }));
    assert.deepEqual([head.ContentLength, head.ContentType, head.Metadata], [5, 'text/plain', { by: 'me' }]);
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'a folder/' }));
    assert.deepEqual(
      Contents?.map(object => object.Key),
      [Key],
    );
    await s3.send(
      new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/${encodeURIComponent(Key)}` }),
    );
    assert.equal((await read('copy')).toString(), 'hello');
  });

  test('take a large object in one piece', async () => {
    const body = Buffer.alloc(40 * 1024 * 1024, 'lens');
    await s3.send(new PutObjectCommand({ Bucket, Key: 'large', Body: body }));
    assert.ok((await read('large')).equals(body));
  });

  test('take a stream, whose checksum follows it', async () => {
    const pieces = [1, 2, 3].map(byte => Buffer.alloc(300_000, byte));
    await s3.send(
      new PutObjectCommand({ Bucket, Key: 'stream', Body: Readable.from(pieces), ContentLength: 900_000 }),
    );
    assert.ok((await read('stream')).equals(Buffer.concat(pieces)));
  });

  test('take an upload in parts', async () => {
    const body = Buffer.alloc(11 * 1024 * 1024, 'part');
    await new Upload({ client: s3, params: { Bucket, Key: 'parts', Body: body } }).done();
    assert.ok((await read('parts')).equals(body));
  });

  test('answer presigned URLs, whoever has them, until they expire', async () => {
    const Key = 'given/away (1).txt';
    const upload = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key }), { expiresIn: 60 });
    assert.equal((await fetch(upload, { method: 'PUT', body: 'from anybody' })).status, 200);
    const download = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key }), { expiresIn: 60 });
    assert.equal(await (await fetch(download)).text(), 'from anybody');
    assert.equal((await fetch(download.replace('given', 'taken'))).status, 403);
    const signingDate = new Date(Date.now() - 61_000);
    const late = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key }), {
      expiresIn: 60,
      signingDate,
    });
    const refusal = await fetch(late);
    assert.deepEqual(
      [refusal.status, /<Code>(\w+)<.*<Message>([^<]+)</.exec(await refusal.text())?.slice(1)],
      [403, ['AccessDenied', 'Request has expired']],
    );
  });

  test('refuse by name what would be forgotten', async () => {
    await assert.rejects(
      s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration: {} })),
      { message: /UnsupportedByLambdaLens: s3:notification cannot be honoured/ },
    );
    await assert.rejects(
      s3.send(new PutObjectCommand({ Bucket, Key: 'tagged', Body: 'x', Tagging: 'a=b' })),
      {
        message: /UnsupportedByLambdaLens: s3:x-amz-tagging is a header/,
      },
    );
  });

  test('say what is missing in the words of S3', async () => {
    await assert.rejects(read('nothing'), { name: 'NoSuchKey' });
    await assert.rejects(s3.send(new HeadObjectCommand({ Bucket, Key: 'nothing' })), { name: 'NotFound' });
    await assert.rejects(s3.send(new PutObjectCommand({ Bucket: 'nowhere', Key: 'x', Body: 'x' })), {
      name: 'NoSuchBucket',
    });
  });
});
