// The engine as the views see it: the port that deployed accounts are seen through as well.
import assert from 'node:assert/strict';
import type { EngineConnection } from '../../../src/client/connection.ts';
import { followEvents } from '../../../src/client/followEvents.ts';
import { createLambdaClient } from '../../../src/client/lambdaInvoke.ts';
import { createSignedHttp } from '../../../src/client/signedHttp.ts';
import { createEngineTarget } from '../../../src/client/targets/engineTarget.ts';
import type { EngineAttachment } from '../../../src/model/engineAttachment.ts';
import type { Target } from '../../../src/model/target.ts';
import { targetErrorCode } from '../../../src/model/targetError.ts';
import { until } from '../../../src/scripts/host/until.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { isUserError } from '../../../src/shared/errors.ts';
import { silentLog } from '../../support/silentLog.ts';
import { createFunction, type TestEngine, withEngine } from '../versions/support.ts';

const handler = (answer: string) => `export const handler = async () => '${answer}';\n`;
const orders = { name: 'orders' };

suite('the target that an engine is', () => {
  test('lists functions of the template and of the API', () =>
    withTarget(async ({ target, engine }) => {
      await createFunction(engine.client, 'uploaded', 'one');
      const names = (await all(target.functions())).map(({ name }) => name);
      assert.deepEqual(names.toSorted(), ['orders', 'uploaded']);
    }));

  test('lists versions page by page, the oldest first, without $LATEST', () =>
    withTarget(async ({ target, engine }) => {
      for (let revision = 1; revision <= 51; revision++) {
        engine.define([{ ...orders, description: `Revision ${revision}` }]);
        await target.publishVersion({ functionName: 'orders', description: `Published ${revision}` });
      }
      const pages = [];
      for await (const page of target.versions('orders')) pages.push(page.map(({ version }) => version));
      assert.equal(pages.length, 2);
      assert.deepEqual(
        pages.flat(),
        Array.from({ length: 51 }, (_, index) => String(index + 1)),
      );
    }));

  test('ends between two pages when it is given up', () =>
    withTarget(async ({ target }) => {
      const controller = new AbortController();
      controller.abort();
      await assert.rejects(all(target.versions('orders', controller.signal)), { name: 'AbortError' });
    }));

  test('publishes, makes an alias, shifts its traffic, and takes both away', () =>
    withTarget(async ({ target, engine }) => {
      const first = await target.publishVersion({ functionName: 'orders', description: 'One' });
      assert.deepEqual([first.version, first.description], ['1', 'One']);
      await engine.write({ 'app.ts': handler('two') });
      const second = await target.publishVersion({ functionName: 'orders' });
      assert.notEqual(second.codeSha256, first.codeSha256);
      const made = await target.createAlias({
        functionName: 'orders',
        name: 'live',
        routing: { version: '1', additional: { version: '2', weight: 0.25 } },
      });
      assert.deepEqual(made.additional, { version: '2', weight: 0.25 });
      const moved = await target.updateAlias({
        functionName: 'orders',
        name: 'live',
        routing: { version: '2' },
        revisionId: made.revisionId,
      });
      assert.deepEqual([moved.version, moved.additional], ['2', undefined]);
      assert.deepEqual(await target.aliases('orders'), [moved]);
      const { payload, executedVersion } = await target.invoke({
        functionName: 'orders',
        qualifier: 'live',
        payload: '{}',
      });
      assert.deepEqual([payload, executedVersion], ['"two"', '2']);
      const [past] = (await target.engine?.aliasChanges('orders', 'live')) ?? [];
      assert.deepEqual(
        { version: past?.version, additional: past?.additional },
        { version: '1', additional: { version: '2', weight: 0.25 } },
      );
      await target.deleteAlias('orders', 'live');
      await target.deleteVersion('orders', '1');
      assert.deepEqual(
        (await all(target.versions('orders'))).map(({ version }) => version),
        ['2'],
      );
    }));

  test('has the sources of a version, and its configuration by the names of AWS', () =>
    withTarget(async ({ target }) => {
      await target.publishVersion({ functionName: 'orders' });
      const { relativeTo, files } = await target.sources('orders', '1');
      assert.equal(relativeTo, 'workspace');
      assert.deepEqual(
        files.map(({ name }) => name),
        ['app.ts'],
      );
      assert.equal(Buffer.from((await files[0]?.read()) ?? []).toString(), handler('one'));
      const { document, version } = await target.configuration('orders', '1');
      assert.equal(version.version, '1');
      assert.equal(document.Handler, 'app.handler');
      assert.equal('$metadata' in document, false);
    }));

  test('tells when versions or aliases are others', () =>
    withTarget(async ({ target }) => {
      const told = Promise.withResolvers<string | undefined>();
      const following = target.engine?.onDidChange(name => name !== undefined && told.resolve(name));
      // The stream is not open at once; every change is told of.
      const timer = setInterval(() => void target.deleteAlias('orders', 'live').catch(() => {}), 50);
      const making = setInterval(
        () =>
          void target
            .createAlias({ functionName: 'orders', name: 'live', routing: { version: '$LATEST' } })
            .catch(() => {}),
        50,
      );
      assert.equal(await told.promise, 'orders');
      clearInterval(timer);
      clearInterval(making);
      following?.dispose();
    }));

  test('keeps environments for versions and aliases, and reserves some for a function', () =>
    withTarget(async ({ target }) => {
      await target.publishVersion({ functionName: 'orders' });
      await target.putProvisionedConcurrency('orders', '1', 1);
      const kept = await until('the environment', async () => {
        const [only] = await target.provisionedConcurrency('orders');
        return only?.status === 'READY' && only;
      });
      assert.deepEqual([kept.qualifier, kept.requested, kept.available], ['1', 1, 1]);
      await target.putProvisionedConcurrency('orders', '1', 0);
      assert.deepEqual(await target.provisionedConcurrency('orders'), []);
      assert.equal(await target.reservedConcurrency('orders'), undefined);
      await target.putReservedConcurrency('orders', 3);
      assert.equal(await target.reservedConcurrency('orders'), 3);
      await target.putReservedConcurrency('orders', undefined);
      assert.equal(await target.reservedConcurrency('orders'), undefined);
    }));

  const refusals: readonly (readonly [string, string, RegExp, (target: Target) => Promise<unknown>])[] = [
    [
      'a stale revision',
      'stale',
      /Somebody else has changed it/,
      target =>
        target.updateAlias({
          functionName: 'orders',
          name: 'live',
          routing: { version: '1' },
          revisionId: '00000000-0000-4000-8000-000000000000',
        }),
    ],
    [
      'an alias that exists',
      'conflict',
      /Alias already exists/,
      target => target.createAlias({ functionName: 'orders', name: 'live', routing: { version: '1' } }),
    ],
    [
      'a version that does not exist',
      'notFound',
      /refresh the Functions view/,
      target => target.configuration('orders', '7'),
    ],
    [
      'a version that an alias references',
      'conflict',
      /the following aliases reference it: \[live\]/,
      target => target.deleteVersion('orders', '1'),
    ],
    [
      'an invalid name',
      'invalid',
      /validation error/,
      target => target.createAlias({ functionName: 'orders', name: '7', routing: { version: '1' } }),
    ],
    [
      'the sources of a version that does not exist',
      'notFound',
      /Function not found/,
      target => target.sources('orders', '9'),
    ],
  ];
  for (const [what, code, message, run] of refusals) {
    test(`tells ${what} apart, for people`, () =>
      withTarget(async ({ target }) => {
        await target.publishVersion({ functionName: 'orders' });
        await target.createAlias({ functionName: 'orders', name: 'live', routing: { version: '1' } });
        await assert.rejects(run(target), error => {
          assert.ok(isUserError(error), String(error));
          assert.equal(targetErrorCode(error), code);
          assert.match(error.message, message);
          return true;
        });
      }));
  }
});

async function withTarget(
  test: (given: { readonly target: Target; readonly engine: TestEngine }) => Promise<void>,
): Promise<void> {
  await withEngine([orders], { 'app.ts': handler('one') }, async engine => {
    const { accessKeyId, secretAccessKey } = await engine.client.config.credentials();
    const attachment: EngineAttachment = {
      pid: process.pid,
      startedAt: 0,
      endpoint: engine.endpoint,
      region: 'eu-west-1',
      accountId: '123456789012',
      accessKeyId,
      secretAccessKey,
      buildId: '',
      root: engine.workspace,
      stateDirectory: engine.workspace,
    };
    const http = createSignedHttp(attachment);
    const client = createLambdaClient(attachment);
    const follow: EngineConnection['events'] = onEvent =>
      followEvents({ http, clock: systemClock, log: silentLog, onEvent, isOver: () => false });
    try {
      await test({ target: createEngineTarget(client, attachment, http, follow), engine });
    } finally {
      client.destroy();
    }
  });
}

async function all<Item>(pages: AsyncIterable<readonly Item[]>): Promise<readonly Item[]> {
  return (await Array.fromAsync(pages)).flat();
}
