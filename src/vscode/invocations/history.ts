import * as vscode from 'vscode';
import type { EngineConnection } from '../../client/connection.ts';
import type { InvocationRecord } from '../../model/engineEvent.ts';
import type { Services } from '../services.ts';

/** An invocation in its workspace folder. */
export interface InvocationNode {
  readonly folder: vscode.WorkspaceFolder;
  readonly record: InvocationRecord;
}

/** How many invocations of a folder are shown. */
const mostShown = 200;

/**
 * What was invoked, whoever did so, as the engines of the open folders remember it. What is known stays when an
 * engine ends.
 */
export class History implements vscode.Disposable {
  readonly #services: Pick<Services, 'engines' | 'log'>;
  readonly #known = new Map<string, readonly InvocationNode[]>();
  readonly #following = new Map<string, { dispose(): void }>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #engines: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(services: Pick<Services, 'engines' | 'log'>) {
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
    const read = () => void this.#read(folder, connection);
    const onEvent: Parameters<EngineConnection['events']>[0] = event => {
      if (event.type === 'invocationEnded') this.#add(folder, [event]);
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

  #add(folder: vscode.WorkspaceFolder, records: readonly InvocationRecord[]): void {
    const key = folder.uri.toString();
    const byId = new Map((this.#known.get(key) ?? []).map(node => [node.record.requestId, node]));
    for (const record of records) byId.set(record.requestId, { folder, record });
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
