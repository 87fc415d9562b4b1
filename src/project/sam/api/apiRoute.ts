import type { DocNode } from '../../document/sourceDocument.ts';

/** One route that an event of a function adds to an API. */
export interface ApiRoute {
  /** For example `/orders/{orderId}`, or `$default`. */
  readonly path: string;
  /** Lower case; `any` for all. */
  readonly method: string;
  /** Evaluates to the ARN of the function or of its alias. */
  readonly functionArn: DocNode;
  /** The event's `Auth`, if it has one. */
  readonly auth?: DocNode;
  readonly timeout?: DocNode;
  readonly payloadFormat?: DocNode;
  readonly streaming: boolean;
  /** The event. */
  readonly place: DocNode;
}
