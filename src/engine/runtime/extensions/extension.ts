import type { RuntimeReply } from '../runtimeApi.ts';
import { type ExtensionEvent, type ExtensionState, stepExtension } from './extensionState.ts';

export type ExtensionEventType = 'INVOKE' | 'SHUTDOWN';

/** One extension of an environment: a process of its own, or a part of the runtime's. */
export class Extension {
  readonly name: string;
  readonly identifier: string;
  readonly isExternal: boolean;
  #state: ExtensionState = 'Started';
  #events: readonly ExtensionEventType[] = [];
  #waiting: RuntimeReply | undefined;
  /** What it has still to be told, having not asked yet. */
  #pending: Readonly<Record<string, unknown>> | undefined;

  constructor(name: string, identifier: string, isExternal: boolean) {
    this.name = name;
    this.identifier = identifier;
    this.isExternal = isExternal;
  }

  get state(): ExtensionState {
    return this.#state;
  }

  get isRegistered(): boolean {
    return this.#state !== 'Started';
  }

  get events(): readonly ExtensionEventType[] {
    return this.#events;
  }

  /** It waits for its next event. */
  get isReady(): boolean {
    return this.#state === 'Ready';
  }

  /** False where that is not allowed now. */
  step(event: ExtensionEvent): boolean {
    const next = stepExtension(this.#state, event);
    if (next === undefined) return false;
    this.#state = next;
    return true;
  }

  register(events: readonly ExtensionEventType[]): boolean {
    if (!this.step('register')) return false;
    this.#events = events;
    return true;
  }

  /** It asks for its next event. */
  wait(reply: RuntimeReply): void {
    this.#waiting = reply;
    reply.onAbandoned(() => {
      if (this.#waiting !== reply) return;
      this.#waiting = undefined;
      // It may ask again.
      this.#state = 'Running';
    });
    const event = this.#pending;
    this.#pending = undefined;
    if (event !== undefined) this.deliver(event);
  }

  /** At once if it waits, else as soon as it asks. */
  deliver(event: Readonly<Record<string, unknown>>): void {
    const reply = this.#waiting;
    if (reply === undefined) {
      this.#pending = event;
      return;
    }
    this.#waiting = undefined;
    this.step('deliver');
    const headers = {
      'Content-Type': 'application/json',
      'Lambda-Extension-Identifier': this.identifier,
      'Lambda-Extension-Event-Identifier': this.identifier,
    };
    reply.send(200, headers, Buffer.from(JSON.stringify(event)));
  }
}
