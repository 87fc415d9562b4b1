import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { EngineConnection } from '../../client/connection.ts';
import type { DebuggerListeningEvent } from '../../model/engineEvent.ts';
import type { EnvironmentWish } from '../../model/environmentWish.ts';
import { messageOf } from '../../shared/errors.ts';
import type { InvokeTarget } from '../invoke/pick.ts';
import type { Services } from '../services.ts';
import { attachConfiguration, requireDebugger } from './attachConfiguration.ts';

export interface DebugOptions {
  /** The session that the debugger's own shall belong to. */
  readonly parent?: vscode.DebugSession;
  /** 0, the default: the system chooses. */
  readonly port?: number;
}

/**
 * Attaches VS Code's debuggers to the execution environments that wait for this window: at their start, and again
 * for every process that takes the place of another.
 */
export class Debuggers implements vscode.Disposable {
  readonly #services: Pick<Services, 'engines' | 'log'>;
  /** Other windows may use the same engine. */
  readonly #window = randomUUID();
  readonly #wanted = new Map<string, { readonly target: InvokeTarget; readonly options: DebugOptions }>();
  readonly #following = new WeakMap<EngineConnection, Promise<void>>();
  readonly #ended = new WeakSet<vscode.DebugSession>();
  readonly #children = new Map<vscode.DebugSession, Set<vscode.DebugSession>>();
  readonly #sessions: vscode.Disposable;
  #count = 0;

  constructor(services: Pick<Services, 'engines' | 'log'>) {
    this.#services = services;
    this.#sessions = vscode.Disposable.from(
      vscode.debug.onDidStartDebugSession(session => {
        if (session.parentSession) this.#children.get(session.parentSession)?.add(session);
      }),
      vscode.debug.onDidTerminateDebugSession(session => this.#end(session)),
    );
  }

  /**
   * What an invocation has to wish for to be debugged; from then on its environment is attached to.
   *
   * @throws UserError where there is no debugger.
   */
  async wish(target: InvokeTarget, options: DebugOptions = {}): Promise<EnvironmentWish> {
    requireDebugger(target.definition);
    await this.#follow(target.folder);
    const client = `${this.#window}/${++this.#count}`;
    this.#wanted.set(client, { target, options });
    if (options.parent) this.#children.set(options.parent, new Set());
    return { kind: 'debug', client, port: options.port ?? 0 };
  }

  async #follow(folder: vscode.WorkspaceFolder): Promise<void> {
    const connection = await this.#services.engines.connect(folder);
    const known = this.#following.get(connection);
    if (known) return known;
    const opened = new Promise<void>(resolve => {
      connection.events(
        event => {
          if (event.type === 'debuggerListening') void this.#attach(connection, event);
        },
        undefined,
        undefined,
        resolve,
      );
    });
    this.#following.set(connection, opened);
    return opened;
  }

  async #attach(connection: EngineConnection, event: DebuggerListeningEvent): Promise<void> {
    const wanted = this.#wanted.get(event.client);
    if (!wanted) return;
    const { target, options } = wanted;
    const failed = (reason: string) =>
      connection.endEnvironment(
        event.environmentId,
        vscode.l10n.t('The debugger could not be attached to {0}: {1}', event.functionName, reason),
      );
    try {
      const configuration = attachConfiguration(event, target.definition);
      const isStarted = await vscode.debug.startDebugging(target.folder, configuration, {
        suppressSaveBeforeStart: true,
        ...(options.parent && !this.#ended.has(options.parent)
          ? { parentSession: options.parent, compact: true }
          : {}),
      });
      if (!isStarted) await failed(vscode.l10n.t('VS Code did not start the session.'));
    } catch (error) {
      this.#services.log.warn(`No debugger for ${event.functionName}: ${messageOf(error)}`);
      await failed(messageOf(error));
    }
  }

  /** With a session of ours the debugger below it goes; the function runs on. */
  #end(session: vscode.DebugSession): void {
    this.#ended.add(session);
    for (const child of this.#children.get(session) ?? []) void vscode.debug.stopDebugging(child);
    this.#children.delete(session);
  }

  dispose(): void {
    this.#sessions.dispose();
    this.#wanted.clear();
  }
}
