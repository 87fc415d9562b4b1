import type { TriggerKind } from './trigger.ts';

/** What a project says of a function that its code does not tell. */
export interface FunctionFacts {
  readonly name: string;
  readonly timeoutSeconds: number;
  readonly triggers: readonly TriggerFacts[];
}

/** What invokes a function, as far as its code has to suit it. */
export interface TriggerFacts {
  readonly kind: TriggerKind;
  /** For people: the name of a queue, a stream or a bucket. */
  readonly label: string;
  /** Of an event source mapping: whether it takes failures of single items from the result. */
  readonly reportsItemFailures?: boolean;
  /** The function's environment variables that hold the name, the ARN or the URL of what sends the events. */
  readonly variables: readonly string[];
  /** The same name, ARN and URL. */
  readonly names: readonly string[];
  /** Of a bucket's notification: the keys that it is about. */
  readonly prefix?: string;
  readonly suffix?: string;
  readonly isFifo?: boolean;
}
