import assert from 'node:assert/strict';
import { objectChanges } from '../../../../src/engine/triggers/objectChanges.ts';

const request = (line: string, headers: Readonly<Record<string, string>> = {}, body = '') => {
  const [method = '', target = ''] = line.split(' ');
  const [path = '', query = ''] = target.split('?');
  return {
    method,
    path,
    query: Object.fromEntries(new URLSearchParams(query)),
    headers,
    body: Buffer.from(body),
  };
};

suite('what a request changes in a bucket', () => {
  const check = (
    title: string,
    given: ReturnType<typeof request>,
    expected: readonly (readonly [eventName: string, bucket: string, key: string])[],
  ) =>
    test(title, () =>
      assert.deepEqual(
        objectChanges(given).map(({ eventName, bucket, key }) => [eventName, bucket, key]),
        expected,
      ),
    );

  check('an upload', request('PUT /uploads/in/a%20cat.png?x-id=PutObject'), [
    ['ObjectCreated:Put', 'uploads', 'in/a cat.png'],
  ]);
  check('a copy', request('PUT /uploads/b.png', { 'x-amz-copy-source': 'uploads/a.png' }), [
    ['ObjectCreated:Copy', 'uploads', 'b.png'],
  ]);
  check('the end of an upload in parts', request('POST /uploads/a.png?uploadId=1'), [
    ['ObjectCreated:CompleteMultipartUpload', 'uploads', 'a.png'],
  ]);
  check('a deletion', request('DELETE /uploads/a.png'), [['ObjectRemoved:Delete', 'uploads', 'a.png']]);
  check(
    'a deletion of several objects',
    request(
      'POST /uploads/?delete',
      {},
      '<Delete><Object><Key>a &amp; b.png</Key></Object><Object><Key>&#x63;&#100;.png</Key></Object><Quiet>true</Quiet></Delete>',
    ),
    [
      ['ObjectRemoved:Delete', 'uploads', 'a & b.png'],
      ['ObjectRemoved:Delete', 'uploads', 'cd.png'],
    ],
  );
  for (const line of [
    'GET /uploads/a.png',
    'HEAD /uploads/a.png',
    'PUT /uploads',
    'PUT /uploads/',
    'DELETE /uploads/',
    'PUT /uploads/a.png?partNumber=1&uploadId=1',
    'POST /uploads/a.png?uploads',
    'DELETE /uploads/a.png?uploadId=1',
    'GET /uploads/?list-type=2',
  ]) {
    check(`nothing: ${line}`, request(line), []);
  }
});
