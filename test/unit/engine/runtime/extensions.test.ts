import assert from 'node:assert/strict';
import { join } from 'node:path';
import { extensionFiles } from '../../../../src/engine/runtime/extensions/extensionFiles.ts';
import {
  type ExtensionEvent,
  type ExtensionState,
  stepExtension,
} from '../../../../src/engine/runtime/extensions/extensionState.ts';
import { parseSubscription } from '../../../../src/engine/runtime/extensions/subscription.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html */
suite('the life of an extension', () => {
  const states: readonly ExtensionState[] = [
    'Started',
    'Registered',
    'Ready',
    'Running',
    'InitError',
    'ExitError',
  ];
  const events: readonly ExtensionEvent[] = ['register', 'next', 'deliver', 'initError', 'exitError'];
  /** Everything that is allowed. Every other pair is not. */
  const legal: Readonly<Record<string, ExtensionState>> = {
    'Started register': 'Registered',
    'Registered next': 'Ready',
    'Registered initError': 'InitError',
    'Registered exitError': 'ExitError',
    'Ready deliver': 'Running',
    'Ready exitError': 'ExitError',
    'Running next': 'Ready',
    'Running exitError': 'ExitError',
    'InitError initError': 'InitError',
    'ExitError exitError': 'ExitError',
  };
  for (const state of states) {
    for (const event of events) {
      const expected = legal[`${state} ${event}`];
      test(`${state}, ${event}: ${expected ?? 'refused'}`, () =>
        assert.equal(stepExtension(state, event), expected));
    }
  }
});

suite('the extensions of layers', () => {
  test('are the files of their folders; of one name that of the layer above', () => {
    const listing: Readonly<Record<string, readonly string[]>> = {
      [join('/a', 'extensions')]: ['watcher', 'agent'],
      [join('/b', 'extensions')]: ['agent'],
    };
    const list = (folder: string) => listing[folder] ?? [];
    assert.deepEqual(extensionFiles(['/a', '/b', '/c'], { list }), [
      { name: 'agent', path: join('/b', 'extensions', 'agent') },
      { name: 'watcher', path: join('/a', 'extensions', 'watcher') },
    ]);
  });
});

/** https://docs.aws.amazon.com/lambda/latest/dg/telemetry-api-reference.html */
suite('a subscription to telemetry', () => {
  const destination = { protocol: 'HTTP', URI: 'http://sandbox.localdomain:8080/events' };
  const given = { schemaVersion: '2022-12-13', types: ['platform', 'function'], destination };
  const parse = (more: Readonly<Record<string, unknown>>, api: 'telemetry' | 'logs' = 'telemetry') =>
    parseSubscription(JSON.stringify({ ...given, ...more }), api);

  test('has the limits of AWS where it says nothing', () =>
    assert.deepEqual(parse({}), {
      api: 'telemetry',
      types: ['platform', 'function'],
      port: 8080,
      path: '/events',
      buffering: { maxItems: 10_000, maxBytes: 262_144, timeoutMs: 1_000 },
    }));

  test('may have others', () => {
    const subscription = parse({ buffering: { maxItems: 1000, timeoutMs: 25 } });
    assert.ok('buffering' in subscription);
    assert.deepEqual(subscription.buffering, { maxItems: 1000, maxBytes: 262_144, timeoutMs: 25 });
  });

  const refused: readonly (readonly [Readonly<Record<string, unknown>>, RegExp])[] = [
    [{ schemaVersion: '2020-08-15' }, /^schemaVersion must be one of 2022-07-01/],
    [{ types: [] }, /^types must be/],
    [{ types: ['all'] }, /^types must be/],
    [{ types: 'platform' }, /^types must be/],
    [{ destination: undefined }, /^destination\.protocol must be HTTP/],
    [{ destination: { protocol: 'TCP', port: 9 } }, /^UnsupportedByLambdaLens: destination\.protocol=TCP/],
    [{ destination: { protocol: 'HTTP', URI: 'http://example.com' } }, /^destination\.URI must be like/],
    [{ destination: { protocol: 'HTTP', URI: 'nowhere' } }, /^destination\.URI must be like/],
    [{ buffering: { timeoutMs: 1 } }, /^buffering\.timeoutMs must be between 25 and 30000/],
    [{ buffering: null }, /^buffering must be an object/],
  ];
  for (const [more, problem] of refused) {
    test(`is refused with ${JSON.stringify(more)}`, () => {
      const subscription = parse(more);
      assert.match('problem' in subscription ? subscription.problem : '', problem);
    });
  }

  test('is refused where it is no JSON object, and has versions of its own for logs', () => {
    assert.ok('problem' in parseSubscription('[', 'telemetry'));
    assert.ok('problem' in parseSubscription('null', 'telemetry'));
    assert.ok(!('problem' in parse({ schemaVersion: '2021-03-18' }, 'logs')));
  });
});
