import type { DocNode } from '../document/sourceDocument.ts';

/** The kinds of source that Lambda polls under the function's role. */
export type PolledSource = 'SQS' | 'Kinesis' | 'DynamoDB' | 'MSK';

/** The role of a function, as it grows with what its events need. */
export interface InvokingRole {
  /** Lets Lambda read a source for the function. */
  allowPolling(source: PolledSource, arn: DocNode, place: DocNode): void;
  /** Adds a policy of one statement that allows actions on resources. */
  allow(name: string, actions: readonly string[], resources: readonly DocNode[], place: DocNode): void;
  addInline(name: string, document: DocNode): void;
}
