// schemas/event.schema.json against the types and samples that it is made from.
import assert from 'node:assert/strict';
import { eventKinds } from '../../src/events/kinds.ts';
import { sampleEvents } from '../../src/events/samples/library.ts';
import type { EventSchemas } from '../../src/events/schema/jsonSchema.ts';
import { validateEvent } from '../../src/events/schema/validate.ts';
import type { Json } from '../../src/model/resource.ts';
import { eventSchemaFile, renderEventSchema } from '../../src/scripts/schemas.ts';
import { listFiles, readJson, readText } from '../support/repository.ts';

suite("events' schemas", () => {
  let schemas: EventSchemas;
  suiteSetup(async () => {
    schemas = await readJson(eventSchemaFile);
  });
  const problems = (event: unknown) => validateEvent(JSON.parse(JSON.stringify(event)) as Json, schemas);

  test('are what "npm run schemas" writes', async () =>
    assert.equal(await readText(eventSchemaFile), renderEventSchema()));

  test('there is one for each kind', () =>
    assert.deepEqual(
      eventKinds.map(({ kind }) => kind).filter(kind => !(kind in schemas.definitions)),
      [],
    ));

  test('every sample is as its kind is', () => {
    for (const { id, build } of sampleEvents) assert.deepEqual(problems(build()), [], id);
  });

  test('every saved event of the samples is as its kind is', async () => {
    const files = await listFiles('samples/.lambda-lens/events/*/*.json');
    const events = files.filter(file => !file.endsWith('.expected.json'));
    assert.ok(events.length > 5);
    for (const file of events) assert.deepEqual(problems(await readJson(file)), [], file);
  });

  // One for each correction of the types, by events that AWS does send.
  for (const [name, event] of Object.entries({
    'a test of a REST API in the console': {
      resource: '/',
      path: '/',
      httpMethod: 'GET',
      headers: null,
      multiValueHeaders: null,
      requestContext: {
        accountId: '1',
        apiId: 'a',
        protocol: 'HTTP/1.1',
        httpMethod: 'GET',
        identity: { sourceIp: 'test-invoke-source-ip' },
        path: '/',
        stage: 'test-invoke-stage',
        requestId: 'r',
        requestTimeEpoch: 1,
        resourceId: 'x',
        resourcePath: '/',
      },
      isBase64Encoded: false,
    },
    'a deleted object': withoutSize(),
    'a queue message without attributes': withNullMd5(),
  })) {
    test(`take ${name}`, () => assert.deepEqual(problems(event), []));
  }

  test('tell what is wrong', () =>
    assert.deepEqual(
      problems({ Records: [{ eventSource: 'aws:sns', EventSource: 'aws:sns' }] }).slice(0, 2),
      [
        { path: '$.Records[0].EventVersion', message: 'is missing' },
        { path: '$.Records[0].EventSubscriptionArn', message: 'is missing' },
      ],
    ));
});

function sample(id: string) {
  const found = sampleEvents.find(candidate => candidate.id === id);
  assert.ok(found);
  return JSON.parse(JSON.stringify(found.build()));
}

function withoutSize(): unknown {
  const event = sample('s3:delete');
  const { key, sequencer } = event.Records[0].s3.object;
  event.Records[0].s3.object = { key, sequencer };
  return event;
}

function withNullMd5(): unknown {
  const event = sample('sqs:message');
  event.Records[0].md5OfMessageAttributes = null;
  return event;
}
