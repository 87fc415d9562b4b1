import assert from 'node:assert/strict';
import {
  defaultParameters,
  defaultStreamParameters,
  type MappingRecord,
} from '../../../../src/engine/sources/mapping.ts';
import { mappingChanges } from '../../../../src/engine/sources/templateMappings.ts';
import type { EventSourceMappingDefinition } from '../../../../src/model/eventSourceMapping.ts';

const arn = 'arn:aws:sqs:us-east-1:000000000000:orders';

function defined(given: Partial<EventSourceMappingDefinition> = {}): EventSourceMappingDefinition {
  return {
    logicalId: 'Worker',
    stackId: 'template.yaml',
    definedAt: { file: '/t', startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
    functionName: 'worker',
    source: { kind: 'sqs', arn },
    enabled: true,
    reportBatchItemFailures: false,
    filters: [],
    ...given,
  };
}

/** What is kept once all of that has been put. */
function kept(definitions: readonly EventSourceMappingDefinition[]): readonly MappingRecord[] {
  return mappingChanges([], definitions).put.map((wanted, index) => ({
    ...wanted,
    uuid: `uuid-${index}`,
    modifiedAt: 0,
  }));
}

suite('mappings of templates', () => {
  test('are made with the defaults of their source', () => {
    const { put, remove, refused } = mappingChanges([], [defined()]);
    assert.deepEqual([remove, refused], [[], []]);
    const [{ definedBy: _definedBy, ...mapping } = assert.fail()] = put;
    assert.deepEqual(mapping, {
      functionName: 'worker',
      source: { kind: 'sqs', arn },
      parameters: defaultParameters.sqs,
      state: 'Creating',
    });
  });

  test('stay as the API has changed them while the template says the same', () => {
    const changed = kept([defined()]).map(record => ({ ...record, state: 'Disabled' as const }));
    assert.deepEqual(mappingChanges(changed, [defined()]), { put: [], remove: [], refused: [] });
  });

  test('are changed by another word of the template, and keep their id', () => {
    const { put, remove } = mappingChanges(kept([defined()]), [defined({ batchSize: 3, enabled: false })]);
    assert.deepEqual(
      put.map(({ uuid, state, parameters }) => [uuid, state, parameters.batchSize]),
      [['uuid-0', 'Disabled', 3]],
    );
    assert.deepEqual(remove, []);
  });

  test('of another source are others', () => {
    const other = defined({ source: { kind: 'sqs', arn: `${arn}2` } });
    const { put, remove } = mappingChanges(kept([defined()]), [other]);
    assert.deepEqual(
      put.map(({ uuid, source }) => [uuid, source.arn]),
      [[undefined, `${arn}2`]],
    );
    assert.deepEqual(remove, ['uuid-0']);
  });

  test('go when the template has them no longer; those of the API stay', () => {
    const [record = assert.fail()] = kept([defined()]);
    const { definedBy: _definedBy, ...ofApi } = record;
    const all = [record, { ...ofApi, uuid: 'of the API' }];
    assert.deepEqual(mappingChanges(all, []), { put: [], remove: ['uuid-0'], refused: [] });
  });

  test('of a stream are made with the defaults of streams', () => {
    const stream = 'arn:aws:kinesis:us-east-1:000000000000:stream/clicks';
    const [{ parameters } = assert.fail()] = mappingChanges(
      [],
      [defined({ source: { kind: 'kinesis', arn: stream }, startingPosition: 'TRIM_HORIZON' })],
    ).put;
    assert.deepEqual(parameters, {
      ...defaultParameters.kinesis,
      stream: { ...defaultStreamParameters, startingPosition: 'TRIM_HORIZON' },
    });
  });

  test('with tumbling windows are refused by name', () => {
    const { put, refused } = mappingChanges(
      [],
      [
        defined({
          source: { kind: 'kinesis', arn: 'arn:aws:kinesis:r:a:stream/s' },
          tumblingWindowSeconds: 30,
        }),
      ],
    );
    assert.deepEqual(put, []);
    assert.match(refused.join(), /is not polled: this version of Lambda Lens has no tumbling windows\./);
  });

  test('of brokers are refused by name', () => {
    for (const kind of ['kafka', 'mq', 'documentdb', 'selfManagedKafka'] as const) {
      const { put, refused } = mappingChanges([], [defined({ source: { kind } })]);
      assert.deepEqual(put, []);
      assert.match(
        refused.join(),
        new RegExp(`^Worker, a mapping of worker, is not polled: .* not ${kind}\\.$`),
      );
    }
  });
});
