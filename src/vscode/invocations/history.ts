import * as vscode from 'vscode';
import type { EngineConnection } from '../../client/connection.ts';
import type { EngineEvent, InvocationRecord } from '../../model/engineEvent.ts';
import type { Services } from '../services.ts';

/** An invocation in its workspace folder. */
export interface InvocationNode {
  readonly folder: vscode.WorkspaceFolder;
  readonly record: InvocationRecord;
  /** Which one of its event, where it is one of several. */
  readonly attempt?: number;
}

/** What follows the events that nobody waits for. */
interface EventFollower {
  take(folder: vscode.WorkspaceFolder, event: EngineEvent): void;
  read(folder: vscode.WorkspaceFolder, connection: EngineConnection): Promise<void>;
}

type HistoryServices = Pick<Services, 'engines' | 'log'> & {
  /** Loaded with the first such event. */
  readonly asynchronous: () => EventFollower;
};

/** How many invocations of a folder are shown. */
const mostShown = 200;

/**
 * What was invoked, whoever did so, as the engines of the open folders remember it. What is known stays when an
 * engine ends.
 */
export class History implements vscode.Disposable {
  readonly #services: HistoryServices;
  readonly #known = new Map<string, readonly InvocationNode[]>();
  readonly #following = new Map<string, { dispose(): void }>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #engines: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(services: HistoryServices) {
    this.#services = services;
    this.#engines = services.engines.onDidChange(folder => this.#follow(folder));
  }

  /** Newest first. */
  list(): readonly InvocationNode[] {
    const open = new Set((vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.toString()));
    const nodes = [...this.#known].flatMap(([key, known]) => (open.has(key) ? known : []));
    return nodes.toSorted((a, b) => b.record.startedAt - a.record.startedAt);
  }

  #follow(folder: vscode.WorkspaceFolder): void {
    const key = folder.uri.toString();
    this.#following.get(key)?.dispose();
    this.#following.delete(key);
    const connection = this.#services.engines.current(folder);
    if (!connection) return;
    const read = () => {
      void this.#read(folder, connection);
      void this.#readQueue(folder, connection);
    };
    const onEvent: Parameters<EngineConnection['events']>[0] = event => {
      if (event.type === 'invocationEnded') this.#add(folder, [event]);
      if (event.type === 'asyncEventChanged' || event.type === 'waitClockChanged')
        this.#services.asynchronous().take(folder, event);
    };
    this.#following.set(key, connection.events(onEvent, undefined, read));
    read();
  }

  async #read(folder: vscode.WorkspaceFolder, connection: EngineConnection): Promise<void> {
    try {
      const names = await connection.functions();
      const records = await Promise.all(names.map(name => connection.invocations(name)));
      this.#add(folder, records.flat());
    } catch (error) {
      this.#services.log.debug(`The history of ${folder.name} cannot be read: ${String(error)}`);
    }
  }

  async #readQueue(folder: vscode.WorkspaceFolder, connection: EngineConnection): Promise<void> {
    try {
      const { events } = await connection.lens<{ events: readonly unknown[] }>('GET', '/_lens/async-events');
      if (events.length > 0) await this.#services.asynchronous().read(folder, connection);
    } catch (error) {
      this.#services.log.debug(`The queue of ${folder.name} cannot be read: ${String(error)}`);
    }
  }

  /** The attempts of an event, the first one first. */
  attemptsOf(requestId: string): readonly InvocationNode[] {
    return this.list()
      .filter(({ record }) => record.requestId === requestId)
      .toReversed();
  }

  #add(folder: vscode.WorkspaceFolder, records: readonly InvocationRecord[]): void {
    const key = folder.uri.toString();
    const byId = new Map((this.#known.get(key) ?? []).map(node => [idOf(node.record), node]));
    for (const record of records) byId.set(idOf(record), { folder, record });
    const nodes = [...byId.values()].sort((a, b) => b.record.startedAt - a.record.startedAt);
    this.#known.set(key, nodes.slice(0, mostShown));
    this.#changed.fire();
  }

  dispose(): void {
    this.#engines.dispose();
    for (const subscription of this.#following.values()) subscription.dispose();
    this.#changed.dispose();
  }
}

/** The attempts of an asynchronous event have one request id. */
export function idOf({ requestId, startedAt }: InvocationRecord): string {
  return `${requestId} ${startedAt}`;
}
