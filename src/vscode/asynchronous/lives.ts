import * as vscode from 'vscode';
import type { EngineConnection } from '../../client/connection.ts';
import type { EngineEvent } from '../../model/engineEvent.ts';
import { type WaitClockState, waitTimeAt } from '../../model/waitClock.ts';
import { type EventLife, lifeOfStored, type StoredEvent, withChange } from './eventLife.ts';

/** How many events of a folder are remembered. */
const mostKept = 200;

/** The asynchronous events of the open folders, and the clocks that they wait by. */
export class Lives implements vscode.Disposable {
  readonly #lives = new Map<string, Map<string, EventLife>>();
  readonly #clocks = new Map<string, WaitClockState>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  take(folder: vscode.WorkspaceFolder, event: EngineEvent): void {
    const key = folder.uri.toString();
    if (event.type === 'waitClockChanged') this.#clocks.set(key, event);
    if (event.type === 'asyncEventChanged') {
      const lives = this.#of(key);
      const life = withChange(lives.get(event.requestId), event, event.at);
      // The one that has changed last is the last to be forgotten.
      lives.delete(event.requestId);
      lives.set(event.requestId, life);
      const [oldest] = lives.keys();
      if (lives.size > mostKept && oldest !== undefined) lives.delete(oldest);
    }
    this.#changed.fire();
  }

  /** What an engine has in its queue already. */
  async read(folder: vscode.WorkspaceFolder, connection: EngineConnection): Promise<void> {
    const key = folder.uri.toString();
    const clock = await connection.lens<WaitClockState>('GET', '/_lens/clock');
    this.#clocks.set(key, clock);
    const { events } = await connection.lens<{ events: readonly StoredEvent[] }>(
      'GET',
      '/_lens/async-events',
    );
    const lives = this.#of(key);
    for (const stored of events.slice(0, mostKept)) {
      const { requestId } = stored.event;
      if (!lives.has(requestId)) lives.set(requestId, lifeOfStored(stored, clock.at, clock.now));
    }
    this.#changed.fire();
  }

  has(requestId: string): boolean {
    return [...this.#lives.values()].some(lives => lives.has(requestId));
  }

  get(folder: vscode.WorkspaceFolder, requestId: string): EventLife | undefined {
    return this.#lives.get(folder.uri.toString())?.get(requestId);
  }

  list(folder: vscode.WorkspaceFolder): readonly EventLife[] {
    return [...(this.#lives.get(folder.uri.toString())?.values() ?? [])];
  }

  /** Undefined where the clock goes as the real one does, as far as is known. */
  clock(folder: vscode.WorkspaceFolder): WaitClockState | undefined {
    return this.#clocks.get(folder.uri.toString());
  }

  /** What the folder's clock of waits says. */
  waitTime(folder: vscode.WorkspaceFolder): number {
    const clock = this.clock(folder);
    return clock ? waitTimeAt(clock, Date.now()) : Date.now();
  }

  #of(key: string): Map<string, EventLife> {
    const known = this.#lives.get(key) ?? new Map<string, EventLife>();
    this.#lives.set(key, known);
    return known;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
