import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { eventKinds, recogniseKind } from '../../../src/events/kinds.ts';
import { pathParameters } from '../../../src/events/samples/http.ts';
import { sampleById, sampleEvents } from '../../../src/events/samples/library.ts';
import { isUserError } from '../../../src/shared/errors.ts';

/** What a handler would get, as JSON data. */
const built = (id: string, given?: Readonly<Record<string, string>>) =>
  JSON.parse(JSON.stringify(sampleById(id).build(given)));

suite('sample events', () => {
  test('there are some for each kind of event, and for at least 25 of them', () => {
    const sampled = new Set(sampleEvents.map(({ kind }) => kind));
    assert.deepEqual([...sampled].sort(), eventKinds.map(({ kind }) => kind).sort());
    assert.ok(sampled.size >= 25, `${sampled.size}`);
  });

  test('each has an id of its own', () => {
    const ids = sampleEvents.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ids) assert.match(id, /^[a-z0-9-]+:[a-z-]+$/);
  });

  for (const sample of sampleEvents) {
    test(`${sample.id} is recognised as what it is`, () => {
      assert.equal(recogniseKind(built(sample.id))?.kind, sample.kind);
    });

    test(`${sample.id} shows every parameter, and only changes by them`, () => {
      const usual = JSON.stringify(sample.build());
      assert.equal(JSON.stringify(sample.build(sample.parameters)), usual);
      for (const [name, value] of Object.entries(sample.parameters)) {
        assert.notEqual(JSON.stringify(sample.build({ [name]: other(value) })), usual, name);
      }
    });
  }

  test('a region, an account and a time can be chosen for all of them', () => {
    const place = { region: 'eu-central-1', accountId: '000000000000', time: new Date(0) };
    const event = JSON.stringify(sampleById('sqs:message').build({}, place));
    assert.match(event, /"arn:aws:sqs:eu-central-1:000000000000:my-queue"/);
    assert.match(event, /"SentTimestamp":"0"/);
  });

  test('a parameter that there is none of is refused, and so is a sample', () => {
    assert.throws(
      () => sampleById('s3:put').build({ buckets: 'x' }),
      /^UserError: The sample s3:put has no parameter buckets. It has: bucket, key, size.$/,
    );
    assert.throws(() => sampleById('s3:move'), isUserError);
  });

  test('S3 encodes the keys of objects as a form does', () => {
    const [record] = built('s3:put', { key: 'my photos/ä cat.jpg' }).Records;
    assert.equal(record.s3.object.key, 'my+photos/%C3%A4+cat.jpg');
  });

  test('SQS sends the MD5 of the body', () =>
    assert.equal(
      built('sqs:message', { body: 'Test message.' }).Records[0].md5OfBody,
      'e4e68fb7bd0e697a0ae8f1bb342846b3',
    ));

  test('CloudWatch Logs sends compressed JSON', () => {
    const { data } = built('logs:subscription', { message: 'hello' }).awslogs;
    const { logEvents } = JSON.parse(gunzipSync(Buffer.from(data, 'base64')).toString());
    assert.equal(logEvents[0].message, 'hello');
  });

  test('a REST API says null where there is nothing, an HTTP API leaves it out', () => {
    const rest = built('rest-api:post');
    assert.deepEqual(
      [rest.queryStringParameters, rest.pathParameters, rest.stageVariables],
      [null, null, null],
    );
    const http = built('http-api:post');
    assert.ok(
      !('queryStringParameters' in http) && !('pathParameters' in http) && !('stageVariables' in http),
    );
  });

  test('a REST API gives the last of several values, and all of them in a list', () => {
    const event = built('rest-api:get', { query: 'a=1&a=2&b=x%20y' });
    assert.deepEqual(event.queryStringParameters, { a: '2', b: 'x y' });
    assert.deepEqual(event.multiValueQueryStringParameters, { a: ['1', '2'], b: ['x y'] });
  });

  test('an HTTP API joins several values with commas', () =>
    assert.deepEqual(built('http-api:get', { query: 'a=1&a=2' }).queryStringParameters, { a: '1,2' }));

  test('a load balancer leaves values encoded', () =>
    assert.deepEqual(built('load-balancer:get', { query: 'a=x%20y' }).queryStringParameters, { a: 'x%20y' }));
});

suite('the path parameters of a sample', () => {
  const check = (route: string, path: string, expected: Readonly<Record<string, string>> | undefined) =>
    test(`${route} of ${path}`, () => assert.deepEqual(pathParameters(route, path), expected));

  check('/orders', '/orders', undefined);
  check('/orders/{id}', '/orders/order%201', { id: 'order 1' });
  check('/{proxy+}', '/a/b', { proxy: 'a/b' });
  check('/a.b/{x}/c/{y}', '/a.b/1/c/2', { x: '1', y: '2' });
  check('/orders/{id}', '/elsewhere', { id: '' });
});

/** Another value that the same place takes. */
function other(value: string): string {
  if (/^\d+$/.test(value)) return String(Number(value) + 1);
  return value.startsWith('{') ? '{"another":true}' : `${value}x`;
}
