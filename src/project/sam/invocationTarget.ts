import type { DocNode } from '../document/sourceDocument.ts';

/** What the events of a function invoke: the function, or the alias that SAM publishes. */
export interface InvocationTarget {
  readonly logicalId: string;
  /** Evaluates to what `FunctionName` of a mapping or a permission takes. */
  readonly name: DocNode;
  readonly arn: DocNode;
}
