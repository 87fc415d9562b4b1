import * as vscode from 'vscode';
import { UserError } from '../../shared/errors.ts';
import { findTarget } from '../invoke/pick.ts';
import { readEvent, saveEvent } from '../invoke/savedEvents.ts';
import type { Services } from '../services.ts';
import { registerCommand } from '../support/commands.ts';
import { runTest, type TestOptions, type TestServices } from './runTest.ts';
import { findSavedTests, type SavedTest, testFiles } from './savedTests.ts';

/**
 * Saved events with an expected result in the Test Explorer: to be run, run again at every save, or to have
 * their expectations updated.
 */
export function registerTests(services: TestServices & Pick<Services, 'log'>): vscode.Disposable {
  const controller = vscode.tests.createTestController('lambdaLens', 'Lambda');
  const tests = new WeakMap<vscode.TestItem, SavedTest>();
  const watchers: vscode.Disposable[] = [];

  const read = async () => {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const found = (await Promise.all(folders.map(findSavedTests))).flat();
    const groups = Map.groupBy(found, ({ folder, functionName }) => `${folder.uri}#${functionName}`);
    controller.items.replace([...groups].map(([id, own]) => functionItem(controller, id, own, tests)));
  };

  // Nothing is looked for before somebody looks at the Test Explorer.
  controller.resolveHandler = async item => {
    if (item) return;
    if (watchers.length === 0) watchers.push(watch(read));
    await read();
  };
  controller.refreshHandler = read;

  const run = async (request: vscode.TestRunRequest, token: vscode.CancellationToken, how: RunHow = {}) => {
    const aborting = new AbortController();
    const cancelling = token.onCancellationRequested(() => aborting.abort());
    const testRun = controller.createTestRun(request);
    try {
      // One after the other: handlers may share a table or a queue.
      for (const item of chosenItems(controller, request)) {
        const test = tests.get(item);
        if (test === undefined || token.isCancellationRequested) continue;
        testRun.started(item);
        report(
          testRun,
          item,
          await runTest(test, services, { update: false, ...how, signal: aborting.signal }),
        );
      }
    } catch (error) {
      if (!aborting.signal.aborted) services.log.error('The tests could not be run', error);
    } finally {
      testRun.end();
      cancelling.dispose();
    }
  };
  const runOrFollow = async (request: vscode.TestRunRequest, token: vscode.CancellationToken) => {
    await run(request, token);
    if (request.continuous) followSaves(token, () => run(request, token));
  };
  const running = controller.createRunProfile(
    vscode.l10n.t('Run'),
    vscode.TestRunProfileKind.Run,
    runOrFollow,
    true,
    undefined,
    true,
  );
  const updating = controller.createRunProfile(
    vscode.l10n.t('Update Expectations'),
    vscode.TestRunProfileKind.Run,
    (request, token) => run(request, token, { update: true }),
  );
  const debugging = controller.createRunProfile(
    vscode.l10n.t('Debug'),
    vscode.TestRunProfileKind.Debug,
    (request, token) => run(request, token, { debug: true }),
    true,
  );
  const saving = registerCommand(
    services.log,
    'lambdaLens.saveTestEvent',
    async (item: vscode.TestItem | undefined) => {
      const test = item && tests.get(item);
      if (!test) throw new UserError(vscode.l10n.t('Choose a test of a function in the Test Explorer.'));
      const target = await findTarget(test.functionName, test.folder.uri, services.projects);
      await saveEvent(target, await readEvent(test.event), test.name);
    },
  );
  return {
    dispose: () =>
      vscode.Disposable.from(saving, ...watchers, running, updating, debugging, controller).dispose(),
  };
}

type RunHow = Partial<Pick<TestOptions, 'update' | 'debug'>>;

function functionItem(
  controller: vscode.TestController,
  id: string,
  own: readonly SavedTest[],
  tests: WeakMap<vscode.TestItem, SavedTest>,
): vscode.TestItem {
  const [first] = own;
  const several = (vscode.workspace.workspaceFolders ?? []).length > 1;
  const item = controller.createTestItem(id, first?.functionName ?? id);
  if (several && first) item.description = first.folder.name;
  item.children.replace(
    own.map(test => {
      const child = controller.createTestItem(`${id}/${test.name}`, test.name, test.event);
      child.range = new vscode.Range(0, 0, 0, 0);
      tests.set(child, test);
      return child;
    }),
  );
  return item;
}

/** The tests that are asked for, in the order in which they are shown. */
function chosenItems(controller: vscode.TestController, request: vscode.TestRunRequest): vscode.TestItem[] {
  const excluded = new Set(request.exclude);
  const leaves = (item: vscode.TestItem): vscode.TestItem[] => {
    if (excluded.has(item)) return [];
    return item.children.size === 0 ? [item] : itemsOf(item.children).flatMap(leaves);
  };
  return (request.include ?? itemsOf(controller.items)).flatMap(leaves);
}

function itemsOf(collection: vscode.TestItemCollection): vscode.TestItem[] {
  return [...collection].map(([, item]) => item);
}

function report(run: vscode.TestRun, item: vscode.TestItem, end: Awaited<ReturnType<typeof runTest>>): void {
  if (end.kind !== 'errored') run.appendOutput(end.log.replaceAll(/\r?\n/g, '\r\n'), undefined, item);
  if (end.kind === 'passed') run.passed(item, end.durationMs);
  else if (end.kind === 'failed') run.failed(item, end.message, end.durationMs);
  else run.errored(item, end.message);
}

function watch(read: () => Promise<void>): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(`**/${testFiles}`, false, true, false);
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(read),
    watcher.onDidDelete(read),
    vscode.workspace.onDidChangeWorkspaceFolders(read),
  );
}

/** Until the token is cancelled. Saves while a run is under way lead to one more run. */
function followSaves(token: vscode.CancellationToken, run: () => Promise<void>): void {
  let isRunning = false;
  let isStale = false;
  const saves = vscode.workspace.onDidSaveTextDocument(async document => {
    if (!vscode.workspace.getWorkspaceFolder(document.uri)) return;
    isStale = true;
    if (isRunning) return;
    isRunning = true;
    while (isStale && !token.isCancellationRequested) {
      isStale = false;
      await run();
    }
    isRunning = false;
  });
  token.onCancellationRequested(() => saves.dispose());
}
