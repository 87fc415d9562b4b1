import type { SourceRange } from './source.ts';

/** Stands for a value that only a deployment knows, so that it is seen wherever the value would be. */
export interface Placeholder {
  /** The text in place of the value, for example `<unresolved Fn::ImportValue shared-queue-arn>`. */
  readonly text: string;
  /** Why the value is not known, and what would make it known, in one or two sentences. */
  readonly reason: string;
  readonly range: SourceRange;
}
