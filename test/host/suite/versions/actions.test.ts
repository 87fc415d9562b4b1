import assert from 'node:assert/strict';
import {
  CreateFunctionCommand,
  GetFunctionCommand,
  ListAliasesCommand,
  ListVersionsByFunctionCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import * as vscode from 'vscode';
import { writeZip } from '../../../../src/engine/code/writeZip.ts';
import type { FunctionAlias, FunctionVersion, InvocationResult } from '../../../../src/model/target.ts';
import { activeExtension, fileUri, openFile } from '../../support/inHost.ts';
import { alias, done, otherClient, publish, rewrite, routing, run } from '../../support/versions.ts';

suite('versions and aliases, by their commands', () => {
  suiteSetup(() => activeExtension());
  suiteTeardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('lambdaLens.stopEngine');
  });

  test('Publish Version starts the engine, and publishes what was saved', async () => {
    const first = await publish('First');
    assert.deepEqual([first.version, first.description], ['1', 'First']);
    assert.equal((await publish('Again')).version, '1', 'nothing has changed');
  });

  test('Publish Version saves what is in the editors first', async () => {
    const editor = await openFile('src/total.ts');
    await editor.edit(edit => edit.insert(new vscode.Position(0, 0), '// Net of tax.\n'));
    const { version, codeSha256 } = await publish('Second');
    assert.equal(version, '2');
    assert.equal(editor.document.isDirty, false);
    assert.ok(codeSha256.length > 0);
  });

  test('Publish Version refuses a description that is too long', async () => {
    assert.equal(await run('publishVersion', { description: 'x'.repeat(257) }), undefined);
  });

  test('Publish Version of code that does not build publishes nothing', async () => {
    const before = await rewrite('src/total.ts', () => 'export function total( {');
    assert.equal(await run('publishVersion', { description: 'Broken' }), undefined);
    await rewrite('src/total.ts', () => before);
  });

  test('Create Alias points it at a version', async () => {
    assert.equal(routing(await alias('createAlias', { alias: 'live', version: '1' })), '1');
  });

  for (const [name, why] of [
    ['live', 'exists'],
    ['7', 'is a number'],
    ['a b', 'has a blank'],
    ['', 'is empty'],
    ['x'.repeat(129), 'is too long'],
  ] as const) {
    test(`Create Alias refuses a name that ${why}`, async () => {
      assert.equal(await run('createAlias', { alias: name, version: '1' }), undefined);
    });
  }

  test('Create Alias refuses a version that does not exist', async () => {
    assert.equal(await run('createAlias', { alias: 'next', version: '99' }), undefined);
  });

  test('Point Alias at Version moves it', async () => {
    assert.equal(routing(await alias('pointAlias', { alias: 'live', version: '2' })), '2');
    assert.equal(routing(await alias('pointAlias', { alias: 'live', version: '1' })), '1');
  });

  test('Shift Traffic gives a share to a second version, and 0% and 100% end that', async () => {
    const shifted = await alias('shiftTraffic', { alias: 'live', version: '2', percent: 10 });
    assert.equal(routing(shifted), '1 + 2:0.1');
    const more = await alias('shiftTraffic', { alias: 'live', percent: 50 });
    assert.equal(routing(more), '1 + 2:0.5');
    assert.equal(routing(await alias('shiftTraffic', { alias: 'live', percent: 0 })), '1');
    assert.equal(routing(await alias('shiftTraffic', { alias: 'live', version: '2', percent: 100 })), '2');
  });

  for (const [what, given] of [
    ['a share above 100%', { alias: 'live', version: '1', percent: 101 }],
    ['a share below 0%', { alias: 'live', version: '1', percent: -1 }],
    ['a share that is no number', { alias: 'live', version: '1', percent: Number.NaN }],
    ['the version that it points at', { alias: 'live', version: '2', percent: 10 }],
    ['$LATEST', { alias: 'live', version: '$LATEST', percent: 10 }],
    ['an alias that does not exist', { alias: 'nowhere', version: '1', percent: 10 }],
  ] as const) {
    test(`Shift Traffic refuses ${what}`, async () => {
      assert.equal(await run('shiftTraffic', given), undefined);
      assert.equal(routing(await aliasNow('live')), '2');
    });
  }

  test('Promote gives all traffic to the version that had a share of it', async () => {
    await alias('shiftTraffic', { alias: 'live', version: '1', percent: 25 });
    assert.equal(routing(await alias('promoteAlias', { alias: 'live' })), '1');
  });

  test('Promote points the next alias at the same version where nothing is shared', async () => {
    await alias('createAlias', { alias: 'canary', version: '2' });
    const promoted = await alias('promoteAlias', { alias: 'canary', other: 'live' });
    assert.deepEqual([promoted.name, routing(promoted)], ['live', '2']);
  });

  test('Roll Back goes one step back, and forth again', async () => {
    assert.equal(routing(await alias('rollBackAlias', { alias: 'live' })), '1');
    assert.equal(routing(await alias('rollBackAlias', { alias: 'live' })), '2');
  });

  test('Roll Back brings a share of the traffic back as well', async () => {
    await alias('shiftTraffic', { alias: 'live', version: '1', percent: 5 });
    await alias('pointAlias', { alias: 'live', version: '1' });
    assert.equal(routing(await alias('rollBackAlias', { alias: 'live' })), '2 + 1:0.05');
    await alias('pointAlias', { alias: 'live', version: '2' });
  });

  test('Roll Back of an alias that was never changed says so', async () => {
    assert.equal(await run('rollBackAlias', { alias: 'canary' }), undefined);
  });

  for (const command of ['pointAlias', 'rollBackAlias']) {
    test(`${command} overwrites nothing that somebody else has changed`, async () => {
      const { revisionId } = await aliasNow('live');
      const client = await otherClient();
      await client.send(
        new UpdateAliasCommand({ FunctionName: 'orders', Name: 'live', FunctionVersion: '$LATEST' }),
      );
      assert.equal(await run(command, { alias: 'live', version: '1', revisionId }), undefined);
      assert.equal(routing(await aliasNow('live')), '$LATEST');
      await alias('pointAlias', { alias: 'live', version: '2' });
      client.destroy();
    });
  }

  test('Invoke Version or Alias runs what it names', async () => {
    const event = JSON.stringify({ prices: [2, 3] });
    for (const [given, version] of [
      [{ version: '1' }, '1'],
      [{ alias: 'live' }, '2'],
      [{ version: '$LATEST' }, '$LATEST'],
    ] as const) {
      const result = done(await run<InvocationResult>('invokeQualifier', { ...given, event }));
      assert.equal(result.executedVersion, version);
      assert.deepEqual(JSON.parse(result.payload), { total: 5, version });
    }
    assert.equal(await run('invokeQualifier', { alias: 'nowhere', event }), undefined);
  });

  test('Copy ARN copies that of the version or the alias', async () => {
    for (const [given, end] of [
      [{ version: '1' }, ':function:orders:1'],
      [{ alias: 'live' }, ':function:orders:live'],
    ] as const) {
      const arn = done(await run<string>('copyArn', given));
      assert.ok(arn.endsWith(end), arn);
      assert.equal(await vscode.env.clipboard.readText(), arn);
    }
  });

  test('Delete refuses a version that an alias references, and $LATEST', async () => {
    assert.equal(await run('deleteQualifier', { version: '2', confirmed: true }), undefined);
    assert.equal(await run('deleteQualifier', { version: '$LATEST', confirmed: true }), undefined);
    assert.deepEqual(await versionsNow(), ['1', '2']);
  });

  test('Delete takes aliases and versions away', async () => {
    done(await run('deleteQualifier', { alias: 'canary', confirmed: true }));
    done(await run('deleteQualifier', { version: '1', confirmed: true }));
    assert.deepEqual(await versionsNow(), ['2']);
    const client = await otherClient();
    const { Aliases = [] } = await client.send(new ListAliasesCommand({ FunctionName: 'orders' }));
    assert.deepEqual(
      Aliases.map(({ Name }) => Name),
      ['live'],
    );
    client.destroy();
  });

  test('Set Up DEV, STAGE and PROD publishes where nothing was, and leaves alone what there is', async () => {
    const given = { functionName: 'invoices' };
    const made = done(await run<readonly FunctionAlias[]>('setUpStages', given));
    const routings = made.map(each => `${each.name} ${routing(each)}`).sort();
    assert.deepEqual(routings, ['DEV $LATEST', 'PROD 1', 'STAGE 1']);
    await alias('pointAlias', { ...given, alias: 'DEV', version: '1' });
    const again = done(await run<readonly FunctionAlias[]>('setUpStages', given));
    assert.equal(again.find(({ name }) => name === 'DEV')?.version, '1');
  });

  test('Shift Traffic refuses an alias that points at $LATEST', async () => {
    await alias('pointAlias', { functionName: 'invoices', alias: 'DEV', version: '$LATEST' });
    const given = { functionName: 'invoices', alias: 'DEV', version: '1', percent: 10 };
    assert.equal(await run('shiftTraffic', given), undefined);
  });

  test('a function that only the API has made takes every action, and can be deleted', async () => {
    const client = await otherClient();
    const ZipFile = await writeZip([
      { name: 'index.js', contents: Buffer.from('exports.handler = async () => "uploaded";') },
    ]);
    await client.send(
      new CreateFunctionCommand({
        FunctionName: 'uploaded',
        Role: 'arn:aws:iam::000000000000:role/r',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { ZipFile },
      }),
    );
    const given = { functionName: 'uploaded' };
    const version = done(await run<FunctionVersion>('publishVersion', { ...given, description: '' }));
    assert.equal(version.version, '1');
    await alias('createAlias', { ...given, alias: 'live', version: '1' });
    const event = '{}';
    const result = done(await run<InvocationResult>('invokeQualifier', { ...given, alias: 'live', event }));
    assert.equal(result.payload, '"uploaded"');
    await assert.doesNotReject(client.send(new GetFunctionCommand({ FunctionName: 'uploaded' })));
    client.destroy();
  });

  test('nothing is done for a function that does not exist', async () => {
    for (const command of ['publishVersion', 'createAlias', 'pointAlias', 'compareVersions', 'copyArn']) {
      assert.equal(await run(command, { functionName: 'no-such-function', version: '1' }), undefined);
    }
    assert.ok(fileUri('.').fsPath.length > 0);
  });

  test('an action starts the engine again after it was stopped', async () => {
    await vscode.commands.executeCommand('lambdaLens.stopEngine');
    assert.equal(routing(await alias('pointAlias', { alias: 'live', version: '$LATEST' })), '$LATEST');
  });
});

async function aliasNow(name: string): Promise<FunctionAlias> {
  const client = await otherClient();
  const { Aliases = [] } = await client.send(new ListAliasesCommand({ FunctionName: 'orders' }));
  client.destroy();
  const found = Aliases.find(({ Name }) => Name === name);
  assert.ok(found, `there is no alias ${name}`);
  const [other] = Object.entries(found.RoutingConfig?.AdditionalVersionWeights ?? {});
  return {
    name,
    arn: found.AliasArn ?? '',
    version: found.FunctionVersion ?? '',
    description: '',
    revisionId: found.RevisionId ?? '',
    ...(other ? { additional: { version: other[0], weight: other[1] } } : {}),
  };
}

async function versionsNow(): Promise<readonly string[]> {
  const client = await otherClient();
  const { Versions = [] } = await client.send(new ListVersionsByFunctionCommand({ FunctionName: 'orders' }));
  client.destroy();
  return Versions.map(({ Version }) => Version ?? '').slice(1);
}
