// dist/asynchronous.js: invocations that nobody waits for, and the clock that they wait by. The extension requires it
// with the first of them.
import * as vscode from 'vscode';
import type { EngineConnection } from '../../client/connection.ts';
import type { EngineEvent } from '../../model/engineEvent.ts';
import { UserError } from '../../shared/errors.ts';
import type { InvocationNode } from '../invocations/history.ts';
import type { EventNode, InvocationsNode, StepNode } from '../invocations/nodes.ts';
import type { Invocation } from '../invoke/invocation.ts';
import { stateOf, stepsOf } from './eventLife.ts';
import { clockText, type ItemFacts, toEventItem, toStepItem } from './items.ts';
import { Lives } from './lives.ts';
import type { AsynchronousServices } from './services.ts';

/** What the extension has of this bundle. */
export type Asynchronous = ReturnType<typeof createAsynchronous>;

export function createAsynchronous(services: AsynchronousServices) {
  const { engines, targets, invoker, attemptsOf, replayOf, saveSources } = services;
  const lives = new Lives();
  const changed = new vscode.EventEmitter<void>();
  const isWaiting = () =>
    folders().some(folder =>
      lives.list(folder).some(life => stateOf(life, lives.waitTime(folder)).kind === 'waiting'),
    );
  // What is left of a wait is told every second, as long as something waits.
  let ticking: NodeJS.Timeout | undefined;
  const tick = () => {
    changed.fire();
    clearTimeout(ticking);
    ticking = isWaiting() ? setTimeout(tick, 1000) : undefined;
  };
  const subscription = lives.onDidChange(tick);

  const factsOf = ({ folder, life }: EventNode): ItemFacts => {
    const waitTime = lives.waitTime(folder);
    return {
      waitTime,
      clock: lives.clock(folder),
      state: stateOf(life, waitTime),
      attempts: attemptsOf(life.requestId).length,
    };
  };
  const childrenOf = ({ folder, life }: EventNode): readonly InvocationsNode[] =>
    stepsOf(
      life,
      attemptsOf(life.requestId).map(({ record }) => record),
    ).map((step, index) =>
      step.kind === 'attempt'
        ? { folder, record: step.record, attempt: step.number }
        : { folder, life, step, index },
    );
  /** The folder of a row; without one, that of the only engine that runs. */
  const connectionOf = async (node: Partial<EventNode> | undefined): Promise<EngineConnection> => {
    if (node?.folder) return engines.connect(node.folder);
    const running = folders().filter(folder => engines.current(folder));
    if (running.length === 0)
      throw new UserError(
        vscode.l10n.t('Nothing waits: the local Lambda service does not run. An invocation starts it.'),
      );
    const folder = running.length === 1 ? running[0] : await vscode.window.showWorkspaceFolderPick();
    if (!folder) throw new vscode.CancellationError();
    return engines.connect(folder);
  };
  const say = (text: string) => void vscode.window.setStatusBarMessage(text, 5_000);
  const setPaused = async (paused: boolean) => {
    const connection = await connectionOf(undefined);
    await connection.lens('POST', '/_lens/clock', { paused: String(paused) });
  };

  return {
    onDidChange: changed.event,
    take: (folder: vscode.WorkspaceFolder, event: EngineEvent) => lives.take(folder, event),
    read: (folder: vscode.WorkspaceFolder, connection: EngineConnection) => lives.read(folder, connection),
    /** Attempts of events are not shown by themselves, but below their event. */
    rows(invocations: readonly InvocationNode[]): readonly InvocationsNode[] {
      const events = folders().flatMap(folder => lives.list(folder).map(life => ({ folder, life })));
      const rows = [
        ...events.map(node => ({ node, at: node.life.changes[0]?.at ?? 0 })),
        ...invocations
          .filter(({ record }) => !lives.has(record.requestId))
          .map(node => ({ node, at: node.record.startedAt })),
      ];
      return rows.toSorted((a, b) => b.at - a.at).map(({ node }) => node);
    },
    childrenOf,
    item: (node: EventNode | StepNode): vscode.TreeItem =>
      'step' in node ? toStepItem(node, factsOf(node)) : toEventItem(node, factsOf(node)),
    /** What is said over the view. */
    message: () =>
      folders()
        .map(folder => clockText(lives.clock(folder)))
        .find(text => text !== undefined),
    async invoke({ target, event, qualifier }: Invocation): Promise<string> {
      const deployed = targets.deployed(target.folder);
      if (deployed)
        throw new UserError(
          vscode.l10n.t(
            'The life of an event can only be followed on this machine, and {0} is selected. Select the local Lambda service first.',
            deployed.identity.label,
          ),
        );
      const payload = await event.read();
      await saveSources();
      const connection = await engines.connect(target.folder);
      const { name } = target.definition;
      const { requestId } = await connection.invoke({
        functionName: name,
        payload,
        type: 'Event',
        ...(qualifier === undefined ? {} : { qualifier }),
      });
      say(vscode.l10n.t('{0}: the event is queued.', name));
      await vscode.commands.executeCommand('lambdaLens.invocations.focus');
      return requestId;
    },
    async skipWait(node: EventNode | undefined): Promise<number> {
      if (!node) return this.skipAllWaits();
      const connection = await connectionOf(node);
      const { skipped } = await connection.lens<{ skipped: number }>('POST', '/_lens/skip-waits', {
        request: node.life.requestId,
      });
      if (skipped === 0) say(vscode.l10n.t('The event does not wait any more.'));
      return skipped;
    },
    async skipAllWaits(): Promise<number> {
      const connection = await connectionOf(undefined);
      const { skipped } = await connection.lens<{ skipped: number }>('POST', '/_lens/skip-waits');
      say(skipped === 0 ? vscode.l10n.t('Nothing waits.') : vscode.l10n.t('{0} waits skipped.', skipped));
      return skipped;
    },
    pauseClock: () => setPaused(true),
    resumeClock: () => setPaused(false),
    async stepClock(): Promise<boolean> {
      const connection = await connectionOf(undefined);
      const { stepped } = await connection.lens<{ stepped: boolean }>('POST', '/_lens/clock/step');
      if (!stepped) say(vscode.l10n.t('Nothing waits.'));
      return stepped;
    },
    /** Runs the event once more, as it came, with the debugger attached. */
    async debugEvent(node: InvocationsNode | undefined) {
      if (!node) throw new UserError(vscode.l10n.t('Choose an event in the Invocations view.'));
      const record = 'life' in node ? node.life : node.record;
      return invoker.invoke({ ...(await replayOf({ folder: node.folder, record })), where: 'debugger' });
    },
    async replayEvent(node: EventNode) {
      return invoker.invoke(await replayOf({ folder: node.folder, record: node.life }));
    },
    dispose() {
      clearTimeout(ticking);
      vscode.Disposable.from(subscription, lives, changed).dispose();
    },
  };
}

function folders(): readonly vscode.WorkspaceFolder[] {
  return vscode.workspace.workspaceFolders ?? [];
}
