import type { Clock } from '../../../shared/clock.ts';
import type { Subscription } from './subscription.ts';
import { type TelemetryEvent, TelemetrySubscriber } from './telemetrySubscriber.ts';

/** What happens before an extension has subscribed is told it then; more than that is not kept. */
const mostEarlierEvents = 1_000;

/** Tells the extensions of an environment what happens in it, as far as they have asked. */
export class Telemetry {
  readonly #clock: Pick<Clock, 'after' | 'now'>;
  readonly #subscribers: TelemetrySubscriber[] = [];
  readonly #halfLines = { function: '', extension: '' };
  #earlier: TelemetryEvent[] | undefined = [];

  constructor(clock: Pick<Clock, 'after' | 'now'>) {
    this.#clock = clock;
  }

  /** Whether anybody listens, or may still. */
  get isOn(): boolean {
    return this.#earlier !== undefined || this.#subscribers.length > 0;
  }

  /** From now on nobody can subscribe. */
  close(): void {
    this.#earlier = undefined;
  }

  /** False where it is too late. */
  subscribe(subscription: Subscription): boolean {
    if (this.#earlier === undefined) return false;
    const subscriber = new TelemetrySubscriber(subscription, this.#clock);
    this.#subscribers.push(subscriber);
    for (const event of this.#earlier) subscriber.add(event);
    return true;
  }

  /** @param type for example `start` */
  platform(type: string, record: Readonly<Record<string, unknown>>): void {
    this.#tell(`platform.${type}`, record);
  }

  /** What the function or an extension prints, which is told line by line. */
  printed(by: 'function' | 'extension', chunk: Uint8Array): void {
    if (!this.isOn) return;
    const lines = `${this.#halfLines[by]}${Buffer.from(chunk).toString('utf8')}`.split('\n');
    this.#halfLines[by] = lines.pop() ?? '';
    for (const line of lines) this.#tell(by, recordOf(line));
  }

  /** Sends what there is, without waiting for more. */
  flush(): void {
    for (const by of ['function', 'extension'] as const) {
      if (this.#halfLines[by] !== '') this.#tell(by, recordOf(this.#halfLines[by]));
      this.#halfLines[by] = '';
    }
    for (const subscriber of this.#subscribers) subscriber.flush();
  }

  dispose(): void {
    for (const subscriber of this.#subscribers) subscriber.dispose();
  }

  #tell(type: string, record: unknown): void {
    const event = { time: new Date(this.#clock.now()).toISOString(), type, record };
    if (this.#earlier !== undefined && this.#earlier.length < mostEarlierEvents) this.#earlier.push(event);
    for (const subscriber of this.#subscribers) subscriber.add(event);
  }
}

/** In the JSON format of logs a line is an object. */
function recordOf(line: string): unknown {
  if (!line.startsWith('{')) return `${line}\n`;
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return `${line}\n`;
  }
}
