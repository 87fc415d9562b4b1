import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { InvokeResult } from '../../../../src/client/connection.ts';
import { breakAt, DebugWatch, resume } from '../../support/debugging.ts';
import { activeExtension } from '../../support/inHost.ts';

const inInit = ['src/words.ts', 'return words'] as const;
const inHandler = ['src/greet.ts', 'return { text }'] as const;
const inCount = ['src/count.ts', 'return { calls }'] as const;

const debug = (functionName: string, event: unknown = { name: 'Ada' }) =>
  Promise.resolve(
    vscode.commands.executeCommand<InvokeResult | undefined>('lambdaLens.invokeWithDebugger', {
      functionName,
      event: JSON.stringify(event),
    }),
  );
const payloadOf = (result: InvokeResult | undefined) => JSON.parse(result?.payload ?? 'null');
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

suite('Invoke with Debugger', () => {
  let watch: DebugWatch;

  suiteSetup(async () => {
    await activeExtension();
    watch = new DebugWatch();
  });
  teardown(() => watch.stopAll());
  suiteTeardown(async () => {
    watch.dispose();
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('lambdaLens.stopEngine');
  });

  test('stops in TypeScript, in the initialisation and in the handler, and no timeout ends it', async () => {
    await breakAt(inInit, inHandler);
    const invoking = debug('greet');
    const init = await watch.nextStop();
    assert.equal(init.place, 'words.ts:3');
    assert.equal(init.locals.language, "'en'");
    await pause(1500);
    await resume(init);
    const handler = await watch.nextStop();
    assert.equal(handler.place, 'greet.ts:11');
    assert.equal(handler.locals.text, "'Hello, Ada'");
    await pause(1500);
    await resume(handler);
    const result = await invoking;
    assert.deepEqual(payloadOf(result), { text: 'Hello, Ada' });
    assert.doesNotMatch(result?.logTail ?? '', /Debugger/);
  });

  test('stays attached for the next invocation, which is warm', async () => {
    await breakAt(inCount);
    const first = debug('count');
    await resume(await watch.nextStop());
    assert.deepEqual(payloadOf(await first), { calls: 1 });
    const second = debug('count');
    const stop = await watch.nextStop();
    assert.equal(stop.locals.calls, '2');
    await resume(stop);
    assert.deepEqual(payloadOf(await second), { calls: 2 });
  });

  test('debugs two functions at once', async () => {
    await breakAt(inHandler, inCount);
    const invoking = [debug('greet'), debug('count')];
    const stops = [await watch.nextStop(), await watch.nextStop()];
    assert.deepEqual(stops.map(({ place }) => place).toSorted(), ['count.ts:5', 'greet.ts:11']);
    await pause(1200);
    for (const stop of stops) await resume(stop);
    const results = await Promise.all(invoking);
    assert.deepEqual(results.map(payloadOf), [{ text: 'Hello, Ada' }, { calls: 1 }]);
  });

  test('lets the function run on when the debugger is detached', async () => {
    await breakAt(inHandler);
    const invoking = debug('greet');
    const { session } = await watch.nextStop();
    await vscode.debug.stopDebugging(session.parentSession ?? session);
    assert.deepEqual(payloadOf(await invoking), { text: 'Hello, Ada' });
  });

  test('attaches again when the code has changed', async () => {
    await breakAt(inCount);
    const first = debug('count');
    await resume(await watch.nextStop());
    await first;
    const { uri } = await vscode.workspace.openTextDocument(
      vscode.debug.breakpoints.flatMap(each =>
        each instanceof vscode.SourceBreakpoint ? [each.location.uri] : [],
      )[0] ?? vscode.Uri.file('/'),
    );
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    const changed = text.replace('calls += 1', 'calls += 10');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(changed));
    const second = debug('count');
    const stop = await watch.nextStop();
    assert.equal(stop.locals.calls, '10');
    await resume(stop);
    assert.deepEqual(payloadOf(await second), { calls: 10 });
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  });

  test('refuses by name what it cannot debug', async () => {
    assert.equal(await debug('binary'), undefined);
  });
});
