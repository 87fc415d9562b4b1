import { Agent, request } from 'node:http';
import type { Clock } from '../../../shared/clock.ts';
import type { Disposable } from '../../../shared/disposable.ts';
import type { Subscription, TelemetryType } from './subscription.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html */
export interface TelemetryEvent {
  /** In ISO 8601. */
  readonly time: string;
  /** For example `platform.start`, `function`. */
  readonly type: string;
  readonly record: unknown;
}

/** Collects what an extension has subscribed to, and posts it to the extension's server. */
export class TelemetrySubscriber {
  readonly #subscription: Subscription;
  readonly #clock: Pick<Clock, 'after'>;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  #buffered: TelemetryEvent[] = [];
  #bytes = 0;
  #due: Disposable | undefined;

  constructor(subscription: Subscription, clock: Pick<Clock, 'after'>) {
    this.#subscription = subscription;
    this.#clock = clock;
  }

  add(event: TelemetryEvent): void {
    const { types, buffering } = this.#subscription;
    if (!types.includes(event.type.split('.')[0] as TelemetryType)) return;
    this.#buffered.push(event);
    this.#bytes += JSON.stringify(event).length;
    if (this.#buffered.length >= buffering.maxItems || this.#bytes >= buffering.maxBytes) this.flush();
    else this.#due ??= this.#clock.after(buffering.timeoutMs, () => this.flush());
  }

  /** Sends what there is. An extension that does not take it does not get it a second time. */
  flush(): void {
    this.#due?.dispose();
    this.#due = undefined;
    if (this.#buffered.length === 0) return;
    const body = JSON.stringify(this.#buffered);
    this.#buffered = [];
    this.#bytes = 0;
    const { port, path } = this.#subscription;
    const sent = request({
      agent: this.#agent,
      host: '127.0.0.1',
      port,
      path,
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) },
    });
    sent.on('response', response => response.resume());
    sent.on('error', () => {});
    sent.end(body);
  }

  /** Nothing is sent from now on. */
  dispose(): void {
    this.#due?.dispose();
    this.#agent.destroy();
  }
}
