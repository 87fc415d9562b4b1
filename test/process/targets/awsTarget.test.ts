// A second engine is the account: reached as AWS is, by a profile, a region and an endpoint.
import assert from 'node:assert/strict';
import { listAwsProfiles } from '../../../src/client/targets/awsProfiles.ts';
import { openAwsTarget } from '../../../src/client/targets/awsTarget.ts';
import type { Target } from '../../../src/model/target.ts';
import { targetErrorCode } from '../../../src/model/targetError.ts';
import type { Disposable } from '../../../src/shared/disposable.ts';
import { type TestProfiles, useProfiles } from '../../support/awsProfiles.ts';
import { removeDist } from '../runtime/support.ts';
import { createFunction, type TestEngine, withEngine } from '../versions/support.ts';

const region = 'eu-west-1';

/** The engine as the profile `remote`, and what a person would call its account. */
async function withRemote(test: (target: Target & Disposable, engine: TestEngine) => Promise<void>) {
  await withEngine([], {}, async engine => {
    const { accessKeyId, secretAccessKey } = await engine.client.config.credentials();
    const profiles: TestProfiles = await useProfiles({
      remote: { region, aws_access_key_id: accessKeyId, aws_secret_access_key: secretAccessKey },
      strangers: { region, aws_access_key_id: 'AKIAEXAMPLE', aws_secret_access_key: 'not-the-key' },
      empty: { region },
    });
    try {
      const access = { profile: 'remote', region, endpoint: engine.endpoint };
      const target = await openAwsTarget({ access, isReadOnly: () => false });
      try {
        await test(target, engine);
      } finally {
        target.dispose();
      }
    } finally {
      await profiles.restore();
    }
  });
}

suite('a deployed target', () => {
  suiteTeardown(removeDist);

  test('is an account, told by who has the credentials, and lists what there is', () =>
    withRemote(async (target, engine) => {
      assert.deepEqual(target.identity, {
        kind: 'aws',
        id: `aws 123456789012 ${region} ${engine.endpoint}`,
        label: 'remote',
        region,
        accountId: '123456789012',
        isReadOnly: false,
      });
      assert.equal(target.engine, undefined);
      assert.deepEqual(
        (await listAwsProfiles()).map(({ name }) => name),
        ['empty', 'remote', 'strangers'],
      );
      await createFunction(engine.client, 'orders', 'one');
      const functions = (await Array.fromAsync(target.functions())).flat();
      assert.deepEqual(
        functions.map(({ name, runtime }) => [name, runtime]),
        [['orders', 'nodejs24.x']],
      );
    }));

  test('publishes, points aliases, invokes with the tail of the log, and deletes', () =>
    withRemote(async (target, { client }) => {
      await createFunction(client, 'orders', 'one');
      const { version } = await target.publishVersion({ functionName: 'orders', description: 'first' });
      assert.equal(version, '1');
      const alias = await target.createAlias({
        functionName: 'orders',
        name: 'live',
        routing: { version: '1' },
      });
      const { payload, executedVersion, logTail } = await target.invoke({
        functionName: 'orders',
        qualifier: 'live',
        payload: '{}',
      });
      assert.equal(JSON.parse(payload).answer, 'one');
      assert.equal(executedVersion, '1');
      assert.match(logTail, /REPORT RequestId/);
      const { files } = await target.sources('orders', '1');
      assert.deepEqual(
        files.map(({ name }) => name),
        ['index.js'],
      );
      const stale = target.updateAlias({
        functionName: 'orders',
        name: 'live',
        routing: { version: '$LATEST' },
        revisionId: '00000000-0000-4000-8000-000000000000',
      });
      await assert.rejects(stale, error => targetErrorCode(error) === 'stale');
      assert.equal((await target.alias('orders', 'live')).revisionId, alias.revisionId);
      await target.deleteAlias('orders', 'live');
      await target.deleteVersion('orders', '1');
      assert.deepEqual((await Array.fromAsync(target.versions('orders'))).flat(), []);
    }));

  test('is refused with one message each: who is not known, who has nothing, and what is not there', () =>
    withRemote(async (_target, { endpoint }) => {
      const open = (profile: string, at = endpoint) =>
        openAwsTarget({ access: { profile, region, endpoint: at }, isReadOnly: () => false });
      await assert.rejects(open('strangers'), {
        code: 'credentials',
        message:
          /^Select target \(profile strangers, eu-west-1, http:.*\): AWS does not take the credentials/,
      });
      await assert.rejects(open('empty'), {
        code: 'credentials',
        message: /there are no credentials for the profile empty\./,
      });
      await assert.rejects(open('nobody'), { code: 'credentials' });
      await assert.rejects(open('remote', 'http://127.0.0.1:9'), {
        code: 'unreachable',
        message: /http:\/\/127\.0\.0\.1:9 could not be reached/,
      });
    }));

  test('can be given up before it is there', () =>
    withRemote(async (_target, { endpoint }) => {
      const access = { profile: 'remote', region, endpoint };
      const signal = AbortSignal.abort();
      await assert.rejects(openAwsTarget({ access, isReadOnly: () => false, signal }), {
        name: 'AbortError',
      });
    }));
});
