// For tests inside the extension host that look at what VS Code's debuggers do.
import assert from 'node:assert/strict';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { fileUri } from './inHost.ts';

/** Where a session has stopped. */
export interface Stop {
  readonly session: vscode.DebugSession;
  readonly threadId: number;
  /** `file.ts:12` */
  readonly place: string;
  readonly locals: Readonly<Record<string, string>>;
}

/** Hears what the debug adapters of all sessions say. */
export class DebugWatch implements vscode.Disposable {
  readonly #stops: Stop[] = [];
  readonly #waiting: (() => void)[] = [];
  /** `activeDebugSession` may go on naming one that has ended. */
  readonly #sessions = new Set<vscode.DebugSession>();
  readonly #registration: vscode.Disposable;
  readonly outputs: string[] = [];

  constructor() {
    this.#registration = vscode.Disposable.from(
      vscode.debug.onDidStartDebugSession(session => this.#sessions.add(session)),
      vscode.debug.onDidTerminateDebugSession(session => this.#sessions.delete(session)),
      vscode.debug.registerDebugAdapterTrackerFactory('*', {
        createDebugAdapterTracker: session => ({
          onDidSendMessage: message => {
            const { type, event, body } = message as {
              type: string;
              event?: string;
              body?: { threadId?: number; output?: string };
            };
            if (type !== 'event') return;
            if (event === 'stopped') void this.#stopped(session, body?.threadId ?? 0);
            if (event === 'output') this.outputs.push(body?.output ?? '');
          },
        }),
      }),
    );
  }

  /** Ends every session, and waits until that is so. */
  async stopAll(): Promise<void> {
    await vscode.debug.stopDebugging();
    const deadline = performance.now() + 20_000;
    while (this.#sessions.size > 0) {
      if (performance.now() > deadline) assert.fail('a debug session does not end');
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    this.#stops.length = 0;
  }

  /** The next stop that nobody has asked for yet. */
  async nextStop(timeoutMs = 30_000): Promise<Stop> {
    const deadline = performance.now() + timeoutMs;
    while (this.#stops.length === 0) {
      if (performance.now() > deadline) assert.fail('no breakpoint was hit');
      await new Promise<void>(resolve => {
        this.#waiting.push(resolve);
        setTimeout(resolve, 500);
      });
    }
    const stop = this.#stops.shift();
    assert.ok(stop);
    return stop;
  }

  async #stopped(session: vscode.DebugSession, threadId: number): Promise<void> {
    const { stackFrames } = await session.customRequest('stackTrace', { threadId, levels: 1 });
    const [frame] = stackFrames;
    const { scopes } = await session.customRequest('scopes', { frameId: frame.id });
    const locals: Record<string, string> = {};
    for (const scope of scopes.filter((each: { expensive: boolean }) => !each.expensive)) {
      const { variables } = await session.customRequest('variables', {
        variablesReference: scope.variablesReference,
      });
      for (const { name, value } of variables) locals[name] ??= value;
    }
    this.#stops.push({
      session,
      threadId,
      place: `${basename(frame.source?.path ?? frame.source?.name ?? '')}:${frame.line}`,
      locals,
    });
    for (const wake of this.#waiting.splice(0)) wake();
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

export async function resume({ session, threadId }: Stop): Promise<void> {
  await session.customRequest('continue', { threadId });
}

/** Sets a breakpoint at every line that contains one of these texts; replaces all others. */
export async function breakAt(...places: readonly (readonly [file: string, text: string])[]): Promise<void> {
  vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
  const breakpoints = await Promise.all(
    places.map(async ([file, text]) => {
      const document = await vscode.workspace.openTextDocument(fileUri(file));
      const line = document.getText().slice(0, document.getText().indexOf(text)).split('\n').length - 1;
      return new vscode.SourceBreakpoint(new vscode.Location(document.uri, new vscode.Position(line, 0)));
    }),
  );
  vscode.debug.addBreakpoints(breakpoints);
}
