import assert from 'node:assert/strict';
import { eventKinds, kindsOfTriggers, recogniseKind } from '../../../src/events/kinds.ts';
import type { TriggerKind } from '../../../src/model/trigger.ts';

suite('the kinds of events', () => {
  test('each is there once, with a title of its own', () => {
    for (const member of ['kind', 'title'] as const) {
      const values = eventKinds.map(kind => kind[member]);
      assert.equal(new Set(values).size, values.length, member);
    }
  });

  for (const event of [{}, [], null, 7, 'text', { Records: [] }, { Records: [null] }, { type: 'toString' }]) {
    test(`${JSON.stringify(event)} is of no kind`, () => assert.equal(recogniseKind(event), undefined));
  }

  test('what an event inherits is no sign of a kind', () =>
    assert.equal(recogniseKind(Object.create({ awslogs: {} })), undefined));

  const check = (triggers: readonly TriggerKind[], kinds: readonly string[]) =>
    test(`${triggers.join(' and ') || 'nothing'} sends ${kinds.join(', ') || 'nothing that is known'}`, () =>
      assert.deepEqual(
        kindsOfTriggers(triggers).map(({ kind }) => kind),
        kinds,
      ));

  check([], []);
  check(['other'], []);
  check(['sqs'], ['sqs']);
  check(['schedule', 'httpApi', 'schedule'], ['schedule', 'httpApi']);
  check(['kafka'], ['kafka', 'selfManagedKafka']);
  check(['mq'], ['activeMq', 'rabbitMq']);
});
