import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { breakAt, DebugWatch, resume } from '../../support/debugging.ts';
import { activeExtension } from '../../support/inHost.ts';

const inHandler = ['src/greet.ts', 'return { text }'] as const;

suite('debugging otherwise', () => {
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

  /** As F5 does. Settles when the session has ended, with what its Debug Console says. */
  const launch = (more: Readonly<Record<string, unknown>>) => {
    watch.outputs.length = 0;
    const ended = new Promise<string>(resolve => {
      const listening = vscode.debug.onDidTerminateDebugSession(session => {
        if (session.type !== 'lambda-lens') return;
        listening.dispose();
        resolve(watch.outputs.join(''));
      });
    });
    const configuration = { type: 'lambda-lens', request: 'launch', name: 'Greet', function: 'greet' };
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    return { started: vscode.debug.startDebugging(folder, { ...configuration, ...more }), ended };
  };

  test('by launch.json it is a session, with the log in the Debug Console', async () => {
    await breakAt(inHandler);
    const { started, ended } = launch({ event: 'ada' });
    assert.equal(await started, true);
    const stop = await watch.nextStop();
    assert.equal(stop.locals.text, "'Hello, Ada'");
    await resume(stop);
    const output = await ended;
    assert.match(output, /^REPORT RequestId/m);
    assert.match(output, /\{"text":"Hello, Ada"\}/);
  });

  test('the event may be in launch.json', async () => {
    await breakAt();
    const { ended } = launch({ payload: { name: 'Bea' } });
    assert.match(await ended, /\{"text":"Hello, Bea"\}/);
  });

  test('a port that is taken is told', async () => {
    const taken = createServer();
    await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = taken.address() as { port: number };
      const { ended } = launch({ payload: {}, port });
      assert.match(await ended, new RegExp(`cannot use port ${port}, which is taken by another program`));
    } finally {
      taken.close();
    }
  });

  test('a function, or an event, that does not exist is told', async () => {
    assert.match(
      await launch({ function: 'nobody' }).ended,
      /There is no function nobody .*binary, count, greet/,
    );
    assert.match(await launch({ event: 'bob' }).ended, /greet has no saved event bob. It has: ada/);
  });

  test('what cannot be debugged here is told by name', async () => {
    const binary = launch({ function: 'binary', payload: {} });
    assert.match(
      await binary.ended,
      /binary cannot be debugged from here: with the runtime provided\.al2023/,
    );
    const snake = launch({ function: 'snake', payload: {} });
    assert.match(await snake.ended, /snake cannot be debugged: there is no debugger for Python/);
  });

  test('two events in one configuration are refused', async () => {
    const { started } = launch({ event: 'ada', payload: {} });
    assert.equal(
      await started.then(
        isStarted => isStarted,
        () => false,
      ),
      false,
    );
  });

  test('a test is debugged from the Test Explorer', async () => {
    await breakAt(inHandler);
    await vscode.commands.executeCommand('workbench.view.testing.focus');
    // The controller is asked for its tests a while after the view is there.
    await delay(2000);
    void vscode.commands.executeCommand('testing.debugAll');
    const stop = await watch.nextStop();
    assert.equal(stop.locals.text, "'Hello, Ada'");
    await resume(stop);
  });
});
