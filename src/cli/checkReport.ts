import type { FileAnalysis } from '../analyzer/protocol.ts';

/** A file of the report, under the path that the user would write. */
export interface CheckedFile extends FileAnalysis {
  readonly shown: string;
  /** The text of a file with findings. */
  readonly text?: string;
}
