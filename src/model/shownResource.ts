/** A queue, as the views show it. */
export interface ShownQueue {
  readonly name: string;
  /** Messages that a consumer would get. */
  readonly visible: number;
  /** Messages that a consumer has got and not deleted. */
  readonly inFlight: number;
  readonly delayed: number;
}

/** A message of a queue that was looked at without being received. */
export interface ShownMessage {
  readonly id: string;
  readonly state: 'visible' | 'inFlight' | 'delayed';
  readonly body: string;
  /** Texts and numbers by name. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  readonly receiveCount: number;
}
